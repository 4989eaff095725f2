# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2004,SC2034,SC2154 # of the caller's arrays
#
# The farms, and in them the verdicts of compare-unit, which make calls in the compiler's place.
#
# reads:  SCOPE_FILES, SCOPE_MAKEFILES, SCOPE_NEW, KERNEL, INFO, RUN, ORIG, PATCHED, OPT_JOBS, REACH_LINKS,
#         REACH_NAMES, and of the caller's: kinds, rust
# sets:   of the caller's: verdicts, unlinked

# reach_farms FILE...: to compile these. Directories of what is compiled or changed are real, of a new
# directory those that it is in. One in between may be a link as long as no "../x.h" leads out of the
# farm by it, which compare-unit sees.
reach_farms() {
	local file
	farm_grow "$ORIG" "$KERNEL/tree" .
	reach_grow "$ORIG" include/x "${SCOPE_FILES[@]}" "${SCOPE_MAKEFILES[@]}" "${!REACH_LINKS[@]}" "$@" \
		${rust[0]:+rust/bindings/x rust/uapi/x}
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

# reach_grow FARM FILE...: makes their directories real.
reach_grow() {
	local farm=$1 dir
	shift
	while IFS= read -r dir; do
		farm_grow "$farm" "$KERNEL/tree" "$dir"
	done < <({
			printf '%s\n' "$@"
			compile_outside "$@"
		} | sed 's|/[^/]*$||' | sort -u)
}

# reach_grow_wanted FILE...: for those that are to be looked at or compiled. Of the others, which may be most
# of a kernel's, nothing is written.
reach_grow_wanted() {
	local file wanted=()
	for file; do
		[[ ${verdicts[$file]:-} == @(unseen|same|unused) ]] || wanted+=("$file")
	done
	[[ ${#wanted[@]} -gt 0 ]] || return 0
	reach_grow "$ORIG" "${wanted[@]}"
	reach_grow "$PATCHED" "${wanted[@]}"
}

# reach_judge FILE...: those that have no verdict yet. Portions are small enough to lose little when the run
# is stopped.
reach_judge() {
	local unit files=() done=0 size=$((16 * OPT_JOBS)) differ=0
	for unit; do
		[[ -n ${verdicts[$unit]:-} ]] || files+=("$unit")
	done
	[[ ${#files[@]} -gt 0 ]] || return 0
	reach_count_differing "$@"
	note "comparing what the compiler sees of ${#files[@]} file(s), original and patched"
	reach_load_env
	progress_begin "comparing" "${#files[@]}"
	while [[ $done -lt ${#files[@]} ]]; do
		reach_portion "${files[@]:done:size}"
		reach_keep "${files[@]:done:size}"
		reach_count_differing "${files[@]:done:size}"
		done=$((done + size < ${#files[@]} ? done + size : ${#files[@]}))
		progress "$done" "compiling $differ"
	done
	end_line
	reach_judge_made "${files[@]}"
}

# reach_count_differing FILE...: adds to differ those that will be compiled, as far as it is known.
reach_count_differing() {
	local unit
	for unit; do
		[[ ${kinds[$unit]:-} == asm || ${verdicts[$unit]:-same} == @(unseen|same|unused) ]] ||
			differ=$((differ + 1))
	done
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
