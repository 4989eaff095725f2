# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154
#
# Names that units have in common, which the differ of one unit does not see.
#
# What the patch makes global: a static function or variable that another file of the patch now uses.
# The running kernel has it as a local symbol, and which one of that name is meant only the differ of its
# own unit can tell.
#
# reads:  UNITS, OWN, OWNERS, ORIG, PATCHED, DIFFED, DIFF_OWNED, DIFF_STATUS, INDEX, RUN
# sets:   SHARED[UNIT] (options for the differ), worst (diff_collect's)

declare -gA SHARED=()

shared_names() {
	local unit other name
	for unit in "${UNITS[@]}"; do
		[[ -n ${OWN[$unit]:-} || ${#UNITS[@]} -le 8 ]] || continue
		SHARED[$unit]=
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

# shared_lacks UNIT NAME: whether it is to come from another file, also where it is weak. All of the list is
# read: grep -q would end nm by a signal, and so be taken for a no.
shared_lacks() {
	nm -P --undefined-only "$PATCHED/${1%.c}.o" 2>/dev/null | grep "^$2 [Uvw]" >/dev/null
}

# shared_check_uses: what is new in a module's file works with what is bound when that module is loaded.
# Built with the kernel, such a use would not link, or modpost would refuse it.
shared_check_uses() {
	local i name
	local -A new=()
	[[ ${#DIFF_OBJECTS[@]} -gt 1 ]] || return 0
	for i in "${!DIFFED[@]}"; do
		[[ ${DIFF_OWNED[i]} != vmlinux && ${DIFF_STATUS[i]} -eq 0 ]] || continue
		while read -r name _; do
			new[$name]=$i
		done < <(nm -P --defined-only --extern-only "$RUN/diff/$i.o")
	done
	[[ ${#new[@]} -gt 0 ]] || return 0
	for i in "${!DIFFED[@]}"; do
		[[ ${DIFF_STATUS[i]} -eq 0 ]] || continue
		while read -r name _; do
			[[ -z ${new[$name]:-} || ${DIFF_OWNED[${new[$name]}]} == "${DIFF_OWNED[i]}" ]] || shared_refuse_use "$i" "$name" "${new[$name]}"
		done < <(nm -P --undefined-only "$RUN/diff/$i.o")
	done
}

# shared_refuse_use USER NAME DEFINER: by their numbers.
shared_refuse_use() {
	finding "$EXIT_REFUSED" new-of-module "${DIFFED[$1]} (${DIFF_OWNED[$1]}) uses $2, which is new in ${DIFFED[$3]}, a file of the module ${DIFF_OWNED[$3]}: without that module the new code does not work, and a kernel that is built with the patch would not link; put $2 into a file of the kernel itself, or into a header as a static inline function"
	[[ $worst -eq 1 ]] || worst=2
}

# shared_check_weak: of a strong function that goes, the running kernel goes on with the old one; built with
# the patch, a kernel would run the weak one of another file from then on.
shared_check_weak() {
	local unit name weak
	for unit in "${UNITS[@]}"; do
		[[ -n ${OWN[$unit]:-} || ${#UNITS[@]} -le 8 ]] || continue
		while read -r name; do
			weak=$(shared_weak "$unit" "$name")
			[[ -n $weak ]] || continue
			finding "$EXIT_REFUSED" weak-takes-over "$unit: $name is gone, and the weak one of $weak would take its place, but the running kernel goes on with the one that is gone, so that this part of the fix would be lost; keep it, with the code of the weak one"
			[[ $worst -eq 1 ]] || worst=2
		done < <(shared_gone "$unit")
	done
}

# shared_gone UNIT: names that it has no longer, nor another one of the patch; init code has run. No grep -q, see
# shared_lacks().
shared_gone() {
	local name other
	while read -r name; do
		for other in "${UNITS[@]}"; do
			nm -P --defined-only --extern-only "$PATCHED/${other%.c}.o" 2>/dev/null |
				grep "^$name [^WVwv] " >/dev/null && continue 2
		done
		printf '%s\n' "$name"
	done < <(awk '
		FNR == NR { here[$1]; next }
		$2 == "g" && $3 ~ /^[FO]$/ && $4 !~ /^\.(init|exit)\./ && !($NF in here) { print $NF }' \
		<(echo && nm -P --defined-only --extern-only "$PATCHED/${1%.c}.o" 2>/dev/null) \
		<(objdump -t "$ORIG/${1%.c}.o" 2>/dev/null))
}

# shared_weak UNIT NAME: the file of the same object that has a weak one of that name, or nothing. Those of
# system calls have their names from a macro (kernel/sys_ni.c, Linux 6.1).
shared_weak() {
	local file word='(__weak|\b(__)?weak(__)? *\)\))' after='(__weak|__attribute__ *\(\([^;{}]*weak)'
	if [[ $2 =~ ^__[a-z0-9]+_(compat_)?sys_(.+)$ ]] &&
		grep -qsE "^COND_SYSCALL(_COMPAT)?\\(${BASH_REMATCH[2]}\\)" "$PATCHED/kernel/sys_ni.c"; then
		echo kernel/sys_ni.c
		return
	fi
	while IFS= read -r file; do
		sed 's,//.*,,' "$PATCHED/$file" | tr '\n' ' ' | sed -E 's,/\*([^*]|\*+[^*/])*\*+/, ,g' |
			grep -E "${word}[^;{}()]*\b$2\b|\b$2 *\([^;{}]*\) *$after|# *pragma +weak +$2\b" >/dev/null || continue
		printf '%s\n' "$file"
		return
	done < <(awk -v unit="$1" -v owners=" ${OWNERS[$1]} " '
			$1 == "c" && $2 != unit {
				for (i = 3; i <= NF; i++)
					if (index(owners, " " $i " ")) { print $2; next }
			}' "$INDEX/units" | (cd "$PATCHED" && xargs -r grep -lswF -- "$2"))
}
