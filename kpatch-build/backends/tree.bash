# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# The back end for -s, -c and -v: source, configuration and vmlinux are the user's. The
# source tree may be built or dirty; it is copied and never touched.
#
# reads:  OPT_SOURCE, OPT_CONFIG, OPT_VMLINUX (absolute paths)

# What a build leaves behind; it is made again in the copy.
readonly TREE_LEAVINGS=(--exclude=.git --exclude='*.o' --exclude='*.a' --exclude='*.ko'
	--exclude='*.cmd' --exclude='*.mod' --exclude='*.mod.c' --exclude='*.s' --exclude='.tmp_*'
	--exclude=./vmlinux --exclude='./vmlinux.*' --exclude='./arch/*/boot/*Image'
	--exclude=./Module.symvers --exclude=./modules.order --exclude=./.config
	--exclude=./include/config --exclude=./include/generated
	--exclude='./arch/*/include/generated' --exclude=./tools/objtool/objtool
	--exclude=./scripts/basic/fixdep)

backend_matches() {
	[[ -n $OPT_SOURCE ]]
}

backend_running() {
	TARGET_RELEASE=""
	TARGET_VERSION=""
}

# What people and tools leave in a source tree, as the kernel's own .gitignore has it, and text that no
# compile reads. The names of sources are not listed: make rules read files of any name.
readonly TREE_NO_SOURCES=('.?*' '*~' '#*#' '*.orig' '*.rej' '*.patch' '*.diff' '*.swp' 'cscope.*' ncscope.out
	tags TAGS GTAGS GPATH GRTAGS GSYMS ID compile_commands.json '*.[aiods]' '*.ko' '*.cmd' '*.mod' '*.mod.c'
	'*.lst' '*.ll' '*.so' '*.so.dbg' '*.dtb' '*.gcno' '*.order' 'modules.builtin*' '*.log' '*.rst')

# A change of any file of the tree makes it another target: names, sizes and times stand
# for the contents, as they do for make.
backend_target() {
	local sum
	tree_check_files
	sum=$(
		cd "$OPT_SOURCE" && {
			printf '%s\n' copy-3 "$OPT_SOURCE" "$OPT_CONFIG" "$OPT_VMLINUX" "$(tree_symvers)"
			stat -L -c '%s %.Y' -- "$OPT_CONFIG" "$OPT_VMLINUX" "$(tree_symvers)"
			tree_sources | LC_ALL=C sort
		} | sha256sum
	) || die "$EXIT_ERROR" source-unreadable "cannot read the source tree $OPT_SOURCE"
	TARGET_NAME=tree@${sum:0:24}
	SOURCE_ID="tree $OPT_SOURCE ${sum:0:24}"
}

# tree_sources: each file of the directory with its size and time, a link with what it leads to.
tree_sources() {
	local name names=()
	for name in "${TREE_NO_SOURCES[@]}"; do
		names+=(-o -name "$name")
	done
	find . -mindepth 1 ! -name .gitignore \( -path '*/generated' -o -path ./include/config \
		-o -path './vmlinux*' -o -path ./Module.symvers -o -path ./System.map \
		-o -path './Documentation/*' -type f ! -name 'Kconfig*' "${names[@]}" \) -prune \
		-o \( -type f -o -type l \) -printf '%P %s %T@ %l\n'
}

tree_check_files() {
	[[ -f $OPT_SOURCE/Makefile && -f $OPT_SOURCE/Kbuild && -d $OPT_SOURCE/kernel ]] ||
		die "$EXIT_ERROR" not-a-kernel-tree "$OPT_SOURCE is not a kernel source tree; give its top directory with -s"
	[[ -f $OPT_CONFIG ]] ||
		die "$EXIT_MACHINE" config-missing "there is no kernel configuration $OPT_CONFIG; name it with -c"
	[[ -f $OPT_VMLINUX ]] ||
		die "$EXIT_MACHINE" vmlinux-missing "there is no $OPT_VMLINUX; name the unstripped vmlinux of the target kernel with -v"
	[[ $(head -c 4 "$OPT_VMLINUX" | od -An -tx1) == " 7f 45 4c 46" ]] ||
		die "$EXIT_MISMATCH" not-a-vmlinux "$OPT_VMLINUX is not an ELF file; give the unstripped vmlinux with -v, not the compressed image"
	[[ -n $(tree_symvers) ]] ||
		die "$EXIT_MACHINE" symvers-missing "there is no Module.symvers beside $OPT_VMLINUX or in $OPT_SOURCE; the kernel's build makes it (make modules), and without it nobody can tell which symbols are exported; copy it there"
}

tree_symvers() {
	local dir
	for dir in "${OPT_VMLINUX%/*}" "$OPT_SOURCE"; do
		[[ ! -f $dir/Module.symvers ]] || { printf '%s\n' "$dir/Module.symvers"; return; }
	done
}

backend_fetch() {
	:
}

backend_config() {
	cat "$OPT_CONFIG" >"$1"
}

backend_unpack() {
	mkdir "$1/tree"
	run tree_copy "$1/tree" || {
		die_if_full "$LOG"
		die "$EXIT_ERROR" source-unreadable "cannot copy the source tree $OPT_SOURCE"
	}
	cat "$OPT_CONFIG" >"$1/tree/.config"
	cat "$(tree_symvers)" >"$1/tree/Module.symvers"
	cp "$OPT_VMLINUX" "$1/vmlinux"
	printf '%s\n' "${OPT_VMLINUX%/*}" >"$1/modules-at"
}

tree_copy() {
	tree_made_sources >"$1.made"
	tar -C "$OPT_SOURCE" -c "${TREE_LEAVINGS[@]}" --anchored --no-wildcards-match-slash -X "$1.made" . |
		tar -C "$1" -x --no-same-owner
	rm "$1.made"
}

# Sources, and scripts of the linker, that a build has left beside others. They stand in .gitignore, and a
# run makes them again in its own trees: where these have links to a copy, make would write through them,
# and what a patch makes of such a file would become the original of later runs.
tree_made_sources() {
	local file dir
	printf '%s\n' './*.asn1.[ch]' './*/*.asn1.[ch]' './*/*/*.asn1.[ch]' './*/*/*/*.asn1.[ch]'
	while IFS= read -r file; do
		dir=${file%/*}
		sed -nE "s,^/?([^!#/ ]+\.([chS]|lds|relocs))\$,$dir/\1,p" "$OPT_SOURCE/$file"
	done < <(cd "$OPT_SOURCE" && find . -mindepth 2 \( -path ./tools -o -path ./scripts -o \
		-path ./Documentation -o -path ./samples \) -prune -o -name .gitignore -print)
}

# The user's built tree has the module at its place.
backend_module() {
	local dir
	read -r dir <"$KERNEL/modules-at"
	[[ -f $dir/$1.ko ]] || return 1
	cp "$dir/$1.ko" "$2"
}

# A module may be built again where neither vmlinux nor the source changes. What "make clean" has taken
# away is what it was.
backend_module_is_current() {
	local dir
	read -r dir <"$KERNEL/modules-at"
	[[ ! -f $dir/$1.ko ]] || cmp -s "$dir/$1.ko" "$2"
}

backend_compiler() {
	return 1
}

backend_list_kernels() {
	die "$EXIT_ERROR" usage "--list-kernels lists what the distribution's archive has; it does not go with -s"
}
