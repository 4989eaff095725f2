# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2153
#
# Each unit twice, original and patched, by the kernel's own rules: same flags, each function
# and variable in a section of its own, without objtool (which runs once, at the end).
#
# reads:  UNITS, SCOPE_GONE, ORIG, PATCHED, KERNEL, INFO, INDEX, OPT_JOBS
# sets:   COMPILED_CALLS[UNIT] (the patched object with calls, compile_calls), COMPILE_WARNED[WARNING]
# leaves: ORIG/UNIT.o and PATCHED/UNIT.o, ORIG/UNIT.o.warnings where there are any

declare -gA COMPILED_CALLS=() COMPILE_WARNED=()

compile() {
	step_begin compile
	compile_units
	step_end "${#UNITS[@]} file(s), original and patched"
}

compile_units() {
	local done=0 size=$((8 * OPT_JOBS)) missing=0 compiled=0 unit
	for unit in "${UNITS[@]}"; do
		[[ -z ${SCOPE_GONE[$unit]:-} ]] ||
			printf '#if __INCLUDE_LEVEL__\n#error removed by the patch\n#endif\n' >"$PATCHED/$unit"
	done
	compile_count
	progress_begin "compiling" "$missing"
	while [[ $done -lt ${#UNITS[@]} ]]; do
		compile_portion "${UNITS[@]:done:size}"
		done=$((done + size))
		progress "$compiled"
	done
}

# compile_count: sets missing, the compiles that are to be done.
compile_count() {
	local unit
	missing=$((2 * ${#UNITS[@]}))
	for unit in "${UNITS[@]}"; do
		[[ -z $KEPT || ! -s $KEPT/originals/${unit%.c}.o ]] || missing=$((missing - 1))
		[[ -z ${COMPILED_CALLS[$unit]:-} && ( -z $KEPT || ! -s $KEPT_PATCH/patched/${unit%.c}.o ) ]] ||
			missing=$((missing - 1))
	done
}

# compile_portion UNIT...: what an earlier run has compiled is taken from there. What has calls in this run is
# what was compared, and stays; it is kept for no later one, which has to be told of them. sets: compiled
compile_portion() {
	local unit object orig=() patched=() orig_status=0 patched_status=0 jobs=$OPT_JOBS job
	for unit; do
		object=${unit%.c}.o
		if kept_get "$KEPT/originals" "$object" "$ORIG/$object"; then
			kept_get "$KEPT/originals" "$object.warnings" "$ORIG/$object.warnings" || true
		else
			orig+=("$object")
		fi
		if [[ -n ${COMPILED_CALLS[$unit]:-} ]]; then
			cp -- "${COMPILED_CALLS[$unit]}" "$PATCHED/$object"
		else
			kept_get "$KEPT_PATCH/patched" "$object" "$PATCHED/$object" || patched+=("$object")
		fi
	done
	if [[ $OPT_JOBS -eq 1 || ${#orig[@]} -eq 0 || ${#patched[@]} -eq 0 ]]; then
		[[ ${#orig[@]} -eq 0 ]] || run compile_farm "$ORIG" "$jobs" "${orig[@]}" || orig_status=$?
		[[ ${#patched[@]} -eq 0 ]] ||
			run compile_farm "$PATCHED" "$jobs" "${patched[@]}" || patched_status=$?
	else
		jobs=$(((OPT_JOBS + 1) / 2))
		start compile_farm "$ORIG" "$jobs" "${orig[@]}"
		job=$STARTED
		start compile_farm "$PATCHED" "$jobs" "${patched[@]}"
		wait "$STARTED" || patched_status=$?
		wait "$job" || orig_status=$?
	fi
	[[ ${#orig[@]} -eq 0 ]] || log_file "$ORIG.out"
	[[ ${#patched[@]} -eq 0 ]] || log_file "$PATCHED.out"
	[[ $orig_status -eq 0 ]] || compile_failed "$ORIG" original
	[[ $patched_status -eq 0 ]] || compile_failed "$PATCHED" patched
	compile_keep_warnings "${orig[@]}"
	for object in "${orig[@]}"; do
		kept_put "$KEPT/originals" "$object" "$ORIG/$object"
	done
	[[ ${#patched[@]} -eq 0 ]] || compile_warn "$@"
	for object in "${patched[@]}"; do
		kept_put "$KEPT_PATCH/patched" "$object" "$PATCHED/$object"
	done
	compiled=$((compiled + ${#orig[@]} + ${#patched[@]}))
}

# compile_keep_warnings OBJECT...: of the originals that were compiled now, of all together: a header's are not
# one unit's.
compile_keep_warnings() {
	local object
	[[ $# -gt 0 ]] && grep -s ': warning: ' "$ORIG.out" >"$ORIG.warnings" || return 0
	for object; do
		cp "$ORIG.warnings" "$ORIG/$object.warnings"
		kept_put "$KEPT/originals" "$object.warnings" "$ORIG.warnings"
	done
}

# compile_warn UNIT...: what the compiler warns of in the patched ones, and in no original, is how a fix for another
# source shows that compiles here.
compile_warn() {
	local unit warning known=()
	for unit; do
		[[ ! -e $ORIG/${unit%.c}.o.warnings ]] || known+=("$ORIG/${unit%.c}.o.warnings")
	done
	while IFS= read -r warning; do
		[[ -z ${COMPILE_WARNED[$warning]:-} ]] || continue
		COMPILE_WARNED[$warning]=1
		warn compiler-warning "${warning/: warning: /: the compiler warns, as it does not of the original: }; see that the patch is right for this source"
	done < <(awk -v patched="$PATCHED.out" '
		!/: warning: / { next }
		{
			text = $0
			sub(/^.*: warning: /, "", text)
		}
		FILENAME != patched { known[text]; next }
		!(text in known)' "${known[@]}" "$PATCHED.out")
}

# compile_can_call: whether there is a way to change the compiler's assembly. A frame that is there
# already would hide a call where the kernel walks frames.
compile_can_call() {
	[[ $KPATCH_BUILD_DIR != *[,\ ]* && $(config_value CC_IS_GCC "$KERNEL/config") == y &&
	   $(config_value UNWINDER_ORC "$KERNEL/config") == y ]]
}

# compile_calls UNIT NAMES: once more, patched, with calls of these functions instead of jumps to them
# (assembly.bash). False where that cannot be; the object is as it was then.
compile_calls() {
	local object=$PATCHED/${1%.c}.o calls="-wrapper bash,$KPATCH_BUILD_DIR/assembly.bash,$2"
	compile_can_call || return 1
	mv "$object" "$object.jumps"
	run compile_farm "$PATCHED" 1 "${1%.c}.o" || {
		log_file "$PATCHED.out"
		die_if_full "$PATCHED.out" "$LOG"
		mv "$object.jumps" "$object"
		return 1
	}
	rm -f "$object.jumps"
	COMPILED_CALLS[$1]=$object
}

# compile_load_env FARM: the environment of a compile.
# reads: calls (of compile_calls)
compile_load_env() {
	local names=()
	compile_in_tree || names=(-fmacro-prefix-map=./=)
	[[ -z ${calls:-} ]] || names+=("$calls")
	kbuild_load_env "$KERNEL/env" "${INFO[tree]}" "$1" -ffunction-sections -fdata-sections \
		"-I$KPATCH_GLUE_DIR" "${names[@]}"
}

# compile_in_tree: whether the kernel's headers are "./include/..." for __FILE__. In Linux 7.2 they
# are where it was built in its source tree, as we do, and are not where it was built in another
# directory; the kernel's own strings tell. In 6.12 its flags are the same for both.
compile_in_tree() {
	local offset size
	grep -A 1 '^ifdef building_out_of_srctree' "$KERNEL/tree/Makefile" |
		grep -q -e '-fmacro-prefix-map=' || return 0
	read -r offset size < <(readelf -SW "$KERNEL/vmlinux" |
		sed -nE 's/^ *\[ *[0-9]+\] \.rodata +[A-Z]+ +[0-9a-f]+ ([0-9a-f]+) ([0-9a-f]+) .*/\1 \2/p') ||
		return 0
	dd if="$KERNEL/vmlinux" bs=1M iflag=skip_bytes,count_bytes skip=$((16#$offset)) \
		count=$((16#$size)) status=none | grep -c -a -F './include/linux/' >/dev/null
}

# compile_farm FARM JOBS OBJECT...: without the checksums of exported symbols, which cost time, are
# no part of the object, and are in Module.symvers already.
compile_farm() {
	local farm=$1 jobs=$2
	shift 2
	compile_load_env "$farm"
	compile_all "$@" >"$farm.out" 2>&1
}

# compile_all ARGUMENT...: from the top directory, but for objects below a nested directory. Make is
# led to an object of another directory's Makefile by the name that this one has for it, for which all
# directories on the way have to be the farm's own (compile_outside).
# reads: farm, jobs (of compile_farm)
compile_all() {
	local dir argument settings=() status=0
	local -A goals=()
	for argument; do
		if [[ $argument == *=* ]]; then
			settings+=("$argument")
		else
			argument=${INDEX_OUTSIDE[$argument]:-$argument}
			compile_start "$argument"
			goals[$START]+=" $argument"
		fi
	done
	for dir in "${!goals[@]}"; do
		# shellcheck disable=SC2086 # no path of the kernel has a space
		kbuild "$farm" -k -j"$jobs" "obj=$dir" need-builtin=1 need-modorder=1 \
			OBJECT_FILES_NON_STANDARD=y CONFIG_MODVERSIONS= "${settings[@]}" \
			${goals[$dir]} || status=$?
	done
	return "$status"
}

# compile_start OBJECT: where make has to begin. sets: START
compile_start() {
	local dir
	START=.
	for dir in "${INDEX_NESTED[@]}"; do
		[[ $1 != "$dir"/* || ${#dir} -lt ${#START} ]] || START=$dir
	done
}

# compile_outside SOURCE...: prints a file of the Makefile's directory for each that is outside of it:
# that directory has to be real in a farm, or its .. leads out of it.
compile_outside() {
	local source name
	for source; do
		name=${INDEX_OUTSIDE[${source%.*}.o]:-}
		[[ -z $name ]] || printf '%s\n' "${name%%/../*}/x"
	done
}

# compile_failed FARM WHICH: the compiler's own words without make's, whose commands are
# indented by two; then ours. The lines of source that the compiler shows go, too: it counts them
# without the #line directives, and shows others.
compile_failed() {
	die_if_full "$1.out" "$LOG"
	end_line
	grep -vE '^(make|# |  [^ 0-9]| +[0-9]* \|)' "$1.out" >&2 || true
	[[ $2 == patched ]] ||
		die "$EXIT_ERROR" original-does-not-compile "the unpatched source of ${INFO[release]} does not compile here; this is no fault of the patch"
	die "$EXIT_COMPILE" compile-error "the patched source does not compile; the compiler's messages are above"
}
