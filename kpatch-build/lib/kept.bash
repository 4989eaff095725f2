# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What runs leave for later ones, beside the prepared kernel. All of it can be made again; it is
# added as soon as it is complete, so that a run that is stopped goes on where it was.
#
#   kernels/KEY/kept/VERSION/
#     originals/UNIT.o   original objects
#     reads              UNIT NUMBER... . : the files that a unit is made of, as lines of the
#                        index's list; a line without the full stop is not complete
#     names              UNIT DIGITS . : the names that a unit's object can depend on (unit-names)
#     patches/SUM/       of one state of the patched files:
#       verdicts         UNIT VERDICT: compare-unit's
#       links            names by which a changed file is read, through a link in a farm
#       patched/UNIT.o   patched objects, until the verdict; what compile_calls makes of them is of one run
#
# VERSION is a checksum of what makes it.
#
# reads:  KERNEL, KPATCH_BUILD_DIR, KPATCH_GLUE_DIR, COMPARE_UNIT, UNIT_NAMES, SCOPE_FILES, SCOPE_MAKEFILES, RUN
# sets:   KEPT, KEPT_PATCH (directories)

KEPT="" KEPT_PATCH=""

# In megabytes; an object with debug information has about one.
readonly KEPT_ROOM=2000
readonly KEPT_PATCHES=20

kept_open() {
	local sum
	# Not the times of programs: a package gives the same to all of its versions.
	sum=$(cat "$KPATCH_BUILD_DIR"/{owner.mk,*.awk,lib/{farm,kbuild,root}.bash} \
		"$KPATCH_BUILD_DIR"/steps/{compile,index,makefiles,reach*}.bash \
		"$KPATCH_GLUE_DIR"/* "$COMPARE_UNIT" "$UNIT_NAMES" | sha256sum)
	KEPT=$KERNEL/kept/${sum:0:12}
	sum=$(kept_sum | sha256sum)
	KEPT_PATCH=$KEPT/patches/${sum:0:24}
	# another user's is nothing that could be added to
	{ mkdir -p "$KEPT/originals" "$KEPT_PATCH/patched" && touch "$KEPT" "$KEPT_PATCH"; } 2>>"$LOG" ||
		{ die_if_full "$LOG"; KEPT=""; KEPT_PATCH=""; }
}

# What is gone has no sum, but its name.
kept_sum() (
	local file
	cd "$RUN/after" || return
	for file in "${SCOPE_FILES[@]}" "${SCOPE_MAKEFILES[@]}"; do
		printf '%s ' "$file"
		[[ ! -e $file ]] || sha256sum <"$file"
	done
)

# kept_get DIR FILE TARGET: true if DIR has it; TARGET becomes a copy.
kept_get() {
	[[ -n $KEPT && -s $1/$2 ]] || return 1
	cp "$1/$2" "$3" 2>>"$LOG" || return
	touch -c "$1/$2" 2>/dev/null || true
}

# kept_put DIR FILE SOURCE: that it cannot be kept, is no error.
kept_put() {
	[[ -n $KEPT ]] || return 0
	{ mkdir -p "$1/${2%/*}" && cp "$3" "$1/$2.partial-$RUN_NAME" && mv -T "$1/$2.partial-$RUN_NAME" "$1/$2"; } \
		2>>"$LOG" || rm -f "$1/$2.partial-$RUN_NAME"
}

# kept_end_line FILE: of a run that was killed the last line may be half, and nothing is to be the rest of it.
kept_end_line() {
	[[ -z $(tail -c 1 "$1") ]] || echo >>"$1"
}

# kept_add FILE: lines of standard input to the end of a file; that they cannot be kept, is no error.
kept_add() {
	# shellcheck disable=SC2094 # only its end is looked at
	[[ -z $KEPT ]] || { flock 9 && kept_end_line "$1" && cat >&9; } 2>>"$LOG" 9>>"$1" || true
	# Who writes them does not fail for that either.
	cat >/dev/null
}

# At the end of a run that came to its verdict: what is least recently used goes, and so does what
# other versions of ours have left. What was used within the hour may be another run's.
kept_trim() {
	local old=()
	[[ -n $KEPT ]] || return 0
	rm -rf "$KEPT_PATCH/patched"
	mapfile -t old < <(find "$KERNEL/kept" -mindepth 1 -maxdepth 1 ! -path "$KEPT" -mtime +7
		find "$KEPT/patches" -mindepth 1 -maxdepth 1 -mmin +60 -printf '%T@ %p\n' | sort -rn |
			tail -n +$((KEPT_PATCHES + 1)) | cut -d ' ' -f 2-)
	discard "$KERNEL/parts/.partial-$RUN_NAME" "${old[@]}"
	find "$KEPT" -name '*.partial-*' -mmin +600 -delete || true
	find "$KEPT/originals" -type f -printf '%T@ %s %p\n' | sort -rn |
		awk -v room="$KEPT_ROOM" '(sum += $2) > room * 1048576 { print $3 }' | xargs -r rm -f
}
