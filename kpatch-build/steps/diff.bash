# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2153
#
# What changed, and can it be replaced? One call of create-diff-object a unit and owner: a unit that
# is part of several modules is in each of them once.
#
# reads:  UNITS, OWNERS, OWN, REASONS, REASON_NAMES, SCOPE_FILES, SCOPE_GONE, SHARED, ORIG, PATCHED,
#         KERNEL, PARTS, RUN, OPT_JOBS
# sets:   DIFFED (the unit of each call, from 1 on), DIFF_OWNED (its owner), DIFF_STATUS (the differ's),
#         DIFF_SHARED (its options of SHARED), DIFF_OBJECTS (files), DIFF_UNITS (units that have one),
#         CHANGES (lines "UNIT: what"), INIT_ONLY (units), DIFF_CALLS[UNIT] (what assembly.bash changes)

DIFFED=()
DIFF_OWNED=()
DIFF_STATUS=()
DIFF_SHARED=()
declare -gA DIFF_NUMBERS=()
declare -gA DIFF_CALLS=()
DIFF_OBJECTS=()
DIFF_UNITS=()
declare -gA OWNERS_TOLD=()
INIT_ONLY=()
INIT_SEEN=
CHANGES=()
DIFF_SAME=0

diff_objects() {
	local worst=0
	step_begin diff
	diff_units
	diff_collect
	diff_judge
	step_end "$(diff_summary)"
}

# diff_first: of a few of many units. That one is refused no other can mend: what is asked of the others
# afterwards (diff_judge) only refuses more, and the text that a change of init code depends on is the
# unit's own.
diff_first() {
	local worst=0
	diff_units
	[[ " ${DIFF_STATUS[*]} " == *" 2 "* ]] || return 0
	diff_collect
	diff_name_options
	reach_count_others
	[[ $REACH_NOT_ASKED -eq 0 ]] ||
		note "$REACH_NOT_ASKED other unit(s) that could see the change were not asked; --all-units asks them, too"
	diff_end
}

