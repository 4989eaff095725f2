# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154
#
# What the patch makes global: a static function or variable that another file of the patch now uses.
# The running kernel has it as a local symbol, and which one of that name is meant only the differ of its
# own unit can tell.
#
# reads:  UNITS, OWN, OWNERS, ORIG, PATCHED
# sets:   SHARED[UNIT] (options for the differ)

declare -gA SHARED=()

shared_names() {
	local unit other name
	for unit in "${UNITS[@]}"; do
		[[ -n ${OWN[$unit]:-} || ${#UNITS[@]} -le 8 ]] || continue
		while read -r name; do
			for other in "${UNITS[@]}"; do
				[[ $other != "$unit" && ${OWNERS[$other]} == "${OWNERS[$unit]}" ]] || continue
				shared_lacks "$other" "$name" || continue
				SHARED[$unit]+=" --used-elsewhere $name"
				break
			done
		done < <(shared_made_global "$unit")
	done
}

# shared_made_global UNIT: names, one a line.
shared_made_global() {
	awk '
		FNR == NR { if ($2 ~ /^[tdbr]$/) was_local[$1]; next }
		$1 in was_local' \
		<(nm -P --defined-only "$ORIG/${1%.c}.o" 2>/dev/null) \
		<(nm -P --defined-only --extern-only "$PATCHED/${1%.c}.o" 2>/dev/null) | cut -d ' ' -f 1
}

# shared_lacks UNIT NAME: whether it is to come from another file.
shared_lacks() {
	nm -P --undefined-only "$PATCHED/${1%.c}.o" 2>/dev/null | grep -q "^$2 U"
}
