# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# From the changed files to the units that can differ, and the order in which that is asked. First by
# name, who could see the change (reach.awk and the index); then each of those is preprocessed before
# and after the patch (reach-judge.bash), and what cannot have changed is left out (compare-unit). What
# is known already is not asked again (reach-known.bash); what becomes no functions of a unit in C, is
# compared in other ways (reach-image.bash, reach-rust.bash).
#
# reads:  SCOPE_FILES, SCOPE_NEW, SCOPE_GONE, KERNEL, INDEX, RUN, ORIG, PATCHED, OPT_JOBS, OPT_ALL_UNITS
# sets:   UNITS, OWNERS, OWN, REASONS[UNIT] (what it sees of the change, where the file itself does not
#         change), REASON_NAMES[UNIT] (the names of that, as far as they are known), REACH_SEEN (units
#         that see the change), REACH_NOT_ASKED (units that could, where those
#         asked first end the run), REACH_LINKS[LINK] (a changed file that a link in the kernel's tree
#         leads to), REACH_NAMES (a file of names that the patch declares otherwise; empty: not asked
#         for), REACH_NAMED[UNIT] (its names are kept); grows the farms

# Part of the kernel's image, but no units: code of user space, of the boot of a processor and of
# kexec, linker scripts, C from which the numbers in assembly are made, and a program that makes a header
# of another directory and that no make rule builds anew for it.
readonly REACH_IMAGE='^arch/[^/]+/(entry/vdso|realmode/rm|purgatory)/|\.lds\.S$|-offsets\.c$|^kernel/bounds\.c$|^scripts/selinux/genheaders/genheaders\.c$'
readonly REACH_IMAGE_NOT='^arch/([^x]|x[^8])|^arch/[^/]+/(boot|um|entry/vdso/common)/|-offsets_(32|64)\.c$|^(tools|samples|Documentation)/|^scripts/(mod/|[^/]*$)'

# From so many files on that could see the change, a few are asked first whether it can be at all.
readonly REACH_MANY=50

declare -gA OWNERS=() OWN=() REASONS=() REASON_NAMES=() REACH_LINKS=() REACH_NAMED=()
REACH_NAMES=""
REACH_NOT_ASKED=""

