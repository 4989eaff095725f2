# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2004,SC2034,SC2154 # of the caller's arrays
#
# What earlier runs found out, of this patch and of the kernel, and what this one adds to it.
#
# reads:  SCOPE_FILES, SCOPE_NEW, KERNEL, KEPT, KEPT_PATCH, INDEX, RUN, PATCHED, UNITS, OWN, OWNERS, REACH_LINKS, and of
#         the caller's: kinds, verdicts
# sets:   REACH_NAMES, REACH_NAMED, REASONS, REASON_NAMES, and of the caller's: verdicts, unlinked

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
	reach_changed_names | sort -u >"$REACH_NAMES"
	[[ -s $KEPT/names && -s $KEPT/reads ]] || return 0
	while read -r unit; do
		REACH_NAMED[$unit]=1
	done < <(cut -d ' ' -f 1 "$KEPT/names")
	[[ -s $REACH_NAMES ]] || return 0
	reach_mentions
	while read -r unit; do
		[[ ${kinds[$unit]:-} != c || -n ${verdicts[$unit]:-} ]] || verdicts[$unit]=unused
	done < <("$UNIT_NAMES" unaffected "$KEPT/names" "$REACH_NAMES" | reach_reads_known "$RUN/reads")
}

# Lines "file FILE" for each changed file that is known, "name NAME" and "macro NAME" (unit-names)
reach_changed_names() {
	local file names link
	for file in "${SCOPE_FILES[@]}"; do
		[[ $file == *.h && -z ${SCOPE_NEW[$file]:-} && -z ${SCOPE_GONE[$file]:-} ]] || continue
		names=$("$UNIT_NAMES" changed "$RUN/before/$file" "$RUN/after/$file" 2>>"$LOG") || continue
		printf 'file %s\n' "$file"
		for link in "${!REACH_LINKS[@]}"; do
			[[ ${REACH_LINKS[$link]} != "$file" ]] || printf 'file %s\n' "$link"
		done
		[[ -z $names ]] || printf '%s\n' "$names"
	done
}

# Of the files that units are known to read, those that have the word of a new macro: a unit's own text
# does not always tell that it had it, and IS_MODULE(X) asks for X_MODULE. Another run may add units
# meanwhile, whose files are not searched.
# leaves: RUN/mentions, RUN/reads (the units whose files are)
reach_mentions() {
	sed -n '/^macro /{ s///; p; s/_MODULE$//p }' "$REACH_NAMES" >"$RUN/macros"
	: >"$RUN/mentions"
	cp "$KEPT/reads" "$RUN/reads"
	[[ -s $RUN/macros ]] || return 0
	note "looking where the kernel has the words that the patch makes macros"
	awk '
		FILENAME == ARGV[1] { file[FNR] = $0; next }
		{
			for (i = 2; i < NF; i++)
				if ($i in file) {
					print file[$i]
					delete file[$i]
				}
		}' "$INDEX/files" "$RUN/reads" >"$RUN/read"
	(cd "$KERNEL/tree" && xargs -d '\n' -a "$RUN/read" grep -lwF -f "$RUN/macros" --) \
		>"$RUN/mentions" 2>>"$LOG" || true
}

# reach_reads_known READS: of the units on standard input, those that are known there to read no changed file
# but such, and none that mentions a new macro.
reach_reads_known() {
	awk '
		FILENAME == ARGV[1] { if ($1 == "file") known[$2]; next }
		FILENAME == ARGV[2] { if (!($1 in known)) changed[$1]; next }
		FILENAME == ARGV[3] { changed[$0]; next }
		FILENAME == ARGV[4] { if ($0 in changed) number[FNR]; next }
		FILENAME == ARGV[5] {
			if ($NF != ".")
				next
			for (i = 2; i < NF; i++)
				if ($i in number)
					next
			reads[$1]
			next
		}
		($1 in reads) && !($1 in changed)' "$REACH_NAMES" "$RUN/changed" "$RUN/mentions" \
		"$INDEX/files" "$1" -
}

# Why units that the patch leaves alone are other ones: the names that reach them of those that it declares
# otherwise where these are few and nothing else does, else the files.
reach_reasons() {
	local unit words others=() changed="a changed header"
	[[ ${#SCOPE_FILES[@]} -ne 1 ]] || changed="a change in ${SCOPE_FILES[0]}"
	for unit in "${UNITS[@]}"; do
		[[ -z ${OWN[$unit]:-} && ${verdicts[$unit]:-} == changed* ]] || continue
		REASONS[$unit]=$changed
		others+=("$unit")
	done
	[[ ${#others[@]} -gt 0 && -n $KEPT && -s $KEPT/reads ]] || return 0
	while read -r unit words; do
		[[ -z $words || $words == *" "*" "*" "* ]] || REASONS[$unit]="a change in ${words// /, }"
	done < <(printf '%s\n' "${others[@]}" | reach_reads_changed)
	[[ -n $REACH_NAMES && -s $KEPT/names ]] || return 0
	[[ -e $RUN/mentions ]] || {
		! grep -q '^macro ' "$REACH_NAMES" || return 0
		: >"$RUN/mentions"
	}
	mapfile -t others < <(printf '%s\n' "${others[@]}" | reach_reads_known "$KEPT/reads")
	[[ ${#others[@]} -gt 0 ]] || return 0
	while read -r unit words; do
		REASON_NAMES[$unit]=$words
		[[ -z $words || $words == *" "*" "*" "* ]] || REASONS[$unit]="the change of ${words// /, }"
	done < <("$UNIT_NAMES" common "$KEPT/names" "$REACH_NAMES" "${others[@]}")
}

# Of the units on standard input, a line with the changed files that each is known to read.
reach_reads_changed() {
	awk '
		FILENAME == ARGV[1] { changed[$1]; next }
		FILENAME == ARGV[2] { if ($0 in changed) name[FNR] = $0; next }
		FILENAME == "-" { wanted[$1]; next }
		$NF == "." && $1 in wanted {
			line = $1
			for (i = 2; i < NF; i++)
				if ($i in name)
					line = line " " name[$i]
			print line
		}' "$RUN/changed" "$INDEX/files" - "$KEPT/reads"
}

# The names by which changed files are known to be read, in these farms.
reach_known_links() {
	local name
	for name in "${unlinked[@]}"; do
		reach_unlink "$name" || true
	done
}

# Only of what was judged: of an original that the preprocessor fails on, nobody knows what it reads. What a
# unit's verdict tells besides, some 80 kB, is not needed again.
reach_keep() {
	local unit verdict judged=()
	reach_keep_verdicts "$@"
	[[ ${#judged[@]} -gt 0 ]] || return 0
	for unit in "${judged[@]}"; do
		printf '%s %s\n' "$unit" "$PATCHED/$(reach_object "$unit").verdict"
	done 2>>"$LOG" >"$RUN/judged"
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
	[[ -n ${OPT_KEEP:-} ]] || sed 's/^[^ ]* //' "$RUN/judged" | xargs -d '\n' rm -f
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

# New files that others may include, perhaps in place of one that they find now.
reach_added() {
	local file
	for file in "${!SCOPE_NEW[@]}"; do
		[[ -n ${OWNERS[$file]:-} || ${file##*/} == Kconfig* ]] || printf '%s ' "$file"
	done
}
