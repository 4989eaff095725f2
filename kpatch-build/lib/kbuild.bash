# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# The kernel's own make rules, without the top Makefile: its exported environment is
# captured once per kernel, and then scripts/Makefile.build alone builds one object, in a
# third of a second.
#
# reads:  KPATCH_BUILD_DIR, PATH
# sets:   KBUILD_ENV (array NAME=VALUE, by kbuild_load_env, for one tree), KBUILD_ROOT (the
#         system whose compiler and tools it takes, see root.bash; empty: the machine's)

# shellcheck source=kpatch-build/lib/root.bash
. "${BASH_SOURCE[0]%/*}/root.bash"

KBUILD_ENV=() KBUILD_ROOT=""

# make with nothing of the user's environment in it, which could change the code. The root goes into
# what kbuild_capture writes.
clean_make() {
	in_root "$KBUILD_ROOT" env -i PATH="$PATH" LC_ALL=C HOME=/nonexistent \
		KBUILD_BUILD_USER=kpatch KBUILD_BUILD_HOST=kpatch KPATCH_KBUILD_ROOT="$KBUILD_ROOT" \
		make --no-print-directory "$@"
}

# kbuild_capture TREE RELEASE CC FILE: what the top Makefile exports, NUL-separated.
kbuild_capture() {
	# shellcheck disable=SC2016 # make expands it
	clean_make -C "$1" KERNELRELEASE="$2" CC="$3" HOSTCC="${HOSTCC:-gcc}" \
		--eval='kpatch-env: ; @env -0 >"$(KPATCH_ENV)"' KPATCH_ENV="$4" kpatch-env
}

# kbuild_load_env FILE CAPTURED-AT TREE [FLAG...]: the environment for TREE; the FLAGs are
# added to those of every C file. Commands are printed in full.
kbuild_load_env() {
	local file=$1 from=$2 to=$3 entry
	shift 3
	KBUILD_ENV=()
	KBUILD_ROOT=""
	while IFS= read -r -d '' entry; do
		case ${entry%%=*} in
		KPATCH_KBUILD_ROOT) KBUILD_ROOT=${entry#*=}; continue ;;
		MAKE* | MFLAGS | PATH | PWD | OLDPWD | SHLVL | _ | KPATCH_ENV | quiet) continue ;;
		KBUILD_CFLAGS) entry+=" $*" ;;
		esac
		KBUILD_ENV+=("${entry//"$from"/"$to"}")
	done <"$file"
	KBUILD_ENV+=(PATH="$PATH" KBUILD_MODULES=1 KBUILD_BUILTIN=1 quiet=)
}

# kbuild TREE ARGUMENT...: scripts/Makefile.build in TREE.
kbuild() (
	cd "$1" && shift && in_root "$KBUILD_ROOT" env -i "${KBUILD_ENV[@]}" \
		make -rR --no-print-directory -f scripts/Makefile.build "$@"
)

# kbuild_owners TREE DIR: what owner.mk prints for a directory, taken for one that kbuild descends
# into for vmlinux and for modules.
kbuild_owners() (
	cd "$1" && in_root "$KBUILD_ROOT" env -i "${KBUILD_ENV[@]}" \
		make -rR --no-print-directory -f "$KPATCH_BUILD_DIR/owner.mk" \
		obj="$2" need-builtin=1 need-modorder=1 kpatch-owner
)

# kbuild_owners_from_top TREE DIR: likewise, as kbuild comes to it: nothing of a directory that is not
# built, and of one that has modules only nothing that would become part of vmlinux.
kbuild_owners_from_top() (
	cd "$1" && in_root "$KBUILD_ROOT" env -i "${KBUILD_ENV[@]}" \
		make -rR --no-print-directory -f "$KPATCH_BUILD_DIR/owner.mk" \
		obj=. need-builtin=1 need-modorder=1 kpatch-only="$2" kpatch-owners
)

# kbuild_all_owners TREE ABSENT JOBS: likewise for all directories that kbuild descends into. ABSENT
# is a directory with make rules that the tree lacks.
kbuild_all_owners() (
	cd "$1" && in_root "$KBUILD_ROOT" env -i "${KBUILD_ENV[@]}" \
		make -rR -k -j"$3" -O -I "$2" --no-print-directory \
		-f "$KPATCH_BUILD_DIR/owner.mk" obj=. need-builtin=1 need-modorder=1 kpatch-owners
)

# config_value NAME FILE: the value of CONFIG_NAME, without quotes; empty if not set.
config_value() {
	local line
	line=$(grep -m 1 "^CONFIG_$1=" "$2") || return 0
	line=${line#*=}
	line=${line#\"}
	printf '%s\n' "${line%\"}"
}
