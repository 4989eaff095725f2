# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2153
#
# --verify FILE.ko: whether the module is for the builds that it is compared with, in all of the places
# that are asked when it is loaded: kpatch(1) asks the module information, the module's own init
# .kpatch.info, and the core module .kpatch.modules (kmod/patch/kpatch-info.h, kpatch-records.h).
#
# reads:  PATCHES (the module), VERIFY_INFO, INFO, INDEX, UNITS, OWNERS, PARENT_SYMTAB, RUN, LOG

# verify_section NAME: what is in a section, in hexadecimal; nothing where there is none.
verify_section() {
	rm -f "$RUN/section"
	objcopy -O binary -j "$1" "${PATCHES[0]}" "$RUN/section" 2>>"$LOG" || return 0
	od -An -v -tx1 "$RUN/section" | tr -d ' \n'
}

# verify_id_field ID: a number of eight bytes, which is the length of a build-id.
verify_id_field() {
	printf '%02x%014d' "$((${#1} / 2))" 0
}

verify_check_kernel() {
	local id=${INFO[build_id]} told=${VERIFY_INFO[kpatch_build_id]} info
	[[ $id == "$told" ]] ||
		die "$EXIT_MISMATCH" wrong-kernel "${PATCHES[0]} is for the kernel with build-id $told, and that of ${INFO[release]} is $id; name its kernel with --kernel or -s"
	info=$(verify_section .kpatch.info)
	[[ ${info:0:16}${info:32} =~ ^"$(verify_id_field "$id")$id"0*$ ]] ||
		die "$EXIT_MISMATCH" wrong-kernel "${PATCHES[0]} tells the build-id of ${INFO[release]}, but its init does not compare that with the kernel's (in .kpatch.info is another, or none): it was changed after it was made; build it again"
}

# verify_modules_of UNIT...: the modules that have one of these; without a unit, that have any.
verify_modules_of() {
	local unit words
	[[ $# -gt 0 ]] || cut -d ' ' -f 3- "$INDEX/units" | tr ' ' '\n'
	for unit; do
		read -ra words <<<"${OWNERS[$unit]}"
		printf '%s\n' "${words[@]}"
	done
}

# verify_read_ids: sets IDS to NAME:BUILD-ID, a line each, of the shipped modules that standard input names, as
# describe_modules tells them.
verify_read_ids() {
	local owner name id
	IDS=
	while read -r owner; do
		[[ -n $owner && $owner != vmlinux ]] || continue
		diff_parent "$owner"
		id=$(module_build_id "$PARENT_SYMTAB")
		name=${owner##*/}
		[[ -z $id ]] || IDS+=$'\n'${name//-/_}:$id
	done < <(sort -u)
	IDS+=$'\n'
}

# verify_read_others NAME: of all modules of that name. A new source of a patch is not among the units, and its
# module is told all the same.
verify_read_others() {
	verify_read_ids < <(verify_modules_of |
		awk -v name="$1" '{ own = $0; sub(/.*\//, "", own); gsub(/-/, "_", own) } own == name')
}

# verify_is_told LINE: whether the module tells a build that it should.
# reads: known
verify_is_told() {
	[[ $known != *$'\n'"$1"$'\n'* ]] || return 0
	[[ $known != *$'\n'"${1%%:*}:"* ]] || return 1
	verify_read_others "${1%%:*}"
	[[ $IDS == *$'\n'"$1"$'\n'* ]]
}

verify_check_modules() {
	local line known IDS told=${VERIFY_INFO[kpatch_module_build_id]:-}
	verify_read_ids < <(verify_modules_of "${UNITS[@]}")
	known=$IDS
	while IFS= read -r line; do
		[[ -z $line ]] || verify_is_told "$line" ||
			finding "$EXIT_MISMATCH" wrong-module "${PATCHES[0]} is for a module ${line%%:*} with build-id ${line#*:}, which is none of ${INFO[release]}; build it again for this kernel"
	done <<<"$told"
	while IFS= read -r line; do
		[[ -z $line || $'\n'$told == *$'\n'"${line%%:*}:"* ]] ||
			finding "$EXIT_MISMATCH" wrong-module "${PATCHES[0]} has functions of the module ${line%%:*}, and does not tell its build-id (${line#*:} in ${INFO[release]}), so that it would be loaded beside any other; build it again"
	done <<<"$known"
	findings_end
	verify_check_rows
}

# The same once more, for the core module: a row of each, and one of zeroes.
verify_check_rows() {
	local line name id zeroes rows=""
	[[ $OPT_BACKEND == core ]] || return 0
	printf -v zeroes '%0272d' 0
	while IFS= read -r line; do
		[[ -n $line ]] || continue
		name=$(printf '%s' "${line%%:*}" | od -An -v -tx1 | tr -d ' \n')$zeroes
		id=${line#*:}
		rows+=${name:0:128}$(verify_id_field "$id")
		id+=$zeroes
		rows+=${id:0:128}
	done <<<"${VERIFY_INFO[kpatch_module_build_id]:-}"
	[[ $(verify_section .kpatch.modules) == "$rows$zeroes" ]] ||
		die "$EXIT_MISMATCH" wrong-module "${PATCHES[0]} tells the builds of its modules, but the core module would not compare these (in .kpatch.modules are others): it was changed after it was made; build it again"
}
