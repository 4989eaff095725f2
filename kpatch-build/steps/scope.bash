# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2153
#
# Patched files → translation units → owners: vmlinux or a module. Two farms are made, one
# with the original files and one with the patch applied.
#
# reads:  PATCHES (absolute paths), KERNEL, INFO, RUN
# sets:   UNITS (paths of .c files), OWNERS[UNIT] ("vmlinux", or a module's path in the tree
#         without .ko), CVES, ORIG, PATCHED (the farms)

UNITS=()
CVES=()
declare -A OWNERS=() DIR_OWNERS=()

scope() {
	step_begin scope
	ORIG=$RUN/orig
	PATCHED=$RUN/patched
	scope_find_units
	scope_farms
	scope_owners
	findings_end
	scope_apply
	scope_keep_lines
	scope_summary
	step_end "$SCOPE_SUMMARY"
}

scope_summary() {
	local unit owner lines=()
	for unit in "${UNITS[@]}"; do
		owner=${OWNERS[$unit]}
		[[ $owner == vmlinux ]] || owner="module ${owner##*/}"
		lines+=("$unit ($owner)")
	done
	if [[ ${#lines[@]} -eq 1 ]]; then
		SCOPE_SUMMARY=${lines[0]}
		return
	fi
	SCOPE_SUMMARY="${#lines[@]} files"
	for owner in "${lines[@]}"; do
		note "$owner"
	done
}

scope_list() {
	local IFS=,
	printf '%s' "${*//,/, }"
}

# Before the kernel is prepared: nobody should wait for a download to learn that the patch is
# none.
scope_read_patches() {
	local patch word kind path
	declare -gA SCOPE_IGNORED=() SCOPE_SEEN=()
	for patch in "${PATCHES[@]}"; do
		SCOPE_FILES_OF_PATCH=0
		while IFS=$'\t' read -r word kind path; do
			case $word in
			cve)	CVES+=("$kind") ;;
			file)	scope_file "$patch" "$kind" "$path" ;;
			esac
		done < <(awk -f "$KPATCH_BUILD_DIR/patch-files.awk" "$patch")
		[[ $SCOPE_FILES_OF_PATCH -gt 0 ]] ||
			finding "$EXIT_PATCH" not-a-patch "$patch holds no unified diff; make one with git diff or diff -up"
	done
	findings_end
	[[ ${#UNITS[@]} -gt 0 ]] ||
		die "$EXIT_PATCH" nothing-built "the patch touches no source file of the kernel, only $(scope_list "${!SCOPE_IGNORED[@]}")"
}

scope_find_units() {
	local unit
	for unit in "${UNITS[@]}"; do
		[[ -f $KERNEL/tree/$unit ]] ||
			finding "$EXIT_PATCH" patch-does-not-apply "the patch changes $unit, which the source of ${INFO[release]} does not have"
	done
	findings_end
}

# scope_file PATCH KIND PATH: one file of a patch. Rules that need no kernel tree.
scope_file() {
	local name=${1##*/} kind=$2 path=$3
	SCOPE_FILES_OF_PATCH=$((SCOPE_FILES_OF_PATCH + 1))
	if [[ $kind == truncated ]]; then
		finding "$EXIT_PATCH" patch-truncated "$name ends in the middle of a hunk or before it; get the whole patch"
		return
	fi
	if [[ $path == /* || /$path/ == */../* || /$path/ == */./* || $path != */* ||
	      $path == *[[:space:][:cntrl:]]* ]]; then
		scope_odd_path "$name" "$path"
		return
	fi
	case $path in
	Documentation/* | tools/* | samples/* | LICENSES/* | *.rst | *.txt | */.gitignore | *.md)
		SCOPE_IGNORED[$path]=1
		[[ -n ${SCOPE_SEEN[$path]:-} ]] || note "$path is not part of the kernel's binary; left out"
		;;
	Makefile | */Makefile | */Kbuild | */Kconfig* | */Makefile.* | scripts/*)
		finding "$EXIT_REFUSED" build-files-changed "$name changes how the kernel is built ($path); a live patch can change functions only: leave that file out of the patch"
		;;
	*.h)
		finding "$EXIT_REFUSED" header-changed "$name changes the header $path; changes of headers are not supported yet: move the change into the .c files that need it"
		;;
	*.S | *.lds | *.tbl)
		finding "$EXIT_REFUSED" assembly-changed "$name changes $path, which is not C; only functions written in C can be replaced"
		;;
	*.c)
		scope_c_file "$name" "$kind" "$path"
		;;
	*)
		finding "$EXIT_REFUSED" unknown-file-kind "$name changes $path, which is neither C nor documentation; leave that file out of the patch"
		;;
	esac
	SCOPE_SEEN[$path]=1
}

# Files of the top directory are never compiled, so a path without a directory is either one
# of those or a patch that is not made for -p1.
scope_odd_path() {
	case $2 in
	MAINTAINERS | CREDITS | COPYING | README | .gitignore | .mailmap | .clang-format)
		SCOPE_IGNORED[$2]=1
		note "$2 is not part of the kernel's binary; left out"
		;;
	Makefile | Kbuild | Kconfig)
		finding "$EXIT_REFUSED" build-files-changed "$1 changes how the kernel is built ($2); a live patch can change functions only: leave that file out of the patch"
		;;
	*)
		finding "$EXIT_PATCH" unsafe-path "$1 names the file \"$2\", which is not a path inside a kernel tree; a patch must apply with patch -p1 in the tree's top directory"
		;;
	esac
}

scope_c_file() {
	local unit
	case $2 in
	change) ;;
	new)
		finding "$EXIT_REFUSED" new-file "$1 adds the file $3; put its functions into a file that is built already"
		return ;;
	gone)
		finding "$EXIT_REFUSED" file-removed "$1 removes the file $3; a live patch can replace functions, not take away files"
		return ;;
	rename)
		finding "$EXIT_REFUSED" file-renamed "$1 renames $3; make a patch that changes the file under its name"
		return ;;
	*)
		finding "$EXIT_REFUSED" not-text "$1 changes $3 as a binary file or a link"
		return ;;
	esac
	for unit in "${UNITS[@]}"; do
		[[ $unit != "$3" ]] || return 0
	done
	UNITS+=("$3")
}

scope_farms() {
	local unit
	kbuild_load_env "$KERNEL/env" "${INFO[tree]}" "$ORIG"
	farm_grow "$ORIG" "$KERNEL/tree" .
	for unit in "${UNITS[@]}"; do
		farm_own "$ORIG" "$KERNEL/tree" "$unit"
	done
	cp -a "$ORIG" "$PATCHED"
}

# Who owns each unit? Asked in two steps: is it included by other files, and what do kbuild's
# own rules make of its object, from the top directory down.
scope_owners() {
	local unit
	for unit in "${UNITS[@]}"; do
		scope_included "$unit" || scope_owner "$unit"
	done
}

# A file that is (also) included by others becomes part of their objects.
scope_included() {
	local includers
	includers=$(awk -F: -v unit="$1" '
		function resolve(path) {
			while (sub(/[^\/]+\/\.\.\//, "", path)) ;
			gsub(/\/\.\//, "/", path)
			return path
		}
		{
			dir = $1
			sub(/[^\/]*$/, "", dir)
			if (resolve(dir $2) == unit || $2 == unit)
				print $1
		}' "$KERNEL/includes" | head -n 3 | paste -sd ' ')
	[[ -n $includers ]] || return 1
	finding "$EXIT_REFUSED" included-source "$1 is included by $includers and becomes part of that code; such files are not supported yet"
}

# sets DIR_OWNERS[DIR]
scope_ask_dir() {
	[[ -z ${DIR_OWNERS[$1]:-} ]] || return 0
	DIR_OWNERS[$1]=$(kbuild_owners "$ORIG" "$1" 2>>"$LOG") || {
		die_if_full "$LOG"
		die "$EXIT_ERROR" kbuild-failed "the kernel's make rules of the directory $1 cannot be evaluated"
	}
	DIR_OWNERS[$1]+=$'\n'
}

# scope_descend UNIT: goes down as kbuild does. sets DIR to the last directory entered.
scope_descend() {
	local word sub rest best
	DIR=.
	while :; do
		scope_ask_dir "$DIR"
		best=""
		while read -r word sub rest; do
			[[ $word == subdir && $1 == "$sub"/* && ${#sub} -gt ${#best} ]] && best=$sub
		done <<<"${DIR_OWNERS[$DIR]}"
		[[ -n $best && $best != "$DIR" ]] || return 0
		DIR=$best
	done
}

scope_owner() {
	local unit=$1 object=${1%.c}.o word name path owners=()
	scope_descend "$unit"
	while read -r word name path; do
		[[ $name == "$object" ]] || continue
		case $word in
		builtin) owners=(vmlinux) ; break ;;
		module)  [[ " ${owners[*]} " == *" $path "* ]] || owners+=("$path") ;;
		esac
	done <<<"${DIR_OWNERS[$DIR]}"
	case ${#owners[@]} in
	0)	finding "$EXIT_PATCH" not-built "$unit is not part of this kernel's build: with the configuration of ${INFO[release]} it becomes neither part of vmlinux nor of a module" ;;
	1)	OWNERS[$unit]=${owners[0]} ;;
	*)	finding "$EXIT_REFUSED" several-owners "$unit is part of several modules (${owners[*]}); such files are not supported yet" ;;
	esac
}

# No fuzz: a hunk whose surroundings differ would be a guess. Other line numbers are fine.
scope_apply() {
	local patch output
	for patch in "${PATCHES[@]}"; do
		if [[ ${#SCOPE_IGNORED[@]} -gt 0 ]]; then
			awk -v keep="$(printf '%s\n' "${UNITS[@]}")" -f "$KPATCH_BUILD_DIR/patch-files.awk" \
				"$patch" >"$RUN/filtered.patch"
			[[ -s $RUN/filtered.patch ]] || continue
			scope_apply_one "$RUN/filtered.patch" "${patch##*/}"
		else
			scope_apply_one "$patch" "${patch##*/}"
		fi
	done
	findings_end
}

scope_apply_one() {
	local output
	if output=$(scope_patch "$1" --no-backup-if-mismatch -r - 2>&1); then
		log "$output"
		[[ $output != *"(offset "* ]] ||
			note "$2 applies at other line numbers: $(grep -c '(offset ' <<<"$output") hunk(s)"
		return
	fi
	log "$output"
	die_if_full <(printf '%s\n' "$output")
	if scope_patch "$1" --dry-run -R >/dev/null 2>&1; then
		finding "$EXIT_PATCH" patch-already-applied "$2 is already in the source of ${INFO[release]}"
	else
		finding "$EXIT_PATCH" patch-does-not-apply "$2 does not apply to the source of ${INFO[release]} (no fuzz allowed): $(scope_rejects "$output")"
	fi
}

# scope_patch PATCH OPTION...
scope_patch() {
	local patch=$1
	shift
	LC_ALL=C patch -d "$PATCHED" -p1 -f --fuzz=0 "$@" -i "$patch"
}

# Hunk #1 FAILED at 40. → fs/proc/meminfo.c: hunk 1 at line 40
scope_rejects() {
	awk '
		/^patching file / { file = $3 }
		/^Hunk #[0-9]+ FAILED at / {
			sub(/#/, "", $2); sub(/\.$/, "", $5)
			text = text (text ? ", " : "") file ": hunk " $2 " at line " $5
		}
		END { print text ? text : "see the log" }' <<<"$1"
}

scope_keep_lines() {
	local unit moved
	for unit in "${UNITS[@]}"; do
		# Equal counts everywhere: nothing moves.
		diff "$ORIG/$unit" "$PATCHED/$unit" >"$RUN/changes" || true
		moved=$(awk -F '[acd]' '/^[0-9]/ {
				n = split($1, a, ","); m = split($2, b, ",")
				if (/[ad]/ || a[n] - a[1] != b[m] - b[1]) { print 1; exit }
			}' "$RUN/changes")
		[[ -n $moved ]] || continue
		awk -f "$KPATCH_BUILD_DIR/keep-lines.awk" - "$PATCHED/$unit" <"$RUN/changes" >"$RUN/kept.c"
		cat "$RUN/kept.c" >"$PATCHED/$unit"
	done
	rm -f "$RUN/kept.c" "$RUN/changes"
}
