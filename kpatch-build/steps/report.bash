# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# What the module will say of itself (doc/modinfo.md), and what the user is told at the end.
#
# reads:  PATCHES, CVES, INFO, DIFF_UNITS, SCOPE_NEW, KERNEL, OWNERS, CHANGES, RESULT, RESULT_CORE,
#         LOG, OPT_REPLACE, OPT_BACKEND
# sets:   MODINFO (KEY=VALUE)

describe() {
	local patch sum cve unit name names replace=1
	[[ -n $OPT_REPLACE ]] || replace=0
	MODINFO=("kpatch_version=$VERSION" "kpatch_build_id=${INFO[build_id]}"
		"kpatch_kernel=${INFO[release]}" "kpatch_backend=$OPT_BACKEND" "kpatch_replace=$replace")
	for patch in "${PATCHES[@]}"; do
		read -r sum _ < <(sha256sum <"$patch")
		MODINFO+=("kpatch_patch=${patch##*/}:sha256:$sum")
	done
	# What a new source has replaces nothing.
	for unit in "${DIFF_UNITS[@]}"; do
		[[ -n ${SCOPE_NEW[$unit]:-} ]] || MODINFO+=("kpatch_unit=$unit")
	done
	# What `kpatch unload` asks of the module in memory.
	names=$(diff_outlives) || return
	while IFS= read -r name; do
		[[ -z $name ]] || MODINFO+=("kpatch_outlives=$name")
	done <<<"$names"
	while read -r cve; do
		[[ -z $cve ]] || MODINFO+=("kpatch_cve=$cve")
	done < <(printf '%s\n' "${CVES[@]}" | sort -u)
	describe_modules
}

module_build_id() {
	LC_ALL=C readelf -n "$1" 2>>"$LOG" | sed -n 's/^ *Build ID: *//p'
}

# The builds of the modules that are patched, where these have a build-id.
describe_modules() {
	local owner name build_id unit words=()
	while read -r owner; do
		[[ -n $owner && $owner != vmlinux ]] || continue
		name=${owner##*/}
		build_id=$(module_build_id "$KERNEL/modules/${owner//\//@}.ko")
		[[ -z $build_id ]] || MODINFO+=("kpatch_module_build_id=${name//-/_}:$build_id")
	done < <(for unit in "${DIFF_UNITS[@]}"; do
		read -ra words <<<"${OWNERS[$unit]}"
		printf '%s\n' "${words[@]}"
	done | sort -u)
}

report() {
	local line
	for line in "${CHANGES[@]}"; do
		printf '         %s\n' "$line"
	done
	printf 'module   %s\n' "$RESULT"
	[[ -z $RESULT_CORE ]] || printf 'core     %s\n' "$RESULT_CORE"
	printf 'log      %s\n' "$LOG"
}
