# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# How far a long stage of a step is and how long the rest of it takes: on a terminal in the line of the
# step, which it leaves open; elsewhere as a note now and then. Stages cost differently, so each has its own
# count and its own speed; and units of one subsystem come together, so that the speed is that of the
# latest ones.
#
# reads:  STEP
# sets:   BAR_OPEN, LINE_OPEN (message.bash)

# No word of the rest before so many units are done; their speed is then that of the latest so many.
readonly PROGRESS_ENOUGH=24
readonly PROGRESS_LATEST=96

# Where no line can be written over, so many microseconds lie between two notes.
readonly PROGRESS_NOTE_US=30000000

PROGRESS_WHAT="" PROGRESS_TOTAL=0 PROGRESS_DONE=() PROGRESS_AT=() PROGRESS_NOTED=0

# progress_begin WHAT TOTAL: a stage of so many units begins now.
progress_begin() {
	PROGRESS_WHAT=$1 PROGRESS_TOTAL=$2 PROGRESS_DONE=() PROGRESS_AT=()
	now_us PROGRESS_NOTED
	progress 0
}

# progress DONE [THEN]: so many are done now; THEN is what comes behind this stage.
progress() {
	local now text
	now_us now
	progress_mark "$1" "$now"
	[[ $PROGRESS_TOTAL -gt 0 ]] || return 0
	if [[ ! -t 1 ]]; then
		progress_note "$now" "${2:-}"
		return 0
	fi
	progress_text "${2:-}"
	printf '\r\033[K%-8s %s' "$STEP" "$text"
	BAR_OPEN=1
	LINE_OPEN=1
}

# progress_note NOW THEN: what is done soon anyway needs none.
progress_note() {
	local text
	[[ ${PROGRESS_DONE[-1]} -lt $PROGRESS_TOTAL && $(($1 - PROGRESS_NOTED)) -ge $PROGRESS_NOTE_US ]] || return 0
	PROGRESS_NOTED=$1
	progress_words "$2"
	note "$text"
}

# progress_mark DONE NOW: what lies more than PROGRESS_LATEST units back is forgotten.
progress_mark() {
	PROGRESS_DONE+=("$1")
	PROGRESS_AT+=("$2")
	while [[ ${#PROGRESS_DONE[@]} -gt 2 && $(($1 - PROGRESS_DONE[1])) -ge $PROGRESS_LATEST ]]; do
		PROGRESS_DONE=("${PROGRESS_DONE[@]:1}")
		PROGRESS_AT=("${PROGRESS_AT[@]:1}")
	done
}

# progress_left: sets left, " (TIME left)" or nothing where that is not known yet.
progress_left() {
	local done=${PROGRESS_DONE[-1]} units us seconds
	left=""
	units=$((done - PROGRESS_DONE[0]))
	us=$((PROGRESS_AT[-1] - PROGRESS_AT[0]))
	[[ $done -ge $PROGRESS_ENOUGH && $units -gt 0 && $done -lt $PROGRESS_TOTAL ]] || return 0
	seconds=$((us * (PROGRESS_TOTAL - done) / units / 1000000))
	if [[ $seconds -lt 90 ]]; then
		left=" ($((seconds / 5 * 5 + 5)) s left)"
	else
		left=" ($(((seconds + 30) / 60)) min left)"
	fi
}

# progress_words THEN: sets text, without the bar.
progress_words() {
	local left
	progress_left
	text="$PROGRESS_WHAT ${PROGRESS_DONE[-1]} of $PROGRESS_TOTAL$left${1:+, then $1}"
}

# progress_text THEN: sets text. It has to fit into a line of 80 characters: what wraps around cannot be
# written over.
progress_text() {
	local bar
	progress_words "$1"
	printf -v bar '%*s' $((8 * PROGRESS_DONE[-1] / PROGRESS_TOTAL)) ''
	printf -v text '[%-8s] %s' "${bar// /#}" "$text"
}
