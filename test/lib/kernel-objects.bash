# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # the driver's functions read what is set here
#
# Objects of a stock kernel for the tests of the differ: which there are, whose they are,
# and how one is compiled just as kpatch-build does it, in a tree of links that may be edited.
# The functions that do this are the driver's own.
#
#   objects_prepare RELEASE        the kernel, prepared in the cache
#   objects_units                  all C files that become part of it, with their owners
#   objects_draw N SEED            some of them
#   objects_farm DIR               a tree of links into the prepared one
#   objects_own DIR FILE...        ... in which these files may be changed
#   objects_compile DIR JOBS FILE...
#   objects_parent OWNER           what the differ wants to know of the owner
#   objects_diff ORIG.o PATCHED.o OUT.o
#
# The caller has set -u or -e as it likes, and has sourced nothing of kpatch-build/.
# sets, by objects_prepare:
#   KERNEL          directory of the prepared kernel: tree/, vmlinux, … (steps/prepare.bash)
#   INDEX           directory of what it is made of (steps/index.bash)
#   INFO            facts of it: release, build_id, tree (where env was captured), …
#   KERNEL_FACTS    NAME=VALUE, for the differ's environment
#   OBJECTS_DIR     what the tests keep of this kernel, in the cache
#   OBJECTS_MODULES directory of the shipped modules

# shellcheck source=test/lib/stock-kernel.bash
. "$(dirname "${BASH_SOURCE[0]}")/stock-kernel.bash"

# What the driver's functions read. Nothing is logged here.
PROG=${PROG:-kernel-objects} LOG="" VERBOSE="" TIMING=""
KPATCH_BUILD_DIR=$STOCK_TOP/kpatch-build
KPATCH_GLUE_DIR=$STOCK_TOP/kmod/patch
DIFFER=${DIFFER:-$STOCK_TOP/create-diff-object/create-diff-object}
for objects_part in lib/status lib/message lib/run lib/kbuild lib/farm steps/target steps/prepare \
	steps/index steps/compile; do
	# shellcheck source=/dev/null
	. "$KPATCH_BUILD_DIR/$objects_part.bash"
done
unset objects_part

