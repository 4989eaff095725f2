# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2153
#
# Patched files → translation units → owners: vmlinux or a module. A change of a header, or of a
# source that others include, is followed to all units that could see it (reach.bash). Two farms
# are made, one with the original files and one with the patch applied.
#
# reads:  PATCHES (absolute paths), KERNEL, INFO, RUN, INDEX
# sets:   UNITS (paths of .c files), OWNERS[UNIT] ("vmlinux", or a module's path in the tree
#         without .ko; several with a space between), OWN[UNIT] (not empty if the patch changes the
#         file itself), CVES, ORIG, PATCHED (the farms)

UNITS=()
CVES=()

scope() {
	step_begin scope
	ORIG=$RUN/orig
	PATCHED=$RUN/patched
	scope_copy_files
	index_open
	scope_ignored
	scope_apply
	kconfig
	findings_end
	scope_keep_lines
	kept_open
	reach
	findings_end
	scope_summary
	step_end "$SCOPE_SUMMARY"
}

scope_summary() {
	local unit owner lines=()
	for unit in "${UNITS[@]}"; do
		owner=${OWNERS[$unit]}
		case $owner in
		vmlinux) ;;
		*" "*)	owner="several: $owner" ;;
		*)	owner="module ${owner##*/}" ;;
		esac
		lines+=("$unit ($owner)")
	done
	log "units: ${lines[*]}"
	if [[ ${#lines[@]} -eq 1 && $REACH_SEEN -eq 1 ]]; then
		SCOPE_SUMMARY=${lines[0]}
		return
	fi
	SCOPE_SUMMARY="${#lines[@]} file(s)"
	[[ $REACH_SEEN -eq ${#lines[@]} ]] ||
		SCOPE_SUMMARY="${#lines[@]} of $REACH_SEEN units that see the change can differ"
	for owner in "${lines[@]:0:10}"; do
		note "$owner"
	done
	[[ ${#lines[@]} -le 10 ]] || note "and $((${#lines[@]} - 10)) more, in the log"
}

scope_list() {
	local IFS=, text
	text=$*
	printf '%s' "${text//,/, }"
}

# Before the kernel is prepared: nobody should wait for a download to learn that the patch is
# none.
scope_read_patches() {
	local patch word kind path
	declare -gA SCOPE_IGNORED=() SCOPE_SEEN=() SCOPE_NEW=() SCOPE_GONE=()
	SCOPE_FILES=()
	SCOPE_MAKEFILES=()
	SCOPE_KCONFIGS=()
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
	# Sources below tools/ may be the kernel's, too, which only its tree tells.
	[[ " ${!SCOPE_IGNORED[*]} " == *\ tools/*.[chS]\ * ]] || scope_check_files
}

scope_check_files() {
	local ignored
	[[ $((${#SCOPE_FILES[@]} + ${#SCOPE_MAKEFILES[@]} + ${#SCOPE_KCONFIGS[@]})) -eq 0 ]] || return 0
	mapfile -t ignored < <(printf '%s\n' "${!SCOPE_IGNORED[@]}" | sort)
	die "$EXIT_PATCH" nothing-built "the patch touches no source file of the kernel, only $(scope_list "${ignored[@]}")"
}

# before/ and after/ hold the patch's files and nothing else.
scope_copy_files() {
	local file
	for file in "${SCOPE_FILES[@]}" "${SCOPE_MAKEFILES[@]}" "${SCOPE_KCONFIGS[@]}"; do
		mkdir -p "$RUN/before/${file%/*}" "$RUN/after/${file%/*}"
		if [[ -n ${SCOPE_NEW[$file]:-} ]]; then
			[[ ! -e $KERNEL/tree/$file ]] ||
				finding "$EXIT_PATCH" patch-does-not-apply "the patch adds $file, which the source of ${INFO[release]} has already"
		elif [[ -f $KERNEL/tree/$file ]]; then
			cp "$KERNEL/tree/$file" "$RUN/before/$file"
			cp "$KERNEL/tree/$file" "$RUN/after/$file"
		else
			finding "$EXIT_PATCH" patch-does-not-apply "the patch changes $file, which the source of ${INFO[release]} does not have$(scope_other_level "$file")"
		fi
	done
	findings_end
}

# scope_other_level FILE: a few words, if the tree has it with one more directory in front, or less.
scope_other_level() {
	local other=$1
	for other in "$KERNEL"/tree/*/"$1"; do
		[[ ! -f $other ]] || { scope_say_level "${other#"$KERNEL/tree/"}"; return; }
	done
	other=$1
	while [[ $other == */* ]]; do
		other=${other#*/}
		[[ ! -f $KERNEL/tree/$other || $other != */* ]] || { scope_say_level "$other"; return; }
	done
}

scope_say_level() {
	printf '%s' " (it has $1: a patch must apply with patch -p1 in the tree's top directory)"
}

# scope_file PATCH KIND PATH: one file of a patch. Rules that need no kernel tree.
scope_file() {
	local name=${1##*/} kind=$2 path=$3
	SCOPE_FILES_OF_PATCH=$((SCOPE_FILES_OF_PATCH + 1))
	case $kind in
	truncated)
		finding "$EXIT_PATCH" patch-truncated "$name ends in the middle of a hunk or before it, or the numbers of a hunk's lines are wrong; get the whole patch" ;;
	combined)
		finding "$EXIT_PATCH" not-a-patch "$name is a combined diff of a merge, which has a column for each parent; make a diff with one of them (git diff)" ;;
	encoded)
		finding "$EXIT_PATCH" not-a-patch "$name is a mail in $path, not a patch yet; save it decoded, or apply it with git am and take git format-patch" ;;
	copy)
		finding "$EXIT_PATCH" not-a-patch "$name makes a file as a copy of $path, which is not supported; make it with git diff --no-renames" ;;
	*)
		scope_path "$name" "$kind" "$path" ;;
	esac
}

# scope_path NAME KIND PATH: one file, by what it is called.
scope_path() {
	local name=$1 kind=$2 path=$3
	if [[ $path == /* || /$path/ == */../* || /$path/ == */./* || $path != */* ||
	      $path == *[[:space:][:cntrl:]]* ]]; then
		scope_odd_path "$name" "$path"
		return
	fi
	case $path in
	drivers/*.txt | */Documentation/*.txt)
		SCOPE_IGNORED[$path]=1
		;;
	Documentation/* | tools/* | samples/* | LICENSES/* | *.rst | */.gitignore | *.md)
		SCOPE_IGNORED[$path]=1
		;;
	*.txt)
		# The kernel's instruction decoder is made from one of these.
		finding "$EXIT_REFUSED" unknown-file-kind "$name changes $path, from which code may be made; leave that file out of the patch if it is documentation"
		;;
	*/Makefile | */Kbuild)
		scope_makefile "$name" "$kind" "$path"
		;;
	*/Kconfig | */Kconfig.*)
		scope_kconfig "$name" "$kind" "$path"
		;;
	*/Makefile.* | scripts/*)
		finding "$EXIT_REFUSED" build-files-changed "$name changes how the kernel is built ($path); a live patch can change functions only: leave that file out of the patch"
		;;
	*.S | *.lds | *.tbl)
		finding "$EXIT_REFUSED" assembly-changed "$name changes $path, which is not C; only functions written in C can be replaced"
		;;
	*.[ch])
		scope_source_file "$name" "$kind" "$path"
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
		;;
	Makefile | Kbuild | Kconfig)
		finding "$EXIT_REFUSED" build-files-changed "$1 changes how the kernel is built ($2); a live patch can change functions only: leave that file out of the patch"
		;;
	*)
		finding "$EXIT_PATCH" unsafe-path "$1 names the file \"$2\", which is not a path inside a kernel tree; a patch must apply with patch -p1 in the tree's top directory"
		;;
	esac
}

# Directories that the kernel does not have are no place for new sources either.
scope_makefile() {
	local file
	[[ $2 == change && $3 != scripts/* ]] || {
		finding "$EXIT_REFUSED" build-files-changed "$1 changes how the kernel is built ($3); a live patch can change functions only: leave that file out of the patch"
		return
	}
	for file in "${SCOPE_MAKEFILES[@]}"; do
		[[ $file != "$3" ]] || return 0
	done
	SCOPE_MAKEFILES+=("$3")
}

# What becomes of the configuration is asked when the kernel is there (kconfig.bash).
scope_kconfig() {
	local file
	[[ ( $2 == change || $2 == new ) && $3 != scripts/* ]] || {
		finding "$EXIT_REFUSED" build-files-changed "$1 changes how the kernel is built ($3); a live patch can change functions only: leave that file out of the patch"
		return
	}
	[[ $2 != new ]] || SCOPE_NEW[$3]=1
	for file in "${SCOPE_KCONFIGS[@]}"; do
		[[ $file != "$3" ]] || return 0
	done
	SCOPE_KCONFIGS+=("$3")
}

# Whether anybody includes or compiles what is gone is asked when the kernel is there (reach.bash,
# makefiles.bash).
scope_source_file() {
	case $2 in
	change) ;;
	new)
		SCOPE_NEW[$3]=1 ;;
	gone)
		SCOPE_GONE[$3]=1 ;;
	rename)
		finding "$EXIT_REFUSED" file-renamed "$1 renames $3; make a patch that changes the file under its name"
		return ;;
	*)
		finding "$EXIT_REFUSED" not-text "$1 changes $3 as a binary file or a link; leave it out of the patch"
		return ;;
	esac
	scope_add_file "$3"
}

scope_add_file() {
	local file
	for file in "${SCOPE_FILES[@]}"; do
		[[ $file != "$1" ]] || return 0
	done
	SCOPE_FILES+=("$1")
}

# What is left out by its directory is no part of the kernel, but for some sources below tools/ that
# the kernel's own include.
scope_ignored() {
	local path unit
	[[ ${#SCOPE_IGNORED[@]} -gt 0 ]] || return 0
	printf '%s\n' "${!SCOPE_IGNORED[@]}" | sort >"$RUN/ignored"
	while read -r path unit; do
		finding "$EXIT_REFUSED" shared-with-tools "the patch changes $path, which is also part of the kernel: $unit includes it. Such files are not supported yet: make a patch of the rest, if that is a fix without it"
	done < <(awk '
		FILENAME == ARGV[1] { ignored[$0]; next }
		FILENAME == ARGV[2] { unit[$2]; next }
		{
			path = $1
			sub(/^=/, "", path)
			for (i = 2; i <= NF && (path in ignored); i++)
				if ($i in unit) {
					print path, $i
					delete ignored[path]
				}
		}' "$RUN/ignored" "$INDEX/units" "$INDEX/includers")
	findings_end
	scope_check_files
	while read -r path; do
		note "$path is not part of the kernel's binary; left out"
	done <"$RUN/ignored"
}

# No fuzz: a hunk whose surroundings differ would be a guess. Other line numbers are fine.
scope_apply() {
	local patch output
	for patch in "${PATCHES[@]}"; do
		if [[ ${#SCOPE_IGNORED[@]} -gt 0 ]]; then
			awk -v keep="$(printf '%s\n' "${SCOPE_FILES[@]}" "${SCOPE_MAKEFILES[@]}" \
				"${SCOPE_KCONFIGS[@]}")" -f "$KPATCH_BUILD_DIR/patch-files.awk" \
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
	elif [[ $output == *"unexpectedly ends in middle of line"* ]]; then
		finding "$EXIT_PATCH" patch-truncated "$2 ends in the middle of a line, and does not apply to the source of ${INFO[release]}: $(scope_rejects "$output"); get the whole patch"
	else
		finding "$EXIT_PATCH" patch-does-not-apply "$2 does not apply to the source of ${INFO[release]} (no fuzz allowed): $(scope_rejects "$output")"
	fi
}

# scope_patch PATCH OPTION...
scope_patch() {
	local patch=$1
	shift
	LC_ALL=C patch -d "$RUN/after" -p1 -f --fuzz=0 "$@" -i "$patch"
}

# Hunk #1 FAILED at 40. → fs/proc/meminfo.c: hunk 1 at line 40; and where patch(1) gave up
scope_rejects() {
	awk '
		/^patching file / { file = $3 }
		/^Hunk #[0-9]+ FAILED at / {
			sub(/#/, "", $2); sub(/\.$/, "", $5)
			text = text (text ? ", " : "") file ": hunk " $2 " at line " $5
		}
		sub(/^patch: \*+ /, "") {
			if (match($0, /^malformed patch at line [0-9]+/))
				$0 = substr($0, 1, RLENGTH)
			text = text (text ? ", " : "") $0
		}
		END { print text ? text : "see the log" }' <<<"$1"
}

scope_keep_lines() {
	local file moved
	for file in "${SCOPE_FILES[@]}"; do
		[[ -z ${SCOPE_NEW[$file]:-} && -e $RUN/after/$file ]] || continue
		# Equal counts everywhere: nothing moves.
		diff "$RUN/before/$file" "$RUN/after/$file" >"$RUN/changes" || true
		moved=$(awk -F '[acd]' '/^[0-9]/ {
				n = split($1, a, ","); m = split($2, b, ",")
				if (/[ad]/ || a[n] - a[1] != b[m] - b[1]) { print 1; exit }
			}' "$RUN/changes")
		[[ -n $moved ]] || continue
		awk -f "$KPATCH_BUILD_DIR/keep-lines.awk" - "$RUN/after/$file" <"$RUN/changes" >"$RUN/kept"
		cat "$RUN/kept" >"$RUN/after/$file"
	done
	rm -f "$RUN/kept" "$RUN/changes"
}
