# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# Which kernel is the patch for, and is it prepared already?
#
# reads:  OPT_KERNEL, OPT_SOURCE, OPT_CONFIG, OPT_VMLINUX, OPT_SKIP_COMPILER_CHECK
# sets:   TARGET_RELEASE, TARGET_VERSION (the distribution's, may be empty), TARGET_NAME
#         RUNNING_BUILD_ID (only if the target is the running kernel)
#         KERNEL (directory of the prepared kernel, empty if there is none yet), INFO (facts
#         from its file "info"), TARGET_CC, TARGET_CC_TEXT (compiler and its version line),
#         KBUILD_ROOT (the system that has it, empty: this machine)

KERNEL="" TARGET_RELEASE="" TARGET_VERSION=""
RUNNING_BUILD_ID=""
declare -A INFO=()

target() {
	step_begin target
	target_choose
	backend_target
	if target_find; then
		if target_is_ours; then
			compiler_check "${INFO[config_cc]}"
			target_is_current || KERNEL=""
		else
			warn cache-of-other-version "another version of $PROG has prepared $TARGET_RELEASE (format ${INFO[format]:-unknown}, and this one's is $PREPARE_FORMAT); it is prepared once more, and what is there stays: $KERNEL"
			KERNEL=""
		fi
	fi
	if [[ -n $KERNEL ]]; then
		step_end "${INFO[release]} (${INFO[source]}), build-id ${INFO[build_id]:0:12}"
	else
		step_end "${TARGET_RELEASE:-$OPT_SOURCE}, not prepared yet"
	fi
}

target_choose() {
	TARGET_VERSION=""
	TARGET_RELEASE=$OPT_KERNEL
	if [[ -z $OPT_KERNEL && -z $OPT_SOURCE ]]; then
		backend_running
		RUNNING_BUILD_ID=$(running_build_id)
	fi
}

# The GNU build-id note (type 3) among the notes of the running kernel.
running_build_id() {
	[[ -r /sys/kernel/notes ]] || return 0
	od -An -v -tx1 /sys/kernel/notes | tr -d ' \n' |
		grep -oE '040000001400000003000000474e5500[0-9a-f]{40}' |
		tail -c 41 || true
}

# Reads the facts of the prepared kernel of that name; the running kernel may have been
# prepared under another name, but not of a tree of the user's, which can have edits.
target_find() {
	local dir=$KPATCH_CACHE/targets/$TARGET_NAME key value
	if [[ ! -f $dir/info && -n $RUNNING_BUILD_ID ]]; then
		for dir in "$KPATCH_CACHE/kernels/${RUNNING_BUILD_ID:0:16}"-*; do
			[[ ! -f $dir/info ]] || grep -q '^source=tree ' "$dir/info" || break
			dir=""
		done
	fi
	[[ -n $dir && -f $dir/info ]] || return 1
	dir=$(readlink -f "$dir")
	INFO=()
	while IFS='=' read -r key value; do
		[[ -z $key ]] || INFO[$key]=$value
	done <"$dir/info"
	KERNEL=$dir
	TARGET_RELEASE=${INFO[release]:-$TARGET_RELEASE}
}

# Of another version of ours nobody knows which facts it has.
target_is_ours() {
	[[ ${INFO[format]:-} == "$PREPARE_FORMAT" ]]
}

# It was prepared with the compiler that is used now, and, for the running kernel, is the one that
# runs.
target_is_current() {
	[[ ${INFO[compiler]} == "$TARGET_CC_TEXT" ]] || return 1
	[[ -z $RUNNING_BUILD_ID || ${INFO[build_id]} == "$RUNNING_BUILD_ID" ]]
}

# compiler_check TEXT: TEXT is the kernel's CONFIG_CC_VERSION_TEXT. Its first word is how
# the compiler was called, the rest is what it says of itself. The machine's is taken if it is that
# one, else what the back end has.
compiler_check() {
	local wanted=${1#* } name=${1%% *}
	TARGET_CC=${CC:-${name:-gcc}}
	KBUILD_ROOT=""
	if ! compiler_is "$wanted" && { [[ -n ${CC:-} ]] || ! compiler_in_root "$name" "$wanted"; }; then
		KBUILD_ROOT=""
		compiler_is "$wanted" || compiler_other "$1"
	fi
	TARGET_CC_TEXT="$TARGET_CC ${TARGET_CC_TEXT#* }"
}

# compiler_is WANTED: does TARGET_CC in KBUILD_ROOT say that of itself? sets: TARGET_CC_TEXT (empty:
# it is not there)
compiler_is() {
	TARGET_CC_TEXT=""
	# shellcheck disable=SC2086 # CC may carry arguments, as in make
	read -r TARGET_CC_TEXT < <(LC_ALL=C in_root "$KBUILD_ROOT" $TARGET_CC --version 2>/dev/null) ||
		return 1
	[[ ${TARGET_CC_TEXT#* } == "$1" ]]
}

# compiler_in_root NAME WANTED: a system with that compiler in the cache; the back end makes it, if it
# can. sets: KBUILD_ROOT
compiler_in_root() {
	local root="$1 $2"
	root=$KPATCH_CACHE/roots/${root//[!0-9A-Za-z.+~-]/_}
	[[ -d $root ]] || compiler_make_root "$root" "$@" || return
	KBUILD_ROOT=$root
	! compiler_is "$2" || return 0
	root_works ||
		die "$EXIT_COMPILER" no-namespaces "the kernel was built by \"$1 $2\". It is in $root, which only those can use who may make namespaces (unshare --map-root-user --mount); allow that, be root, or install that compiler on this machine"
	return 1
}

# compiler_make_root ROOT NAME WANTED: false if the back end does not have it.
compiler_make_root() {
	local root=$1 partial=$KPATCH_CACHE/roots/.partial-$RUN_NAME locked=$PREPARE_FD status=0
	shift
	[[ -n $locked ]] || prepare_lock
	if [[ ! -d $root ]]; then
		cache_mkdir "$partial"
		if backend_compiler "$partial" "$@"; then
			mv -T "$partial" "$root"
		else
			rm -rf "$partial"
			status=1
		fi
	fi
	[[ -n $locked ]] || prepare_unlock
	return "$status"
}

# compiler_other TEXT
compiler_other() {
	local hint="install that compiler, name it with CC=…"
	[[ -n $TARGET_CC_TEXT ]] ||
		die "$EXIT_COMPILER" wrong-compiler "the kernel was built by \"$1\" and ${TARGET_CC%% *} is not installed; $hint, or have the suite that it is of named (--suite)"
	[[ -n $OPT_SKIP_COMPILER_CHECK ]] ||
		die "$EXIT_COMPILER" wrong-compiler "the kernel was built by \"$1\", and $TARGET_CC is \"$TARGET_CC_TEXT\": its code cannot be compared; $hint, or take the risk with --skip-compiler-check"
	warn other-compiler "the kernel was built by \"$1\", and $TARGET_CC is \"$TARGET_CC_TEXT\""
}
