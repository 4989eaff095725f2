# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# From the changed files to the units that can differ. First by name, who could see the change
# (reach.awk and the index); then each of those is preprocessed before and after the patch, and
# what cannot have changed is left out (compare-unit).
#
# reads:  SCOPE_FILES, SCOPE_NEW, SCOPE_GONE, KERNEL, INDEX, RUN, ORIG, PATCHED, OPT_JOBS, OPT_ALL_UNITS
# sets:   UNITS, OWNERS, OWN, REASONS[UNIT] (a declaration that changes, where the file itself does
#         not), REACH_SEEN (units that see the change), REACH_NOT_ASKED (units that could, where those
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

declare -A OWNERS=() OWN=() REASONS=() REACH_LINKS=() REACH_NAMED=()
REACH_NAMES=""
REACH_NOT_ASKED=""

# What refuses the whole patch is asked first, and what takes a look at each unit last.
reach() {
	local -A kinds=() verdicts=()
	local seen=() image=() own=() rust=() unlinked=() asked=""
	REACH_SEEN=0
	reach_by_name
	reach_farms "${image[@]}" "${seen[@]}"
	makefiles
	findings_end
	makefiles_apply
	reach_own_units
	reach_made
	[[ ${#rust[@]} -eq 0 ]] || reach_rust
	findings_end
	[[ ${#seen[@]} -eq 0 && ${#image[@]} -eq 0 && ${#own[@]} -eq ${#SCOPE_FILES[@]} ]] || {
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
		elif ! grep -q "^alone $file\$" "$RUN/reach"; then
			:
		elif [[ $file == *.h ]]; then
			note "$file is included by no file that this kernel is made of"
		else
			finding "$EXIT_PATCH" not-built "$file is not part of this kernel's build: with the configuration of ${INFO[release]} it becomes neither part of vmlinux nor of a module"
		fi
	done
}

# reach_farms FILE...: to compile these. Directories of what is compiled or changed are real, of a new
# directory those that it is in. One in between may be a link as long as no "../x.h" leads out of the
# farm by it, which compare-unit sees.
reach_farms() {
	local dir file
	farm_grow "$ORIG" "$KERNEL/tree" .
	while IFS= read -r dir; do
		farm_grow "$ORIG" "$KERNEL/tree" "$dir"
	done < <({
			printf '%s\n' include/x "${SCOPE_FILES[@]}" "${SCOPE_MAKEFILES[@]}" \
				"${!REACH_LINKS[@]}" "$@" ${rust[0]:+rust/bindings/x rust/uapi/x}
			compile_outside "${SCOPE_FILES[@]}" "$@"
		} | sed 's|/[^/]*$||' | sort -u)
	cp -a "$ORIG" "$PATCHED"
	for file in "${SCOPE_FILES[@]}" "${SCOPE_MAKEFILES[@]}"; do
		mkdir -p "$ORIG/${file%/*}" "$PATCHED/${file%/*}"
		rm -f "$ORIG/$file" "$PATCHED/$file"
		[[ -n ${SCOPE_NEW[$file]:-} ]] || cp "$RUN/before/$file" "$ORIG/$file"
		[[ ! -e $RUN/after/$file ]] || cp "$RUN/after/$file" "$PATCHED/$file"
	done
	for file in "${!REACH_LINKS[@]}"; do
		ln -sfn "$ORIG/${REACH_LINKS[$file]}" "$ORIG/$file"
		ln -sfn "$PATCHED/${REACH_LINKS[$file]}" "$PATCHED/$file"
	done
}

# Preprocesses all that could see the change, original and patched, and keeps what can differ. Units that
# the patch changes themselves are among them for the links on their way to the other changed files.
reach_compare() {
	local unit
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
		*)	UNITS+=("$unit")
			[[ ${verdicts[$unit]} != "changed "* ]] ||
				REASONS[$unit]=${verdicts[$unit]#changed } ;;
		esac
	done
	[[ -n $asked ]] || reach_image "${seen[@]}" "${image[@]}"
}

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

# Headers that the patch removes: who reads one without the patch must do without, or find another
# one of that name, which its verdict tells.
reach_gone() {
	local file unit
	for file in "${!SCOPE_GONE[@]}"; do
		for unit in "${seen[@]}" "${image[@]}" "${own[@]}"; do
			[[ ${verdicts[$unit]:-} == "failed patched" ]] || continue
			! grep -qxF "reads $file" "$PATCHED/$(reach_object "$unit").verdict" || {
				finding "$EXIT_REFUSED" file-removed "the patch removes the file $file, and $unit still includes it, or does not compile without it; leave the removal out of the patch"
				break
			}
		done
	done
}

# What earlier runs found: verdicts of the same patch, and units that are known to read none of the
# changed files.
reach_known() {
	local unit verdict
	[[ -n $KEPT ]] || return 0
	if [[ -s $KEPT/reads && -z $(reach_added) ]]; then
		while read -r unit; do
			verdicts[$unit]=unseen
		done < <(awk '
			FILENAME == ARGV[1] { changed[$1] = 1; next }
			FILENAME == ARGV[2] { if ($0 in changed) wanted[FNR] = 1; next }
			$NF == "." {
				for (i = 2; i < NF; i++)
					if ($i in wanted)
						break
				if (i == NF && !($1 in changed))
					print $1
			}' "$RUN/changed" "$INDEX/files" "$KEPT/reads")
	fi
	[[ ! -s $KEPT_PATCH/verdicts ]] || while read -r unit verdict; do
		verdicts[$unit]=$verdict
	done <"$KEPT_PATCH/verdicts"
	[[ ! -s $KEPT_PATCH/links ]] || mapfile -t unlinked <"$KEPT_PATCH/links"
}

# What the changed headers declare otherwise, as far as that is known, and units that do not depend on
# any of it (unit-names). Those that earlier runs did not look at, compare-unit judges by the same names.
reach_names() {
	local unit
	REACH_NAMES=""
	[[ -n $KEPT && -z $(reach_added) && $(config_value CC_IS_GCC "$KERNEL/config") == y ]] || return 0
	REACH_NAMES=$RUN/names
	reach_changed_names >"$REACH_NAMES"
	[[ -s $KEPT/names && -s $KEPT/reads ]] || return 0
	while read -r unit; do
		REACH_NAMED[$unit]=1
	done < <(cut -d ' ' -f 1 "$KEPT/names")
	[[ -s $REACH_NAMES ]] || return 0
	while read -r unit; do
		[[ ${kinds[$unit]:-} != c || -n ${verdicts[$unit]:-} ]] || verdicts[$unit]=unused
	done < <("$UNIT_NAMES" unaffected "$KEPT/names" "$REACH_NAMES" | reach_reads_known)
}

# shellcheck disable=SC2086 # a word a name
# Lines "file FILE" for each changed file that is known, and "name NAME"
reach_changed_names() {
	local file names link
	for file in "${SCOPE_FILES[@]}"; do
		[[ $file == *.h && -z ${SCOPE_NEW[$file]:-} && -z ${SCOPE_GONE[$file]:-} ]] || continue
		names=$("$UNIT_NAMES" changed "$RUN/before/$file" "$RUN/after/$file" 2>>"$LOG") || continue
		printf 'file %s\n' "$file"
		for link in "${!REACH_LINKS[@]}"; do
			[[ ${REACH_LINKS[$link]} != "$file" ]] || printf 'file %s\n' "$link"
		done
		[[ -z $names ]] || printf 'name %s\n' $names | sort -u
	done
}

# Of the units on standard input, those that are known to read no changed file but such.
reach_reads_known() {
	awk '
		FILENAME == ARGV[1] { if ($1 == "file") known[$2]; next }
		FILENAME == ARGV[2] { if (!($1 in known)) changed[$1]; next }
		FILENAME == ARGV[3] { if ($0 in changed) number[FNR]; next }
		FILENAME == ARGV[4] {
			if ($NF != ".")
				next
			for (i = 2; i < NF; i++)
				if ($i in number)
					next
			reads[$1]
			next
		}
		($1 in reads) && !($1 in changed)' "$REACH_NAMES" "$RUN/changed" "$INDEX/files" \
		"$KEPT/reads" -
}

# The names by which changed files are known to be read, in these farms.
reach_known_links() {
	local name
	for name in "${unlinked[@]}"; do
		reach_unlink "$name" || true
	done
}

# reach_judge FILE...: those that have no verdict yet. Portions are small enough to lose little when the run
# is stopped.
reach_judge() {
	local unit files=() done=0 size=$((16 * OPT_JOBS)) started
	for unit; do
		[[ -n ${verdicts[$unit]:-} ]] || files+=("$unit")
	done
	[[ ${#files[@]} -gt 0 ]] || return 0
	note "comparing what the compiler sees of ${#files[@]} file(s), original and patched"
	now_us started
	reach_load_env
	while [[ $done -lt ${#files[@]} ]]; do
		progress "comparing" "$done" "${#files[@]}" "$started"
		reach_portion "${files[@]:done:size}"
		reach_keep "${files[@]:done:size}"
		done=$((done + size))
	done
	end_line
	reach_judge_made "${files[@]}"
}

# reach_judge_made FILE...: what make rules make on the way to an object, such as a header, the patched
# farm has got by now, and the original one has not. There it is made of its own files, without the
# compiler, and what failed for the lack of it is judged once more. Such a unit can differ without
# reading a changed file: it is compared in any case, and what it reads is not kept. It comes last,
# since nobody is to read what is made now and be known for reading no changed file.
reach_judge_made() {
	local unit failed=()
	for unit; do
		[[ ${verdicts[$unit]} != "failed original" ]] || failed+=("$unit")
	done
	[[ ${#failed[@]} -gt 0 ]] || return 0
	compile_load_env "$ORIG"
	run reach_run "$ORIG" REACH_RULES_MADE "${failed[@]}" || true
	reach_load_env made
	reach_portion "${failed[@]}"
	reach_keep_verdicts "${failed[@]}"
}

# reach_portion FILE...: sets their verdicts.
reach_portion() {
	local unit links=() again=("$@")
	while [[ ${#again[@]} -gt 0 ]]; do
		run reach_run "$PATCHED" REACH_RULES "${again[@]}" || true
		for unit in "${again[@]}"; do
			verdicts[$unit]=$(reach_verdict "$(reach_object "$unit")")
		done
		reach_links
	done
}

# A file is looked at once more where a directory by whose name it read a changed file was a link.
# sets: again
reach_links() {
	local unit grown=""
	links=()
	for unit in "${again[@]}"; do
		[[ ${verdicts[$unit]} != link\ * ]] || links+=("$unit")
	done
	again=("${links[@]}")
	for unit in "${again[@]}"; do
		! reach_unlink "${verdicts[$unit]#link }" || grown=1
		unlinked+=("${verdicts[$unit]#link }")
		printf '%s\n' "${verdicts[$unit]#link }" | kept_add "$KEPT_PATCH/links"
	done
	[[ ${#again[@]} -eq 0 || -n $grown ]] ||
		die "$EXIT_ERROR" internal "a changed file is read as ${verdicts[${again[0]}]#link }, which leads out of the run's tree; please report it with the log"
}

# Only of what was judged: of an original that the preprocessor fails on, nobody knows what it reads.
reach_keep() {
	local unit verdict judged=()
	reach_keep_verdicts "$@"
	[[ ${#judged[@]} -gt 0 ]] || return 0
	for unit in "${judged[@]}"; do
		printf '%s %s\n' "$unit" "$PATCHED/$(reach_object "$unit").verdict"
	done >"$RUN/judged"
	awk '
		FILENAME == ARGV[1] { number[$0] = FNR; next }
		{
			line = $1
			while ((getline text <$2) > 0)
				if (sub(/^reads /, "", text) && text in number)
					line = line " " number[text]
			close($2)
			print line " ."
		}' "$INDEX/files" "$RUN/judged" | kept_add "$KEPT/reads"
	[[ -z $REACH_NAMES ]] || while read -r unit verdict; do
		[[ -n ${REACH_NAMED[$unit]:-} ]] || sed -n "s|^names \(.*\)|$unit \1 .|p" "$verdict"
	done <"$RUN/judged" | kept_add "$KEPT/names"
}

# sets: judged
reach_keep_verdicts() {
	local unit
	judged=()
	for unit; do
		[[ ${verdicts[$unit]} != @(unseen|same|unused|changed)* ]] || judged+=("$unit")
	done
	for unit in "${judged[@]}"; do
		printf '%s %s\n' "$unit" "${verdicts[$unit]}"
	done | kept_add "$KEPT_PATCH/verdicts"
}

# reach_unlink NAME: makes the directories before each ".." real, in both farms; false if they are.
reach_unlink() {
	local parts part dir="" grown=""
	IFS=/ read -ra parts <<<"$1"
	for part in "${parts[@]}"; do
		case $part in
		.) ;;
		..)	[[ ! -L $ORIG/$dir ]] || {
				grown=1
				farm_grow "$ORIG" "$KERNEL/tree" "$dir"
				farm_grow "$PATCHED" "$KERNEL/tree" "$dir"
			}
			[[ $dir == */* ]] && dir=${dir%/*} || dir="" ;;
		*)	dir+=${dir:+/}$part ;;
		esac
	done
	[[ -n $grown ]]
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

# Code in Rust is not compiled here. What it knows of C is made from some headers and its helpers in C,
# of which the macros and declarations that it can come to are compared (compare-unit), and from
# instructions in macros.
reach_rust() {
	local name texts=() by="" at="" line
	[[ " ${SCOPE_FILES[*]}" != *" rust/"* ]] || {
		reach_rust_refuse
		return
	}
	for name in bindings uapi; do
		[[ ! -e $KERNEL/tree/rust/$name/${name}_helper.h ]] || texts+=("$name")
	done
	[[ ! -e $KERNEL/tree/rust/helpers.c && ! -e $KERNEL/tree/rust/helpers/helpers.c ]] || texts+=(helpers)
	[[ $(config_value RUST_INLINE_HELPERS "$KERNEL/tree/.config") != y ]] || texts+=(inline)
	reach_rust_compare
	for name in "${texts[@]}"; do
		line=$(reach_verdict "rust/kpatch-$name.o")
		log "rust, $name: ${line:-no verdict}"
		case $line in
		unseen | same | unused) ;;
		*)	[[ $line != "changed "* ]] ||
				{ read -r _; read -r _ by; read -r _ at; } <"$PATCHED/rust/kpatch-$name.o.verdict" || true
			reach_rust_refuse "${line#changed}" "$by" "$at"
			return ;;
		esac
	done
	reach_rust_instructions || reach_rust_refuse
}

# Helpers that become part of Rust's own code are a unit as any other.
reach_rust_compare() {
	local name line grown=1
	while [[ -n $grown ]]; do
		grown=""
		reach_load_env
		KBUILD_ENV+=("KPATCH_RUST=$INDEX/rust")
		# shellcheck disable=SC2016 # make expands it
		run kbuild "$PATCHED" -k obj=rust need-builtin=1 need-modorder=1 quiet=silent_ \
			'--eval=kpatch-%: ; $(if $(filter inline,$*),KPATCH_RUST=) $(CC) $(c_flags) $(if $(filter inline,$*),,-fno-builtin -D__BINDGEN__ -DMODULE) -Irust -o rust/kpatch-$*.o $(firstword $(wildcard rust/$*/$*_helper.h rust/helpers/helpers.c rust/helpers.c))' \
			"${texts[@]/#/kpatch-}" || true
		for name in "${texts[@]}"; do
			line=$(reach_verdict "rust/kpatch-$name.o")
			[[ $line != link\ * ]] || ! reach_unlink "${line#link }" || grown=1
		done
	done
}

# Instructions that macros of C give to Rust: are the same made of both?
reach_rust_instructions() {
	local source name farm
	for source in "$KERNEL/tree"/rust/kernel/*.rs.S; do
		[[ -e $source ]] || continue
		name=${source##*/}
		name=${name%.rs.S}
		for farm in "$ORIG" "$PATCHED"; do
			kbuild_load_env "$KERNEL/env" "${INFO[tree]}" "$farm"
			# shellcheck disable=SC2016 # make expands it
			run kbuild "$farm" obj=rust need-builtin=1 need-modorder=1 \
				'--eval=kpatch-%: ; $(CPP) $(c_flags) -xc -C -P rust/kernel/$*.rs.S >rust/kpatch-$*.rs' \
				"kpatch-$name" || return 1
			sed -i '1,/^\/\/ Cut here\.$/d' "$farm/rust/kpatch-$name.rs"
			[[ -s $farm/rust/kpatch-$name.rs ]] || return 1
		done
		cmp -s "$ORIG/rust/kpatch-$name.rs" "$PATCHED/rust/kpatch-$name.rs" || return 1
	done
}

# reach_rust_refuse [NAME BY FILE]: NAME begins with a space where it is known.
reach_rust_refuse() {
	local name="" by=""
	[[ ${1:-} != ' '* ]] || name=" of${1/#' ?'/ a declaration without a name}${3:+ in $3}"
	[[ -z ${2:-} || $2 == "${1# }" || $2 == \? ]] || by=" by way of $2"
	finding "$EXIT_REFUSED" header-reaches-rust "the change$name is also seen by code in Rust$by ($(scope_list "${rust[@]:0:3}")), and only functions in C can be replaced; keep what is declared there as it is, and give the fix a declaration or macro of its own beside it"
}

# reach_load_env [WORD]: the environment of a compile, with compare-unit in the compiler's place. With
# a WORD everything is compared.
reach_load_env() {
	local entry cc=""
	compile_load_env "$PATCHED"
	for entry in "${KBUILD_ENV[@]}"; do
		[[ $entry != CC=* ]] || cc=${entry#*=}
	done
	KBUILD_ENV+=("CC=$COMPARE_UNIT" "CPP=$COMPARE_UNIT" "KPATCH_CC=$cc" "KPATCH_ORIGINAL=$ORIG"
		"KPATCH_PATCHED=$PATCHED" "KPATCH_CHANGED=$RUN/changed" "KPATCH_ADDED=${1:-}$(reach_added)"
		"KPATCH_NAMES=${REACH_NAMES:-}")
}

# reach_text UNIT FILE: the declarations and definitions of one unit whose text changed go to FILE, as
# create-diff-object --changed-text wants them. False where that is not known.
reach_text() {
	local object verdict
	local -A kinds=(["$1"]=c)
	object=$(reach_object "$1")
	rm -f "$PATCHED/$object.verdict"
	reach_ask_text "$1"
	verdict=$(reach_verdict "$object")
	# Where the original object was kept, nothing has made its headers in this run.
	if [[ $verdict == "failed original" ]]; then
		compile_load_env "$ORIG"
		run reach_run "$ORIG" REACH_RULES_MADE "$1" || true
		reach_ask_text "$1" made
		verdict=$(reach_verdict "$object")
	fi
	log "$1: ${verdict:-no verdict} (asked since init code changed)"
	[[ $verdict == @(same|unused|changed)* ]] || return 1
	sed -n 's/^item //p' "$PATCHED/$object.verdict" >"$2"
}

# reach_ask_text UNIT [WORD]: see reach_load_env
reach_ask_text() {
	reach_load_env "${2:-}"
	KBUILD_ENV+=(KPATCH_ITEMS=1 KPATCH_NAMES=)
	run reach_run "$PATCHED" REACH_RULES "$1" || true
}

# New files that others may include, perhaps in place of one that they find now.
reach_added() {
	local file
	for file in "${!SCOPE_NEW[@]}"; do
		[[ -n ${OWNERS[$file]:-} || ${file##*/} == Kconfig* ]] || printf '%s ' "$file"
	done
}

# What make is asked for to get a source preprocessed.
reach_object() {
	case $1 in
	*-offsets.c | kernel/bounds.c)	printf '%s\n' "${1%.c}.s" ;;
	*.lds.S)			printf '%s\n' "${1%.S}" ;;
	scripts/* | */vdso2c.c)		printf '%s\n' "${1%.c}" ;;
	*)				printf '%s\n' "${1%.*}.o" ;;
	esac
}

reach_verdict() {
	local line=""
	[[ ! -s $PATCHED/$1.verdict ]] || IFS= read -r line <"$PATCHED/$1.verdict"
	printf '%s\n' "$line"
}

# Make rules that only call the compiler, which is compare-unit here.
readonly REACH_RULES=("cmd_and_fixdep=\$(cmd)" "rule_cc_o_c=\$(call cmd_and_fixdep,cc_o_c)"
	"rule_as_o_S=\$(call cmd_and_fixdep,as_o_S)" quiet=silent_)
# Make rules that make what an object is made of, and no object.
readonly REACH_RULES_MADE=("rule_cc_o_c=@:" "rule_as_o_S=@:" quiet=silent_)

# reach_run FARM RULES FILE...: RULES is the name of a list. In portions, since make hands the goals
# to a shell in one argument.
reach_run() {
	local farm=$1 jobs=$OPT_JOBS goals=() i unit
	local -n rules=$2
	shift 2
	for unit; do
		if [[ -z ${kinds[$unit]:-} ]]; then
			reach_run_image "$unit" "$(reach_object "$unit")" "${rules[@]}" || true
		else
			goals+=("${unit%.*}.o")
		fi
	done
	for ((i = 0; i < ${#goals[@]}; i += 500)); do
		compile_all "${rules[@]}" "${goals[@]:i:500}" || true
	done
}

# reach_run_image FILE GOAL RULE...: directories of such files are often built by rules of their own, not by
# way of the top one.
# reads: farm
reach_run_image() {
	local file=$1 dir=${1%/*} host=()
	shift
	[[ $dir != arch/*/entry/vdso/* || -e $KERNEL/tree/$dir/Makefile ]] || dir=${dir%%/vdso/*}/vdso
	[[ $file != scripts/* && $file != */vdso2c.c ]] || host=("HOSTCC=$COMPARE_UNIT")
	kbuild "$farm" -k obj="$dir" need-builtin=1 need-modorder=1 OBJECT_FILES_NON_STANDARD=y \
		CONFIG_MODVERSIONS= "${host[@]}" "$@"
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

reach_nothing() {
	[[ $REACH_SEEN -gt 0 ]] ||
		die "$EXIT_PATCH" not-built "no file of this kernel's build sees the change of $(scope_list "${SCOPE_FILES[@]}" "${SCOPE_MAKEFILES[@]}"), with the configuration of ${INFO[release]}"
	die "$EXIT_UNCHANGED" nothing-changed "$REACH_SEEN unit(s) see the change, and the compiled code of none can differ; no module was written"
}
