# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Running programs: their output goes to the log, their failure gets a cause.
#
# reads:  LOG, VERBOSE, STEP, KPATCH_CACHE

# need TOOL...: all of them must be there.
need() {
	local tool
	for tool; do
		command -v "$tool" >/dev/null ||
			finding "$EXIT_MACHINE" missing-tool "$tool is not installed; install the package that has it"
	done
	findings_end
}

# run COMMAND...: output to the log; the caller decides what a failure means.
run() {
	printf '+ %s\n' "$*" >>"$LOG"
	start "$@"
	wait "$STARTED"
}

# start COMMAND...: like run, in the background, as a process group of its own, so that an
# interrupt can end the whole pipeline. sets: STARTED (its process id)
start() {
	set -m
	if [[ -n $VERBOSE ]]; then
		{ trap - ERR; "$@"; } > >(tee -a "$LOG" | sed 's/^/  | /') 2>&1 </dev/null &
	else
		{ trap - ERR; "$@"; } >>"$LOG" 2>&1 </dev/null &
	fi
	STARTED=$!
	set +m
}

# Ends what still runs in the background, with all that it has started.
end_jobs() {
	local job jobs
	mapfile -t jobs < <(jobs -rp)
	for job in "${jobs[@]}"; do
		kill -TERM -- "-$job" 2>/dev/null || kill -TERM "$job" 2>/dev/null || true
	done
	wait 2>/dev/null || true
	for job in "${jobs[@]}"; do
		end_group "$job"
	done
}

# end_group ID: what a job has started can live longer than that, and write into what is removed
# next. Who is dead and has a parent that does not look counts as alive: so there is a limit.
end_group() {
	local tries=20
	while kill -0 -- "-$1" 2>/dev/null; do
		((tries--)) || { kill -KILL -- "-$1" 2>/dev/null || true; return 0; }
		sleep 0.1
	done
}

# is_full FILE...: did these writers run out of space? Their output says so, or the file system of the
# cache, or that of the run, has none left (a full disk can swallow the message too).
is_full() {
	local free
	[[ $# -eq 0 ]] || ! grep -qs 'No space left on device' -- "$@" || return 0
	free=$(df --output=avail -B1024 -- "$KPATCH_CACHE" ${RUN:+"$RUN"} 2>/dev/null | tail -n +2 | sort -n) ||
		return 1
	free=${free%%$'\n'*}
	[[ $free =~ ^[[:space:]]*[0-9]+$ && $free -lt 1024 ]]
}

die_if_full() {
	! is_full "$@" ||
		die "$EXIT_SPACE" no-space "no space left on the disk of $KPATCH_CACHE while in step ${STEP:-start}; free some, run $PROG --clean, or move the cache with KPATCH_CACHE"
}

# Whatever no caller expected: the disk may be full, else it is an error of ours.
unexpected() {
	local status=$? place="${BASH_SOURCE[1]##*/}:${BASH_LINENO[0]}"
	trap - ERR
	# The shell that waits for this one tells it.
	[[ $BASHPID == "$$" ]] || exit "$status"
	die_if_full "$LOG"
	printf '\n' 2>/dev/null ||
		die "$EXIT_MACHINE" output-closed "cannot write to standard output; give it a file that has room, or /dev/null"
	die "$EXIT_ERROR" internal "unexpected failure (status $status) of \"$BASH_COMMAND\" at $place in step ${STEP:-start}; please report it with the log"
}