# objects_prepare RELEASE: by a real build, which leaves a prepared kernel.
objects_prepare()
{
	local release=$1 key value

	objects_build "$release" || return
	KERNEL=$(readlink -f "$STOCK_CACHE/targets/$release") || return
	declare -gA INFO=()
	while IFS='=' read -r key value; do
		INFO[$key]=$value
	done <"$KERNEL/info"
	index_open
	mapfile -t KERNEL_FACTS < <("$DIFFER" --facts "$KERNEL/vmlinux")
	[[ ${#KERNEL_FACTS[@]} -gt 0 ]] || return
	OBJECTS_DIR=$STOCK_CACHE/test/objects/${KERNEL##*/}
	OBJECTS_MODULES=$(stock_root "$release")/lib/modules/$release || return
	mkdir -p "$OBJECTS_DIR/modules"
}

objects_build()
{
	local out status=0

	out=$(mktemp -d) || return
	"$KPATCH_BUILD_DIR/kpatch-build" --kernel "$1" -o "$out" -n objects \
		"$STOCK_TOP/examples/meminfo.patch" >"$out/said" 2>&1 || status=$?
	((status == 0)) || cat "$out/said" >&2
	rm -rf "$out"
	return "$status"
}

# objects_units: lines "FILE OWNER", sorted; OWNER is vmlinux or a module's path without .ko.
# kbuild's rules are asked in every directory once, and the answer is kept.
objects_units()
{
	local list=$OBJECTS_DIR/units

	[[ -s $list ]] || objects_keep "$list" objects_ask_kbuild || return
	cat "$list"
}

objects_ask_kbuild()
{
	local work dirs=(.) dir n=0 jobs

	work=$(mktemp -d) || return
	jobs=$(nproc)
	kbuild_load_env "$KERNEL/env" "${INFO[tree]}" "$KERNEL/tree"
	while ((${#dirs[@]} > 0)); do
		for dir in "${dirs[@]}"; do
			while (($(jobs -rp | wc -l) >= jobs)); do
				wait -n || :
			done
			n=$((n + 1))
			kbuild_owners "$KERNEL/tree" "$dir" >"$work/new.$n" 2>"$work/said.$n" &
		done
		wait
		mapfile -t dirs < <(awk '$1 == "subdir" && !seen[$2]++ { print $2 }' "$work"/new.*)
		cat "$work"/new.* >>"$work/all"
		rm -f "$work"/new.*
	done
	objects_c_files <"$work/all"
	rm -rf "$work"
}

# An object is of C when its source is; several modules may have it, and the first stands for all.
objects_c_files()
{
	local kind object owner

	while read -r kind object owner; do
		[[ $kind != subdir && $object == *.o && -f $KERNEL/tree/${object%.o}.c ]] || continue
		[[ $kind == module ]] || owner=vmlinux
		printf '%s %s\n' "${object%.o}.c" "$owner"
	done | sort -u -k 1,1
}

# objects_draw N SEED: N lines of the input (all, if there are fewer), in a random order that
# depends on SEED and the lines only.
objects_draw()
{
	sort -R --random-source=<(yes "$2" 2>/dev/null) | sed "$1q"
}

# objects_farm DIR: DIR must not exist.
objects_farm()
{
	farm_grow "$1" "$KERNEL/tree" .
}

# objects_own DIR FILE...: copies instead of links; what is compiled must be owned.
objects_own()
{
	local farm=$1 file
	shift

	for file; do
		farm_own "$farm" "$KERNEL/tree" "$file" || return
	done
}

# objects_compile DIR JOBS FILE...: FILEs are objects (or assembly, .s) to make, or make variables.
# Goes on behind errors; the messages are in DIR.out. Without objtool, as kpatch-build;
# OBJECT_FILES_NON_STANDARD= among the FILEs runs it where the kernel's build does so.
objects_compile()
{
	compile_farm "$@"
}

# objects_parent OWNER: sets PARENT_NAME and PARENT_SYMTAB. The symbols of vmlinux are read from
# text, since the differ takes half a second to find them in a file of that size.
objects_parent()
{
	local owner=$1 file

	if [[ $owner = vmlinux ]]; then
		PARENT_NAME=vmlinux
		PARENT_SYMTAB=$OBJECTS_DIR/vmlinux.symbols
		[[ -s $PARENT_SYMTAB ]] || objects_keep "$PARENT_SYMTAB" \
			readelf --wide --symbols "$KERNEL/vmlinux"
		return
	fi
	PARENT_NAME=${owner##*/}
	PARENT_NAME=${PARENT_NAME//-/_}
	PARENT_SYMTAB=$OBJECTS_DIR/modules/${owner//\//@}.ko
	[[ ! -s $PARENT_SYMTAB ]] || return 0
	file=$(compgen -G "$OBJECTS_MODULES/kernel/$owner.ko*") || return
	case $file in
	*.xz)	objects_keep "$PARENT_SYMTAB" xz -dc "$file" ;;
	*.zst)	objects_keep "$PARENT_SYMTAB" zstd -dc "$file" ;;
	*)	objects_keep "$PARENT_SYMTAB" cat "$file" ;;
	esac
}

# objects_keep FILE COMMAND...: its output; the file appears when it is complete.
objects_keep()
{
	local file=$1 new=$1.$BASHPID
	shift

	if ! "$@" >"$new" || ! mv "$new" "$file"; then
		rm -f "$new"
		return 1
	fi
}

# objects_diff ORIG.o PATCHED.o OUT.o: the differ's status; behind objects_parent.
objects_diff()
{
	env "${KERNEL_FACTS[@]}" timeout 300 "$DIFFER" "$1" "$2" "$PARENT_NAME" "$PARENT_SYMTAB" \
		"$KERNEL/tree/Module.symvers" livepatch_objects "$3"
}
