# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# What a configured kernel is made of, found once per kernel:
#
#   kernels/KEY/parts/index-VERSION/
#     files      the files of the tree, and links to such; a file's number is that of its line
#     links      LINK FILE: what each of those links leads to, in the same tree
#     units      KIND SOURCE OWNER...: each source file that becomes part of the kernel. KIND: c,
#                asm, made (the source is made during a build), or rust (for an object of several
#                files a name that stands for them). OWNER: vmlinux, or a module's path in the tree
#                without .ko
#     outside    OBJECT NAME: objects that the Makefile of another directory makes, and how it calls
#                them: virt/kvm/eventfd.o arch/x86/kvm/../../../virt/kvm/eventfd.o
#     nested     directories that kbuild comes to from the same one as to a directory that they are
#                in (drivers/input and drivers/input/serio from drivers): make would go into both for
#                an object of the inner one, and compile it by the rules of both
#     rust       the names that code in Rust mentions (rust-names.awk); empty where there is none
#     includers  NAME FILE...: the files that include NAME, which is =PATH where only one file of
#                the tree can be meant, else the end of a path. FILE with a / at its end stands
#                for all units below that directory: its Makefile names the header.
#
# VERSION is a checksum of what makes it: another version of ours makes its own.
#
# reads:  KERNEL, INFO, OPT_JOBS
# sets:   INDEX (that directory), INDEX_OUTSIDE[OBJECT] (the name), INDEX_NESTED (the directories),
#         PARTS_PARTIAL

INDEX="" INDEX_NESTED=()
declare -A INDEX_OUTSIDE=()

index_open() {
	local sum object name
	sum=$(cat "$KPATCH_BUILD_DIR"/{owner.mk,units.awk,includers.awk,rust-names.awk} \
		"$KPATCH_BUILD_DIR"/{lib/{kbuild,root},steps/index}.bash | sha256sum)
	INDEX=$KERNEL/parts/index-${sum:0:12}
	prepare_part "$INDEX" index_make
	mapfile -t INDEX_NESTED <"$INDEX/nested"
	INDEX_OUTSIDE=()
	while read -r object name; do
		INDEX_OUTSIDE[$object]=$name
	done <"$INDEX/outside"
}

index_make() {
	note "listing what the kernel is made of (once, about 15 s)"
	index_files
	run index_units || index_failed "the kernel's make rules do not tell what it is made of"
	run index_rust_names || index_failed "cannot list what code in Rust mentions"
	run index_includers || index_failed "cannot list which files include others"
	rm -rf "$PARTS_PARTIAL"/{absent,owners,hosts,made,links.found}
}

