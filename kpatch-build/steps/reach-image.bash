# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2004,SC2034,SC2154 # of the caller's arrays
#
# What a header changes beside units in C: assembly, the vDSO, linker scripts, C from which numbers are
# made, headers that are made once. None of it can be replaced: is the same made of both sides?
#
# reads:  SCOPE_FILES, KERNEL, INFO, RUN, ORIG, PATCHED, LOG, OPT_JOBS, and of the caller's: kinds, verdicts
# sets:   of the caller's: asked

# reach_image FILE...: what is part of the kernel's image and no C that is replaced. sets: asked
reach_image() {
	local unit other=()
	asked=yes
	for unit; do
		[[ ${kinds[$unit]:-} == @(asm|) ]] || continue
		log "$unit: ${verdicts[$unit]:-no verdict}"
		case ${verdicts[$unit]} in
		unseen | same | unused) ;;
		*)	other+=("$unit") ;;
		esac
	done
	reach_assembly "${other[@]}"
}

# reach_same_made SOURCE: whether the same is made of both.
reach_same_made() {
	case ${kinds[$1]:-}$(reach_object "$1") in
	asm*)	reach_same_assembly "$1" ;;
	*.s)	reach_same_numbers "$1" ;;
	*.o)	reach_same_code "$1" ;;
	*)	return 1 ;;
	esac
}

# reach_same_assembly SOURCE: assembly may read numbers that the same make rules take from C first, which
# compare-unit does not compile, so that it has no text of both sides to judge. What is made of more than
# there is here, such as a key, has the text only.
reach_same_assembly() {
	local object=${1%.S}.o
	[[ ${verdicts[$1]} != changed* ]] || return 1
	run compile_farm "$ORIG" "$OPT_JOBS" "$object" || {
		reach_same_text "$1"
		return
	}
	run compile_farm "$PATCHED" "$OPT_JOBS" "$object" && reach_same_object "$object"
}

# reach_same_text SOURCE: of assembly, by the rule that has no prerequisites.
reach_same_text() {
	local farm=$PATCHED jobs=1 text=${1%.S}.s
	[[ -z ${verdicts[$1]:-} ]] || return 1
	reach_load_env
	run compile_all "${REACH_RULES[@]}" "$text" || true
	log "$text: $(reach_verdict "$text")"
	[[ $(reach_verdict "$text") == @(unseen|same|unused) ]]
}

# reach_same_code SOURCE: C of the vDSO and the like, by the rules of its directory. Some of these give the
# flags to what is linked of the object.
reach_same_code() {
	local farm object
	object=$(reach_object "$1")
	for farm in "$ORIG" "$PATCHED"; do
		kbuild_load_env "$KERNEL/env" "${INFO[tree]}" "$farm"
		case $1 in
		arch/x86/entry/vdso/vdso32/*) run reach_run_image "$1" arch/x86/entry/vdso/vdso32.so.dbg ;;
		*) run reach_run_image "$1" "$object" ;;
		esac || return 1
	done
	reach_same_object "$object"
}

# reach_same_object OBJECT
reach_same_object() {
	local farm
	for farm in "$ORIG" "$PATCHED"; do
		objcopy --strip-debug "$farm/$1" "$farm/$1.code" 2>>"$LOG" || return 1
	done
	cmp -s "$ORIG/$1.code" "$PATCHED/$1.code"
}

# reach_assembly FILE...: of these compare-unit does not know that they are the same. Assembly that it knows
# to be another one is told before anything is compiled.
reach_assembly() {
	local unit assembly=() more=""
	for unit; do
		[[ ${kinds[$unit]:-} != asm || ${verdicts[$unit]} != changed* ]] || assembly+=("$unit")
	done
	[[ ${#assembly[@]} -gt 0 ]] || for unit; do
		reach_same_made "$unit" || assembly+=("$unit")
	done
	[[ ${#assembly[@]} -gt 0 ]] || return 0
	[[ ${#assembly[@]} -le 5 ]] || more=" and $((${#assembly[@]} - 5)) more files"
	finding "$EXIT_REFUSED" header-reaches-assembly "the change is also seen by $(scope_list "${assembly[@]:0:5}")$more: what becomes of that are no functions in C, and it cannot be replaced in a running kernel; keep what is used there as it is"
}

# Headers that the top make rules make once, before anything is compiled, are not made again in a farm:
# would they differ?
reach_made() {
	local file header
	for file in "${SCOPE_FILES[@]}"; do
		case $file in
		arch/x86/include/asm/cpufeatures.h)	header=cpufeaturemasks.h ;;
		arch/x86/include/asm/orc_types.h)	header=orc_hash.h ;;
		include/xen/interface/xen*.h)		header=xen-hypercalls.h ;;
		*)	continue ;;
		esac
		[[ -e $KERNEL/tree/arch/x86/include/generated/asm/$header ]] || continue
		cmp -s <(reach_makes "$header" "$RUN/before/$file") <(reach_makes "$header" "$RUN/after/$file") ||
			finding "$EXIT_REFUSED" build-files-changed "the patch changes $file, by which asm/$header, made from it for the whole kernel, would be another; keep what is defined there as it is, and give the fix names of its own elsewhere"
	done
}

# reach_makes HEADER FILE: what HEADER is made from FILE by
reach_makes() {
	[[ -e $2 ]] || return 0
	case $1 in
	cpufeaturemasks.h)
		awk -f "$KERNEL/tree/arch/x86/tools/cpufeaturemasks.awk" "$2" "$KERNEL/tree/.config" ;;
	*)	# constants and structures, without our #line
		sed -E '/^#line /d; s|/\*.*\*/||; s/[[:space:]]+/ /g; s/ $//; /^$/d' "$2" ;;
	esac
}

# reach_same_numbers SOURCE: C that is compiled only to get the numbers of structures, which the
# compiler writes as ->NAME; are they the same?
reach_same_numbers() {
	local goal farm
	goal=$(reach_object "$1")
	for farm in "$ORIG" "$PATCHED"; do
		kbuild_load_env "$KERNEL/env" "${INFO[tree]}" "$farm"
		run kbuild "$farm" obj="${1%/*}" need-builtin=1 need-modorder=1 "$goal" || return 1
		grep -o '"->.*' "$farm/$goal" >"$farm/$goal.numbers" || return 1
	done
	cmp -s "$ORIG/$goal.numbers" "$PATCHED/$goal.numbers"
}
