# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What the user sees and what the log keeps: one line a step with its time, notes below
# it, and messages that end in a stable identifier.
#
# reads:  PROG, LOG (a file, or empty before there is one), VERBOSE, TIMING
# sets:   STEP (name of the step that is running, or empty), FINDINGS, FINDINGS_STATUS,
#         MESSAGES ("KIND<tab>ID<tab>TEXT" each)

STEP=""
STEP_STARTED=""
LINE_OPEN="" BAR_OPEN=""
FINDINGS=0
FINDINGS_STATUS=0
MESSAGES=()

# Microseconds since the epoch, in the variable $1, without a fork and in every locale.
now_us() {
	printf -v "$1" '%s' "${EPOCHREALTIME//[!0-9]/}"
}

# log TEXT: only in the log, and on the screen with -d.
log() {
	[[ -z $LOG ]] || printf '%s\n' "$*" >>"$LOG"
	[[ -z $VERBOSE ]] || { end_line; printf '  | %s\n' "${*//$'\n'/$'\n  | '}"; }
}

# log_file FILE: what a program said, likewise.
log_file() {
	[[ -s $1 ]] || return 0
	cat "$1" >>"$LOG"
	[[ -z $VERBOSE ]] || { end_line; sed 's/^/  | /' "$1"; }
}

end_line() {
	[[ -z $BAR_OPEN ]] || printf '\r\033[K%-8s ' "$STEP" 2>/dev/null || true
	BAR_OPEN=""
	[[ -z $LINE_OPEN ]] || printf '\n' 2>/dev/null || true
	LINE_OPEN=""
}

# step_begin NAME: opens the line of a step; the name is visible while the step runs.
step_begin() {
	STEP=$1
	now_us STEP_STARTED
	[[ -z $LOG ]] || printf '== %s\n' "$STEP" >>"$LOG"
	printf '%-8s ' "$STEP"
	LINE_OPEN=1
}

# step_end TEXT: closes the line with what the step found and the time it took.
step_end() {
	local now us seconds
	now_us now
	us=$((now - STEP_STARTED))
	printf -v seconds '%d.%03d' $((us / 1000000)) $((us / 1000 % 1000))
	[[ -z $BAR_OPEN ]] || printf '\r\033[K%-8s ' "$STEP"
	BAR_OPEN=""
	[[ -n $LINE_OPEN ]] || printf '%-8s ' ""
	printf '%-62s %7.2f s\n' "$1" "$seconds"
	LINE_OPEN=""
	[[ -z $LOG ]] || printf '== %s: %s (%s s)\n' "$STEP" "$1" "$seconds" >>"$LOG"
	[[ -z $TIMING ]] || printf '%s\t%s\n' "$STEP" "$seconds" >>"$TIMING"
	STEP=""
}

# note TEXT: a line below the step.
note() {
	end_line
	printf '         %s\n' "$1"
	[[ -z $LOG ]] || printf 'note: %s\n' "$1" >>"$LOG"
}

# message KIND ID TEXT: the one form of all messages.
message() {
	end_line
	MESSAGES+=("$1"$'\t'"$2"$'\t'"$3")
	printf '%s: %s: %s [%s]\n' "$PROG" "$1" "$3" "$2" >&2
	[[ -z $LOG ]] || printf '%s: %s [%s]\n' "$1" "$3" "$2" >>"$LOG" || true
}

warn() {
	message warning "$1" "$2"
}

# die STATUS ID TEXT
die() {
	message error "$2" "$3"
	finish "$1"
}

# finding STATUS ID TEXT: a refusal; all of a step are shown before findings_end exits.
finding() {
	message error "$2" "$3"
	FINDINGS=$((FINDINGS + 1))
	[[ $FINDINGS_STATUS -ne 0 ]] || FINDINGS_STATUS=$1
}

findings_end() {
	[[ $FINDINGS -eq 0 ]] || finish "$FINDINGS_STATUS"
}

# finish STATUS: says where the log is when it can help, and exits.
finish() {
	trap - ERR
	if [[ $1 -ne 0 && -n $LOG && -s $LOG ]]; then
		printf '%s: the log is %s\n' "$PROG" "$LOG" >&2
	fi
	exit "$1"
}