# diff_units: asks the differ of UNITS, but for those that it was asked of before, and knows no more of now.
diff_units() {
	local unit owner facts=() jobs=() again=() i status
	mkdir -p "$RUN/diff"
	mapfile -t facts <"$PARTS/facts"
	shared_names
	for unit in "${UNITS[@]}"; do
		for owner in ${OWNERS[$unit]}; do
			i=${DIFF_NUMBERS[$unit $owner]:-}
			if [[ -n $i ]]; then
				[[ ${DIFF_SHARED[i]} == "${SHARED[$unit]:-}" ]] || again+=("$i")
				continue
			fi
			diff_parent "$owner"
			i=$((${#DIFF_NUMBERS[@]} + 1))
			DIFF_SHARED[i]=${SHARED[$unit]:-}
			DIFF_NUMBERS[$unit $owner]=$i
			DIFFED[i]=$unit
			DIFF_OWNED[i]=$owner
			while [[ $(jobs -rp | wc -l) -ge $OPT_JOBS ]]; do
				wait -n || true
			done
			diff_run "$unit" "$i" &
			jobs[i]=$!
		done
	done
	for i in "${!jobs[@]}"; do
		status=0
		wait "${jobs[i]}" || status=$?
		diff_ask_text "${DIFFED[i]}" "$i" "${DIFF_OWNED[i]}"
		DIFF_STATUS[i]=$status
	done
	for i in "${again[@]}"; do
		DIFF_SHARED[i]=${SHARED[${DIFFED[i]}]:-}
		diff_again "$i"
	done
	diff_ask_held
	diff_ask_calls "${!DIFFED[@]}"
}

# diff_ask_held: a jump by a pointer may lead to a new function whose address another unit has.
diff_ask_held() {
	local i name
	name=$(diff_new_addresses | sed -n '1s/.*\t//p')
	[[ -n $name ]] || return 0
	for i in "${!DIFFED[@]}"; do
		grep -qs ' \[pointer-jump\]$' "$RUN/diff/$i.out" || continue
		printf '%s\n' "$name" >"$RUN/diff/$i.held"
		diff_again "$i"
	done
}

# diff_new_addresses: lines "own" or "other", UNIT, NAME, with tabs between them: the unit has the address of a new
# function of its own or of another one, or of a table that leads to functions. What the differ names may be another
# variable of another unit.
diff_new_addresses() {
	{ grep -hsE ' \[new-(address|table)\]$|^[^:]*: new function: ' "$RUN"/diff/*.out || true; } | awk '
		{
			unit = $1
			sub(/:$/, "", unit)
		}
		sub(/^[^:]*: new function: /, "") || (/ \[new-table\]$/ && sub(/^.*: note: the new /, "")) {
			sub(/ .*/, "")
			new[$0]
			own[unit, $0]
			next
		}
		{
			sub(/^.*: the address of /, "")
			sub(/, which is new, .*/, "")
			units[++n] = unit
			names[n] = $0
		}
		END {
			for (i = 1; i <= n; i++)
				if (names[i] in new && !told[units[i], names[i]]++)
					print ((units[i], names[i]) in own ? "own" : "other") "\t" units[i] "\t" names[i]
		}'
}

# diff_tell_outlives: what a unit hands on that is new in another one; of its own the differ tells.
diff_tell_outlives() {
	local whose unit name
	while IFS=$'\t' read -r whose unit name; do
		[[ $whose == other ]] || continue
		warn address-outlives "$unit: it hands on the address of $name, which is new in another file of the patch: a timer, a work, a thread or a file that keeps it leads to freed memory when the patch is unloaded; where something may keep it, end that in a callback before (KPATCH_PRE_UNPATCH_CALLBACK), or do not unload the patch"
	done < <(diff_new_addresses)
}

# diff_outlives: names of what is new and whose address some unit hands on, a line each. A text of the differ that is none
# that is known here must not make the module one without such.
diff_outlives() {
	{
		{ grep -hs ' \[address-outlives\]$' "$RUN"/diff/*.err || true; } |
			sed -E 's/^.* (hands on|has) the address of the new (.*), which is in the patch module: .*/\2/'
		diff_new_addresses | sed -n 's/^other\t.*\t//p'
	} | LC_ALL=C sort -u
}

# diff_ask_calls NUMBER...: a jump to a new function at the end of what is replaced becomes a call, a constant that
# the kernel writes into its code when it starts a read of its variable, and a jump that reaches no further than its section
# a longer one, where that is all that is in the way.
diff_ask_calls() {
	local unit
	local -A more=()
	diff_add_calls "$@"
	for unit in "${UNITS[@]}"; do
		[[ -z ${more[$unit]:-} ]] || diff_make_calls "$unit" "$@"
	done
}

# diff_add_calls NUMBER...: what the differ asks for. sets: DIFF_CALLS, more[UNIT] where it does
diff_add_calls() {
	local i name unit
	for i; do
		unit=${DIFFED[i]}
		while IFS= read -r name; do
			more[$unit]=1
			[[ :${DIFF_CALLS[$unit]:-}: == *:"$name":* ]] || DIFF_CALLS[$unit]+=${DIFF_CALLS[$unit]:+:}$name
		done < <(diff_jumps "$RUN/diff/$i.err")
	done
}

# diff_make_calls UNIT NUMBER...: it is told if nothing is in the way afterwards. Where a jump leads is seen only when it is
# long enough to lead anywhere: the differ may ask for more then.
diff_make_calls() {
	local unit=$1 i refused numbers=() before=""
	shift
	for i; do
		[[ ${DIFFED[i]} != "$unit" ]] || numbers+=("$i")
	done
	while [[ ${DIFF_CALLS[$unit]} != "$before" ]]; do
		before=${DIFF_CALLS[$unit]}
		compile_calls "$unit" "${DIFF_CALLS[$unit]}" || return 0
		refused=""
		for i in "${numbers[@]}"; do
			mv "$RUN/diff/$i.out" "$RUN/diff/$i.first"
			diff_again "$i"
			diff_keep_reasons "$RUN/diff/$i.first" "$RUN/diff/$i.out"
			[[ ${DIFF_STATUS[i]} -eq 0 ]] || refused=1
		done
		[[ -n $refused ]] || diff_tell_calls "$unit" "${DIFF_CALLS[$unit]}"
		diff_add_calls "${numbers[@]}"
	done
}

# diff_keep_reasons FIRST FILE: why functions changed, as it was before their code was made to fit.
diff_keep_reasons() {
	awk '
		{ key = match($0, /^[^:]*: changed function: [^ ]+/) ? substr($0, 1, RLENGTH) : "" }
		FILENAME == ARGV[1] { first[key] = $0; next }
		{ print key != "" && key in first ? first[key] : $0 }' "$1" "$2" >"$2.new"
	mv "$2.new" "$2"
}

# diff_tell_calls UNIT NAMES
diff_tell_calls() {
	local jumps constants
	jumps=$(tr : '\n' <<<"$2" | sed '/@runtime-constant$/d; /@short-jump$/d' | paste -sd :)
	constants=$(tr : '\n' <<<"$2" | sed -n 's/@runtime-constant$//p' | paste -sd ,)
	[[ -z $jumps ]] ||
		note "$1: jumps to $(diff_jump_words "$jumps") are made calls, by which the kernel finds who sleeps there; a loop of them takes stack with each round"
	[[ -z $constants ]] ||
		note "$1: what the kernel writes into ${constants//,/, } as constants when it starts is read from the variables, as modules do"
}

# diff_again NUMBER: of an object that is another one now. sets: its DIFF_STATUS
diff_again() {
	local options=()
	[[ ! -f $RUN/diff/$1.text ]] || options=(--changed-text "$RUN/diff/$1.text")
	diff_parent "${DIFF_OWNED[$1]}"
	DIFF_STATUS[$1]=0
	diff_run "${DIFFED[$1]}" "$1" "${options[@]}" || DIFF_STATUS[$1]=$?
}

# diff_asks FILE: each refusal, or what assembly.bash is to do about it: jumps that it is to make calls of, functions with
# runtime constants or short jumps.
diff_asks() {
	sed -nE '
		/^create-diff-object: (.*: )?error: /!d
		s/^create-diff-object: (.*: )?error: ([^ ]+ ends in a jump to .*), in which .* \[tail-call\]$/\2/
		s/^[^ ]+ ends in a jump to the new function ([^ ,]+)$/\1/
		s/^([^ ]+) ends in a jump to ([^ ,]+), which may call the new function [^ ,]+$/\1@\2/
		s/^([^ ]+) ends in a jump to where a pointer leads, perhaps to the new function [^ ,]+$/\1@__x86_indirect_thunk/
		s/^create-diff-object: (.*: )?error: ([^ ]+) has the value of [^ ]+ as a constant .* \[runtime-constant\]$/\2@runtime-constant/
		s/^create-diff-object: (.*: )?error: ([^ ]+) jumps to [^ ]+ with a short jump, .* \[shared-section-jump\]$/\2@short-jump/
		p' "$1"
}

# diff_jumps FILE: what assembly.bash is to do, where such is all that the differ refuses.
diff_jumps() {
	diff_asks "$1" | sort -u | awk '
		/ / { refused = 1 }
		{ jumps = jumps $0 "\n" }
		END { if (!refused) printf "%s", jumps }'
}

# diff_drop_asks FILE: what assembly.bash would see to is no reason beside those that stay.
diff_drop_asks() {
	local asks
	asks=$(diff_asks "$1")
	[[ $asks == *' '* && -n $(sed '/ /d' <<<"$asks") ]] && compile_can_call || return 0
	awk 'FILENAME == ARGV[1] { stays[++n] = / /; next }
		!/^create-diff-object: (.*: )?error: / || stays[++at]' <(echo "$asks") "$1" >"$1.new"
	mv "$1.new" "$1"
}

# diff_jump_words JUMP[:JUMP]...
diff_jump_words() {
	sed -E 's/:/, /g; s/([^ @]+)@__x86_indirect_thunk/where a pointer leads in \1/g; s/([^ @]+)@([^ ,]+)/\2 in \1/g' <<<"$1"
}

# diff_run UNIT NUMBER OPTION...: the differ's own status.
# reads: facts, PARENT_NAME, PARENT_SYMTAB
diff_run() {
	local unit=$1 i=$2 shared=()
	shift 2
	[[ ! -f $RUN/diff/$i.held ]] || set -- "$@" --new-address "$(<"$RUN/diff/$i.held")"
	read -ra shared <<<"${SHARED[$unit]:-}"
	env "${facts[@]}" "$DIFFER" --explain "${shared[@]}" "$@" "$ORIG/${unit%.c}.o" "$PATCHED/${unit%.c}.o" \
		"$PARENT_NAME" "$PARENT_SYMTAB" "$KERNEL/tree/Module.symvers" "$MODULE" \
		"$RUN/diff/$i.o" >"$RUN/diff/$i.out" 2>"$RUN/diff/$i.err" </dev/null
}

# diff_ask_text UNIT NUMBER OWNER: objects do not tell whether init code is another one since its own text
# is, or since that of something is that was put into it. The text is looked at only where it matters.
# reads and sets: status
diff_ask_text() {
	local unit=$1 i=$2 owner=$3
	grep -qsE '\[(init-code-changed|only-init-code|init-code-inlined)\]$' \
		"$RUN/diff/$i.out" "$RUN/diff/$i.err" || return 0
	reach_text "$unit" "$RUN/diff/$i.text" || { rm -f "$RUN/diff/$i.text"; return 0; }
	diff_parent "$owner"
	status=0
	diff_run "$unit" "$i" --changed-text "$RUN/diff/$i.text" || status=$?
}

# diff_parent OWNER: sets PARENT_NAME and PARENT_SYMTAB.
diff_parent() {
	PARENT_NAME=vmlinux
	PARENT_SYMTAB=$KERNEL/vmlinux
	[[ $1 != vmlinux ]] || return 0
	PARENT_NAME=${1##*/}
	PARENT_NAME=${PARENT_NAME//-/_}
	PARENT_SYMTAB=$KERNEL/modules/${1//\//@}.ko
	[[ ! -f $PARENT_SYMTAB ]] || ! backend_module_is_current "$1" "$PARENT_SYMTAB" || return 0
	backend_module "$1" "$RUN/${1##*/}.ko" || {
		die_if_full "$LOG"
		die "$EXIT_MACHINE" module-missing "the module $1.ko of ${INFO[release]} is not where the kernel came from; its symbols are needed"
	}
	mv "$RUN/${1##*/}.ko" "$PARENT_SYMTAB" 2>>"$LOG" || cache_not_writable "${PARENT_SYMTAB%/*}"
}

# Exit statuses of the differ: 0 written, 1 error, 2 cannot be patched, 3 nothing changed.
# sets: worst
diff_collect() {
	local i unit status line said=()
	local -A told=()
	for i in "${!DIFFED[@]}"; do
		unit=${DIFFED[i]}
		status=${DIFF_STATUS[i]}
		diff_name_unit "$unit" "$RUN/diff/$i.out" "$RUN/diff/$i.err"
		log_file "$RUN/diff/$i.out"
		log_file "$RUN/diff/$i.err"
		[[ $status -eq 3 ]] || said+=("$RUN/diff/$i.err")
		case $status in
		0)	DIFF_OBJECTS+=("$RUN/diff/$i.o")
			[[ " ${DIFF_UNITS[*]} " == *" $unit "* ]] || DIFF_UNITS+=("$unit")
			diff_check_owners "$unit" "$RUN/diff/$i.o" ;;
		3)	DIFF_SAME=$((DIFF_SAME + 1))
			! grep -E '\[(function|section)-ignored\]$' "$RUN/diff/$i.err" >"$RUN/diff/$i.ignored" ||
				said+=("$RUN/diff/$i.ignored")
			diff_init_only "$unit" "$RUN/diff/$i.err" || diff_say_same "$unit" ;;
		2)	[[ $worst -eq 1 ]] || worst=2
			diff_drop_asks "$RUN/diff/$i.err" ;;
		*)	worst=1
			die_if_full "$RUN/diff/$i.err"
			[[ -s $RUN/diff/$i.err ]] ||
				message error differ-failed "create-diff-object ended with status $status on $unit" ;;
		esac
		while IFS= read -r line; do
			[[ -n ${told[$line]:-} ]] || CHANGES+=("$line")
			told[$line]=1
		done < <(diff_functions "$RUN/diff/$i.out" "$(diff_reason "$unit")" "${REASON_NAMES[$unit]:-}")
	done
	diff_said '' "${said[@]}"
}

# diff_end: where the worst is an end.
diff_end() {
	[[ $worst -ne 1 ]] || finish "$EXIT_ERROR"
	[[ $worst -ne 2 ]] || finish "$EXIT_REFUSED"
}

# Of all units together.
diff_judge() {
	diff_check_meetings
	diff_check_bodies
	diff_check_inlined
	diff_check_elsewhere
	diff_check_addresses
	shared_check_uses
	shared_check_weak
	diff_name_options
	diff_end
	diff_tell_inlined
	[[ ${#DIFF_OBJECTS[@]} -eq 0 || ${#INIT_ONLY[@]} -eq 0 ]] ||
		die "$EXIT_REFUSED" init-code-changed "init code of ${INIT_ONLY[*]} changes beside code that can be replaced, but it has run already, and this part of the fix would be lost; leave it out of the patch, or do what it needs in a callback (KPATCH_PRE_PATCH_CALLBACK)"
	[[ ${#DIFF_OBJECTS[@]} -gt 0 || -z $INIT_SEEN ]] ||
		die "$EXIT_UNCHANGED" only-init-code "the patch changes only init code of ${INFO[release]}, which has run already: nothing to do on a running kernel; no module was written"
	[[ ${#DIFF_OBJECTS[@]} -gt 0 ]] ||
		die "$EXIT_UNCHANGED" nothing-changed "the patch changes nothing in the compiled code of ${INFO[release]}; no module was written"
	macros_tell
	diff_tell_outlives
}

# What is new in a unit has to be in each of its modules, and one name cannot stand for both.
diff_check_owners() {
	local names
	[[ ${OWNERS[$1]} == *" "* && -z ${OWNERS_TOLD[$1]:-} ]] || return 0
	names=$(nm --defined-only --extern-only --format=posix "$2" | cut -d ' ' -f 1 | paste -sd , | sed 's/,/, /g')
	[[ -n $names ]] || return 0
	OWNERS_TOLD[$1]=1
	finding "$EXIT_REFUSED" several-owners "$1 is part of several modules (${OWNERS[$1]}), each of which would need its own $names, which is new and not static; make it static, or put it into a header as a static inline function"
	[[ $worst -eq 1 ]] || worst=2
}

# Old init code of a module must not lead to what any unit of it replaces, which is known when all are through:
# the differ is asked once more, and what it says besides is shown.
diff_check_meetings() {
	local i unit status options=() facts=()
	mapfile -t facts <"$PARTS/facts"
	for i in "${!DIFFED[@]}"; do
		unit=${DIFFED[i]}
		[[ ${DIFF_OWNED[i]} != vmlinux ]] || continue
		grep -qs '\[init-code-inlined\]$' "$RUN/diff/$i.out" "$RUN/diff/$i.err" || continue
		diff_beside "$i"
		[[ ${#options[@]} -gt 0 ]] || continue
		[[ ! -f $RUN/diff/$i.text ]] || options+=(--changed-text "$RUN/diff/$i.text")
		mv "$RUN/diff/$i.err" "$RUN/diff/$i.said"
		diff_parent "${DIFF_OWNED[i]}"
		status=0
		diff_run "$unit" "$i" "${options[@]}" || status=$?
		diff_name_unit "$unit" "$RUN/diff/$i.out" "$RUN/diff/$i.err"
		grep -vxFf "$RUN/diff/$i.said" "$RUN/diff/$i.err" >"$RUN/diff/$i.more" || continue
		log_file "$RUN/diff/$i.more"
		diff_said '' "$RUN/diff/$i.more"
		[[ $status -ne 2 || $worst -eq 1 ]] || worst=2
		[[ $status -ne 1 ]] || worst=1
	done
}

# diff_beside NUMBER: sets options to the diff objects of the same owner.
diff_beside() {
	local j
	options=()
	for j in "${!DIFFED[@]}"; do
		[[ ${DIFF_OWNED[j]} != "${DIFF_OWNED[$1]}" || " ${DIFF_OBJECTS[*]} " != *" $RUN/diff/$j.o "* ]] ||
			options+=(--beside "$RUN/diff/$j.o")
	done
}

# A task may go on in old code that the kernel's stack check does not see: that must not meet new
# code of other files.
diff_check_bodies() {
	[[ ${#DIFF_OBJECTS[@]} -gt 1 ]] && grep -qs ' \[body-unseen\]$' "$RUN"/diff/*.err || return 0
	finding "$EXIT_REFUSED" body-beside-others "other files change as well as a function that cannot be redirected and is reached by a jump (see above): a task that is in the old one would go on there and meet the new code of the others; make a patch of its own of it"
	worst=2
}

# Where the text could not be asked (diff_ask_text), the differ takes a change of init code in what is
# inlined from a header for one of the header. It may be one of the call, such as another argument, and
# would be lost. In the kernel itself that matters only beside other changes; a warning is of a module.
diff_check_inlined() {
	local unit line before='' i=0 calls=("${DIFFED[@]}")
	[[ ${#DIFF_OBJECTS[@]} -gt 0 ]] || before='^create-diff-object: warning: .*'
	[[ ${#calls[@]} -gt 0 ]] || calls=("${UNITS[@]}")
	for unit in "${calls[@]}"; do
		i=$((i + 1))
		while IFS= read -r line; do
			! diff_header_changed "$unit" "$line" || continue
			diff_refuse_init "${line%% changed by *}"
		done < <(grep -hs "$before"'changed by the inlined .*\[init-code-inlined\]$' "$RUN/diff/$i.out" "$RUN/diff/$i.err")
	done
}

# A function of a header may be in no running code of a unit. Where it is in none of the others that are
# replaced, either, it is a part of the fix like a change of the init code's own text.
diff_check_elsewhere() {
	local unit line name before='' i=0 calls=("${DIFFED[@]}")
	[[ ${#DIFF_OBJECTS[@]} -gt 0 ]] || before='^create-diff-object: warning: .*'
	for unit in "${calls[@]}"; do
		i=$((i + 1))
		while IFS= read -r line; do
			name=${line#* changed only since }
			name=${name%% did, which *}
			diff_is_carried "$name" || diff_refuse_init "${line%% changed only since *}"
		done < <(grep -hs "$before"'changed only since .* did, which changed in nothing that is replaced here,.*\[init-code-inlined\]$' \
				"$RUN/diff/$i.out" "$RUN/diff/$i.err")
	done
}

# diff_is_carried "F and G": whether each is part of what is replaced in some unit.
diff_is_carried() {
	local name
	[[ ${#DIFF_OBJECTS[@]} -gt 0 ]] || return 1
	while read -r name; do
		grep -qsE "^[^:]*: (${name}\(\) of .*: inlined into .* \(carried\)|(changed|new) function: ${name}([ .]|$))" \
			"${DIFF_OBJECTS[@]/%.o/.out}" || return 1
	done <<<"${1// and /$'\n'}"
}

# diff_refuse_init LINE: up to the function and its section.
diff_refuse_init() {
	finding "$EXIT_REFUSED" init-code-changed "init code changes: ${1##*: }, which stays as it is, so that this part of the fix would be lost; leave it out of the patch, or do what it needs in a callback (KPATCH_PRE_PATCH_CALLBACK)"
	worst=2
}

# Init code that stays although something that is inlined into it changed: one warning each for the kernel, where
# only the other part of the patch makes it worth one, and for modules.
diff_tell_inlined() {
	local i name where
	local -A kernel=() modules=()
	for i in "${!DIFFED[@]}"; do
		while IFS= read -r name; do
			where="${DIFFED[i]}: $name"
			if [[ ${DIFF_OWNED[i]} == vmlinux ]]; then
				kernel[$where]=1
			else
				modules[$where]=1
			fi
		done < <(sed -nE 's/^.*: ([^ ]+) \(section [^)]*\) changed .*\[init-code-inlined\]$/\1/p' \
				"$RUN/diff/$i.out" "$RUN/diff/$i.err" 2>/dev/null)
	done
	[[ ${#kernel[@]} -eq 0 || ${#DIFF_OBJECTS[@]} -eq 0 ]] ||
		warn init-code-inlined "init code is another one only since a function that is inlined into it changed, and stays as it was: $(diff_some "${!kernel[@]}"); it has run, and what it has set up is left to the new code as it is"
	[[ ${#modules[@]} -eq 0 ]] ||
		warn init-code-inlined "init or exit code of a module is another one only since a function that is inlined into it changed, and stays as it was: $(diff_some "${!modules[@]}"); where the module is loaded later or removed, the old one runs; give who loads it a new module for later"
}

# diff_some LINE...: at most ten of them, sorted; the log has all.
diff_some() {
	printf '%s\n' "$@" | LC_ALL=C sort | awk '
		NR <= 10 { printf "%s%s", (NR > 1 ? ", " : ""), $0 }
		END { if (NR > 10) printf " and %d more (see the log)", NR - 10 }'
}

# diff_said PATTERN FILE...: shows the lines of the differ that match, without what is told in one line of all
# units, and those of several units as one.
diff_said() {
	local said pattern=$1
	shift
	[[ $# -gt 0 ]] || return 0
	said=$(grep -hs -- "$pattern" "$@" | grep -v '\[init-code-inlined\]$' |
		awk -f "$KPATCH_BUILD_DIR/gather.awk") || return 0
	[[ -n $said ]] || return 0
	end_line
	printf '%s\n' "$said" >&2
}

# diff_header_changed UNIT LINE: whether the change that the line tells is the header's. In a unit that
# the patch leaves alone it is; in others, of headers that the patch changes, the one that code which
# is replaced shows as well. A file that is no unit may be included by one.
diff_header_changed() {
	local file inlined own=${OWN[$1]:-} header=
	for file in "${SCOPE_FILES[@]}"; do
		case $file in
		*.h) header=yes ;;
		*)   [[ -n ${OWNERS[$file]:-} ]] || own=yes ;;
		esac
	done
	[[ -n $header ]] || return 1
	[[ -n $own ]] || return 0
	[[ $2 != *", which changed in nothing that is replaced,"* ]] || return 1
	inlined=${2#* changed by the inlined }
	inlined=${inlined%%, and stays as it is*}
	while read -r file; do
		diff_in_patch "$file" || return 1
	done <<<"${inlined// and /$'\n'}"
}

# diff_in_patch "F() of FILE": debug information may name it by a path that is not straight, or from
# the root.
diff_in_patch() {
	local file name above=''
	name=${1#* of }
	[[ $name != /* ]] || above='*'
	name=$(realpath -ms "/$name") || return 1
	for file in "${SCOPE_FILES[@]}"; do
		# shellcheck disable=SC2053 # a pattern, or nothing
		[[ $name != $above/"$file" ]] || return 0
	done
	return 1
}

# With some options a compile of one file, or a second compile, gives other code than is shipped:
# optimisation by the linker or by profiles, and what is random in each build.
diff_name_options() {
	local options
	grep -qs ' \[differs-from-shipped\]$' "$RUN"/diff/*.err || return 0
	options=$(sed -nE 's/^CONFIG_(LTO_CLANG|AUTOFDO_CLANG|PROPELLER_CLANG|RANDSTRUCT|GCC_PLUGIN_RANDSTRUCT|GCC_PLUGIN_LATENT_ENTROPY)=y$/CONFIG_\1/p' \
		"$KERNEL/config" 2>/dev/null) || return 0
	[[ -z $options ]] ||
		warn unprovable-options "the kernel is configured with ${options//$'\n'/, }, so that its code is not what a compile of single files gives: what such a patch replaces cannot be proven"
}

diff_say_same() {
	if [[ -n ${SCOPE_GONE[$1]:-} ]]; then
		note "$1 is removed: its functions and exports stay in the running kernel, with what they have set up"
	elif [[ -n ${OWN[$1]:-} ]]; then
		note "$1: nothing changes in the object"
	fi
}

# diff_init_only UNIT FILE: whether only init code of the unit changes.
diff_init_only() {
	grep -qE '\[(only-init-code|init-code-inlined)\]$' "$2" || return 1
	INIT_SEEN=yes
	! grep -q '\[only-init-code\]$' "$2" || INIT_ONLY+=("$1")
	diff_said '\[only-init-code\]$' "$2"
}

# diff_name_unit UNIT FILE...: the differ knows the name of the source file only, and two units
# may have the same.
diff_name_unit() {
	local unit=$1 name=${1##*/}
	shift
	sed -i -E "s,^(create-diff-object: (warning: )?)?${name//./\\.}: ,\1$unit: ," "$@"
}

# diff_functions FILE REASON [NAMES]: the functions, each with why it is one of them (functions.awk).
diff_functions() {
	REASON=$2 awk -v names="${3:-}" -f "$KPATCH_BUILD_DIR/functions.awk" "$1"
}

# diff_reason UNIT: why a function of a unit can change that the patch does not touch.
diff_reason() {
	[[ -n ${OWN[$1]:-} || -z ${REASONS[$1]:-} ]] ||
		printf ' (the unit sees %s)' "${REASONS[$1]}"
}

diff_summary() {
	local line changed=0 new=0
	for line in "${CHANGES[@]}"; do
		case $line in
		*": changed function: "*) changed=$((changed + 1)) ;;
		*": new function: "*)	  new=$((new + 1)) ;;
		esac
	done
	printf '%d changed function(s), %d new' "$changed" "$new"
	[[ $DIFF_SAME -eq 0 ]] || printf ', %d unit(s) without a change' "$DIFF_SAME"
}
