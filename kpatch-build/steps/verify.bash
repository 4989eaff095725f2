# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# --verify FILE.ko: the proof of a finished module once more. Its units are compiled from the
# original source, and each function that it replaces is compared with the shipped code, and what
# the module records of that with what comes of it now (verify-module).
#
# reads:  PATCHES (the module), OPT_KERNEL, OPT_SOURCE, KERNEL, INFO, INDEX, RUN
# sets:   OPT_BACKEND, OPT_KERNEL (if no target is named), UNITS, OWNERS, ORIG

# The keys of doc/modinfo.md. sets: VERIFY_INFO[KEY] (of kpatch_unit and kpatch_module_build_id all values, a line each)
verify_read_module() {
	local file=${PATCHES[0]} key value
	declare -gA VERIFY_INFO=()
	: >"$RUN/modinfo"
	[[ $(head -c 4 "$file" | od -An -tx1) != " 7f 45 4c 46" ]] ||
		objcopy -O binary -j .modinfo "$file" "$RUN/modinfo" 2>>"$LOG" || true
	[[ -s $RUN/modinfo ]] ||
		die "$EXIT_ERROR" not-a-module "$file is not a kernel module; give the .ko file that $PROG has made"
	while IFS= read -r -d '' value; do
		key=${value%%=*}
		value=${value#*=}
		[[ $key == kpatch_* && $value != *[[:cntrl:]]* ]] || continue
		[[ $key == kpatch_unit || $key == kpatch_module_build_id || -z ${VERIFY_INFO[$key]:-} ]] || continue
		VERIFY_INFO[$key]+=${VERIFY_INFO[$key]:+$'\n'}$value
	done <"$RUN/modinfo"
	[[ -n ${VERIFY_INFO[kpatch_build_id]:-} && -n ${VERIFY_INFO[kpatch_unit]:-} ]] ||
		die "$EXIT_ERROR" not-verifiable "$file does not tell its kernel and the source files that its functions are of (made by another tool, or an old $PROG); build it again"
}

# The module's own kernel, where the user names none.
verify_choose_target() {
	local release=${VERIFY_INFO[kpatch_kernel]:-}
	[[ -z $OPT_KERNEL && -z $OPT_SOURCE ]] || return 0
	[[ $release =~ ^[A-Za-z0-9][A-Za-z0-9.+~_-]*$ ]] ||
		die "$EXIT_ERROR" not-verifiable "${PATCHES[0]} names the kernel \"$release\", which cannot be a release; give the kernel with --kernel or -s"
	OPT_KERNEL=$release
}

# A patch of the core module may be for a kernel without livepatch support.
verify_choose_backend() {
	[[ ${VERIFY_INFO[kpatch_backend]:-} != core ]] || OPT_BACKEND=core
	choose_backend
}

# A unit must be one that this kernel has, whatever the module says. sets: UNITS, OWNERS
verify_find_units() {
	local unit owner kind
	local -A owners=()
	while read -r kind unit owner; do
		[[ $kind == asm ]] || owners[$unit]=$owner
	done <"$INDEX/units"
	UNITS=()
	while IFS= read -r unit; do
		[[ -n ${owners[$unit]:-} ]] || {
			finding "$EXIT_MISMATCH" unit-unknown "${PATCHES[0]} has functions of $unit, which is no source file that ${INFO[release]} is made of"
			continue
		}
		UNITS+=("$unit")
		OWNERS["$unit"]=${owners["$unit"]}
	done <<<"${VERIFY_INFO[kpatch_unit]}"
	findings_end
}

verify_compile() {
	local unit objects=()
	step_begin compile
	ORIG=$RUN/orig
	for unit in "${UNITS[@]}"; do
		objects+=("${unit%.c}.o")
	done
	farm_grow "$ORIG" "$KERNEL/tree" .
	while IFS= read -r unit; do
		farm_grow "$ORIG" "$KERNEL/tree" "${unit%/*}"
	done < <(printf '%s\n' "${UNITS[@]}" && compile_outside "${UNITS[@]}")
	run compile_farm "$ORIG" "$OPT_JOBS" "${objects[@]}" || {
		log_file "$ORIG.out"
		compile_failed "$ORIG" original
	}
	log_file "$ORIG.out"
	step_end "${#UNITS[@]} file(s), original"
}

verify_prove() {
	local unit owner facts=() arguments=() status=0
	step_begin verify
	mapfile -t facts <"$PARTS/facts"
	for unit in "${UNITS[@]}"; do
		for owner in ${OWNERS[$unit]}; do
			diff_parent "$owner"
			arguments+=("$PARENT_NAME" "$PARENT_SYMTAB" "$ORIG/${unit%.c}.o")
		done
	done
	env "${facts[@]}" "$VERIFY_MODULE" "${PATCHES[0]}" "${arguments[@]}" \
		>"$RUN/verify.out" 2>"$RUN/verify.err" </dev/null || status=$?
	log_file "$RUN/verify.out"
	log_file "$RUN/verify.err"
	[[ ! -s $RUN/verify.err ]] || { end_line; cat "$RUN/verify.err" >&2; }
	[[ $status -eq 0 || $status -eq 2 ]] || {
		die_if_full "$RUN/verify.err"
		[[ $status -eq 1 && -s $RUN/verify.err ]] ||
			message error verify-failed "verify-module ended with status $status"
		finish "$EXIT_ERROR"
	}
	if grep -q '^nothing is replaced' "$RUN/verify.out"; then
		step_end "nothing is replaced"
	else
		step_end "$(grep -c '^proven ' "$RUN/verify.out" || true) of $(wc -l <"$RUN/verify.out") proven"
	fi
	sed 's/^/         /' "$RUN/verify.out"
	[[ $status -eq 0 ]] ||
		die "$EXIT_REFUSED" not-verified "${PATCHES[0]} is not proven to replace the shipped code of ${INFO[release]}: the reasons are above; build it again, and do not load this one"
}

verify_module() {
	verify_read_module
	verify_choose_target
	verify_choose_backend
	target
	prepare
	verify_check_kernel
	index_open
	verify_find_units
	verify_check_modules
	verify_compile
	verify_prove
}