# Links to directories are only for the compiler of device trees (scripts/dtc/include-prefixes).
index_files() {
	local tree link file
	tree=$(readlink -f "$KERNEL/tree")
	(cd "$tree" && find . -type f -printf '%P\n' -o -type l -xtype f -printf '%P\n' \
		-fprintf "$PARTS_PARTIAL/links.found" '%P\n') >"$PARTS_PARTIAL/files"
	while IFS= read -r link; do
		file=$(readlink -f "$tree/$link")
		[[ $file != "$tree"/* ]] || printf '%s %s\n' "$link" "${file#"$tree"/}"
	done <"$PARTS_PARTIAL/links.found" >"$PARTS_PARTIAL/links"
}

index_failed() {
	die_if_full "$LOG"
	die "$EXIT_ERROR" prepare-failed "$1; the last lines of the log tell why: $(tail -n 3 "$LOG" | tr '\n' ' ')"
}

# A directory may include make rules of another architecture although nothing in it is built for
# this one; such a file is taken for empty where the tree has been stripped of it.
index_units() {
	local absent=$PARTS_PARTIAL/absent name made
	kbuild_load_env "$KERNEL/env" "${INFO[tree]}" "$KERNEL/tree"
	mkdir "$absent"
	until kbuild_all_owners "$KERNEL/tree" "$absent" "$OPT_JOBS" \
		>"$PARTS_PARTIAL/owners" 2>"$PARTS_PARTIAL/owners.err"; do
		cat "$PARTS_PARTIAL/owners.err" >&2
		made=""
		while IFS= read -r name; do
			[[ ! -e $absent/$name && ! -e $KERNEL/tree/arch/$(cut -d / -f 2 <<<"$name") ]] ||
				return 1
			mkdir -p "$absent/${name%/*}"
			: >"$absent/$name"
			made=1
		done < <(sed -nE 's|^[^:]*:[0-9]+: (arch/[^:]*): No such file or directory$|\1|p' \
			"$PARTS_PARTIAL/owners.err" | sort -u)
		[[ -n $made ]] || return 1
	done
	rm "$PARTS_PARTIAL/owners.err"
	: >"$PARTS_PARTIAL/made"
	: >"$PARTS_PARTIAL/hosts"
	: >"$PARTS_PARTIAL/outside"
	: >"$PARTS_PARTIAL/nested"
	awk -v made="$PARTS_PARTIAL/made" -v includers="$PARTS_PARTIAL/hosts" -v outside="$PARTS_PARTIAL/outside" \
		-v nested="$PARTS_PARTIAL/nested" \
		-f "$KPATCH_BUILD_DIR/units.awk" "$PARTS_PARTIAL/files" "$PARTS_PARTIAL/owners" |
		sort -u -k 2,2 >"$PARTS_PARTIAL/units"
	[[ -s $PARTS_PARTIAL/units ]]
}

# What sources that are made during a build include is seen in the programs that print them, which
# are of the same directory. Where the rules make only the object, its source is a file of the same
# name elsewhere.
index_made() {
	local source dir program files
	while IFS= read -r source; do
		dir=${source%/*}
		mapfile -t files < <(compgen -G "$dir/*_shipped"; compgen -G "$dir/*.[ply]"
			compgen -G "$dir/*.sh"; compgen -G "$dir/*.awk"; compgen -G "$dir/*.uc"
			compgen -G "$dir/*.pl")
		[[ $source != *.asn1.c ]] || files+=(scripts/asn1_compiler.c)
		while IFS= read -r program; do
			files+=("$program")
			[[ ! -f ${program%.c}.h ]] || files+=("${program%.c}.h")
		done < <(sed -n "s|^=\($dir/[^ /]*\) .*|\1|p" "$PARTS_PARTIAL/hosts")
		[[ ${#files[@]} -eq 0 ]] ||
			grep -hoE '#[[:space:]]*include[[:space:]]+\\?["<][^">\\]+' "${files[@]}" |
			sed "s|.*[\"<]\(.*\)|$source:#include <\1>|" || true
		grep "/${source##*/}\$" "$PARTS_PARTIAL/files" |
			sed "s|.*|$source:#include <&>|" || true
	done <"$PARTS_PARTIAL/made"
}

# Include directives, file names that a macro stands for in one, headers named in make rules: on the
# compiler's command line (-include), or as what a source file is made from; and sources that are
# compiled once more in another directory.
index_includers() {
	cd "$KERNEL/tree" && {
		sed 's/^/file\t/' "$PARTS_PARTIAL/files"
		sed 's/^/link\t/' "$PARTS_PARTIAL/links"
		index_made
		index_rust
		index_grep -r --include='*.[chS]' -- *
		grep -rE --include='Makefile*' --include='Kbuild*' -e '[A-Za-z0-9_-]\.h\>' \
			-e '^\$\(obj\)/[^ ]*\.o[[:space:]]*:.*\$\(srctree\)/[^ ]*\.[cS]\>' -- * |
			sed 's/^/make\t/'
	} | awk -f "$KPATCH_BUILD_DIR/includers.awk" | sort - "$PARTS_PARTIAL/hosts" >"$PARTS_PARTIAL/includers"
	[[ -s $PARTS_PARTIAL/includers ]]
}

# All code in Rust counts, whether this kernel has it or not, but for libraries by which programs read
# and write Rust. Examples in comments are compiled for tests alone.
index_rust_names() {
	local files=() comments=0
	: >"$PARTS_PARTIAL/rust"
	grep -q '^rust ' "$PARTS_PARTIAL/units" || return 0
	[[ $(config_value RUST_KERNEL_DOCTESTS "$KERNEL/tree/.config") != y ]] || comments=1
	mapfile -t files < <(grep '\.rs$' "$PARTS_PARTIAL/files" |
		grep -vE '^(rust/(syn|quote|proc-macro2)|scripts|tools)/')
	[[ ${#files[@]} -gt 0 ]] &&
		(cd "$KERNEL/tree" && awk -v comments="$comments" -f "$KPATCH_BUILD_DIR/rust-names.awk" "${files[@]}") |
		LC_ALL=C sort -u >"$PARTS_PARTIAL/rust"
}

# What Rust knows of the kernel's C is made from these files, and they are what a change is judged by.
index_rust() {
	local source file
	while read -r source; do
		for file in rust/bindings/bindings_helper.h rust/uapi/uapi_helper.h rust/helpers.c \
			rust/helpers/helpers.c "$KERNEL/tree"/rust/kernel/*.rs.S; do
			file=${file#"$KERNEL/tree/"}
			printf '%s:#include <%s>\n' "$source" "$file"
		done
	done < <(sed -n 's/^rust \([^ ]*\) .*/\1/p' "$PARTS_PARTIAL/units")
}

# index_grep ARGUMENT...: lines that includers.awk reads.
index_grep() {
	grep -EH \
		-e '^[[:space:]]*#[[:space:]]*include' \
		-e '^[[:space:]]*#[[:space:]]*define[[:space:]]+[A-Za-z0-9_]+[[:space:]]+["<][^">]*\.[chS][">]' \
		-e '^[[:space:]]*#[[:space:]]*define[[:space:]]+TRACE_INCLUDE_FILE[[:space:]]' \
		"$@" || [[ $? -eq 1 ]]
}