# What refuses the whole patch is asked first, and what takes a look at each unit last.
reach() {
	local -A kinds=() verdicts=()
	local seen=() image=() own=() rust=() unlinked=() asked=""
	REACH_SEEN=0
	reach_by_name
	reach_farms
	makefiles
	findings_end
	makefiles_apply
	reach_own_units
	reach_made
	[[ ${#rust[@]} -eq 0 ]] || reach_rust
	findings_end
	[[ ${#seen[@]} -eq 0 && ${#image[@]} -eq 0 && ${#own[@]} -eq ${#SCOPE_FILES[@]} &&
	   ${#SCOPE_GONE[@]} -eq 0 ]] || {
		reach_known
		reach_names
		[[ $((${#seen[@]} + ${#image[@]})) -le REACH_MANY ]] || reach_first
		reach_compare
	}
	[[ $FINDINGS -gt 0 || ${#UNITS[@]} -gt 0 ]] || reach_nothing
}

# Compiles and compares the units that the patch changes itself or, without any, a few others: each of
# these may refuse the patch whatever the others are. Before that, or after it, what is no C is asked.
reach_first() {
	local unit units=() assembly=()
	for unit in "${seen[@]}"; do
		[[ ${kinds[$unit]} != asm ]] || assembly+=("$unit")
	done
	[[ ${#own[@]} -eq 0 ]] || reach_apart own reach_few "${own[@]}"
	reach_apart image reach_image "${assembly[@]}" "${image[@]}"
	findings_end
	[[ ${#own[@]} -eq 0 ]] || return 0
	reach_choose
	reach_apart some reach_few "${units[@]}"
}

# reach_apart NAME FUNCTION FILE...: judges the files, and calls the function with them in farms of their
# own: a compile makes headers, of which no later unit may be known for reading no changed file.
reach_apart() {
	local ORIG=$RUN/$1/orig PATCHED=$RUN/$1/patched function=$2
	mkdir "$RUN/$1"
	shift 2
	reach_farms "$@"
	makefiles_apply
	reach_known_links
	reach_judge "$@"
	reach_gone
	findings_end
	"$function" "$@"
}

# reach_few UNIT...: is one of them refused? What is compiled and compared here, is not once more.
reach_few() {
	local unit UNITS=()
	[[ -z $OPT_ALL_UNITS ]] || return 0
	for unit; do
		[[ -z ${OWN[$unit]:-} && ${verdicts[$unit]} != changed* ]] || UNITS+=("$unit")
	done
	[[ ${#own[@]} -gt 0 ]] || UNITS=("${UNITS[@]:0:4}")
	[[ ${#UNITS[@]} -gt 0 ]] || return 0
	compile_units
	diff_first
}

# sets: units, of reach_first
reach_choose() {
	local unit others=() i
	units=("${own[@]}")
	[[ ${#own[@]} -eq 0 ]] || return 0
	for unit in "${seen[@]}"; do
		[[ ${kinds[$unit]} == asm || ${verdicts[$unit]:-changed} != changed* ]] || others+=("$unit")
	done
	# a change has more than one place where it is used
	for ((i = 0; i < 12 && i < ${#others[@]}; i++)); do
		units+=("${others[i * ${#others[@]} / (${#others[@]} < 12 ? ${#others[@]} : 12)]}")
	done
}

# sets: REACH_NOT_ASKED
reach_count_others() {
	local unit
	REACH_NOT_ASKED=0
	for unit in "${seen[@]}"; do
		[[ ${kinds[$unit]} == asm || ${verdicts[$unit]:-changed} != changed* ||
		   " ${UNITS[*]} " == *" $unit "* ]] || REACH_NOT_ASKED=$((REACH_NOT_ASKED + 1))
	done
}

# sets: OWNERS and kinds of all units that could see a change, seen, image and rust (paths)
reach_by_name() {
	local word kind source owners file files=()
	printf '%s\n' "${SCOPE_FILES[@]}" >"$RUN/changed"
	while read -r word source; do
		REACH_LINKS[$word]=$source
		printf '%s\n' "$word" >>"$RUN/changed"
	done < <(awk 'FILENAME == ARGV[1] { changed[$1]; next } $2 in changed' "$RUN/changed" "$INDEX/links")
	for file in "${SCOPE_FILES[@]}"; do
		[[ ! -e $RUN/after/$file ]] || files+=("$file")
	done
	(cd "$RUN/after" && index_grep /dev/null "${files[@]}") |
		awk -f "$KPATCH_BUILD_DIR/includers.awk" >"$RUN/includers"
	awk -f "$KPATCH_BUILD_DIR/reach.awk" "$RUN/changed" "$INDEX/units" "$INDEX/includers" \
		"$RUN/includers" >"$RUN/reach"
	while read -r word kind source owners; do
		case $word in
		unit)
			# The vDSO as an array of bytes: its sources are looked at instead.
			[[ $source != arch/*/entry/vdso/*-image*.c ]] || continue
			if [[ $kind == rust ]]; then
				rust+=("$source")
				continue
			fi
			OWNERS[$source]=$owners
			kinds[$source]=$kind
			[[ -n ${SCOPE_SEEN[$source]:-} ]] || seen+=("$source") ;;
		other)
			[[ ! $kind =~ $REACH_IMAGE || $kind =~ $REACH_IMAGE_NOT ]] || image+=("$kind") ;;
		esac
	done <"$RUN/reach"
}

# Units that the patch changes themselves are compiled in any case.
reach_own_units() {
	local file
	for file in "${SCOPE_FILES[@]}"; do
		if [[ -n ${OWNERS[$file]:-} ]]; then
			UNITS+=("$file")
			own+=("$file")
			OWN[$file]=1
			REACH_SEEN=$((REACH_SEEN + 1))
		elif ! grep -qxF "alone $file" "$RUN/reach"; then
			:
		elif [[ $file == *.h ]]; then
			note "$file is included by no file that this kernel is made of"
		else
			finding "$EXIT_PATCH" not-built "$file is not part of this kernel's build: with the configuration of ${INFO[release]} it becomes neither part of vmlinux nor of a module"
		fi
	done
}

# Preprocesses all that could see the change, original and patched, and keeps what can differ. Units that
# the patch changes themselves are among them for the links on their way to the other changed files.
reach_compare() {
	local unit
	reach_grow_wanted "${seen[@]}" "${image[@]}" "${own[@]}"
	reach_known_links
	reach_judge "${seen[@]}" "${image[@]}" "${own[@]}"
	reach_gone
	findings_end
	for unit in "${seen[@]}"; do
		[[ ${verdicts[$unit]} == unseen ]] || REACH_SEEN=$((REACH_SEEN + 1))
		[[ ${kinds[$unit]} != asm ]] || continue
		log "$unit: ${verdicts[$unit]:-no verdict}"
		case ${verdicts[$unit]} in
		unseen | same | unused) ;;
		*)	UNITS+=("$unit") ;;
		esac
	done
	reach_reasons
	[[ -n $asked ]] || reach_image "${seen[@]}" "${image[@]}"
}

# Files that the patch removes: who reads one without the patch must do without, or find another
# one of that name, which its verdict tells.
reach_gone() {
	local file unit
	for file in "${!SCOPE_GONE[@]}"; do
		for unit in "${seen[@]}" "${image[@]}" "${own[@]}"; do
			[[ $unit != "$file" && ${verdicts[$unit]:-} == "failed patched" ]] || continue
			! grep -qxF "reads $file" "$PATCHED/$(reach_object "$unit").verdict" || {
				finding "$EXIT_REFUSED" file-removed "the patch removes the file $file, and $unit still includes it, or does not compile without it; leave the removal out of the patch"
				break
			}
		done
	done
}

# What is no unit is not among REACH_SEEN.
reach_nothing() {
	local unit
	for unit in "${image[@]}"; do
		[[ ${verdicts[$unit]:-} == unseen ]] || REACH_SEEN=$((REACH_SEEN + 1))
	done
	[[ $REACH_SEEN -gt 0 ]] ||
		die "$EXIT_PATCH" not-built "no file of this kernel's build sees the change of $(scope_list "${SCOPE_FILES[@]}" "${SCOPE_MAKEFILES[@]}"), with the configuration of ${INFO[release]}"
	die "$EXIT_UNCHANGED" nothing-changed "$REACH_SEEN unit(s) see the change, and the compiled code of none can differ; no module was written"
}
