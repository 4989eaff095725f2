# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# --json: what came of a run, for one kernel or for several (doc/build-report.md).
#
# reads:  OPT_JSON, OPT_KERNEL, MESSAGES, LOG, INFO, OWNERS, CHANGES, RESULT, PATCHES, STARTED_US,
#         REACH_NOT_ASKED

# json_string TEXT: as JSON spells it, in the variable JSON_STRING. Bytes that are not ASCII are "?",
# as in the differ's report.
json_string() {
	local text=$1
	text=${text//\\/\\\\}
	text=${text//\"/\\\"}
	text=${text//$'\n'/\\n}
	text=${text//$'\t'/\\t}
	JSON_STRING="\"${text//[! -~]/?}\""
}

# json_pairs BETWEEN KEY VALUE...: the members of an object; those without a value are left out.
json_pairs() {
	local between=$1 separator=""
	shift
	while [[ $# -gt 0 ]]; do
		if [[ -n $2 ]]; then
			json_string "$2"
			printf '%s"%s": %s' "$separator" "$1" "$JSON_STRING"
			separator=$between
		fi
		shift 2
	done
}

# json_array INDENT: the lines of the input as items of an array.
json_array() {
	local line separator=""
	printf '['
	while IFS= read -r line; do
		printf '%s\n%s  %s' "$separator" "$1" "$line"
		separator=,
	done
	[[ -z $separator ]] || printf '\n%s' "$1"
	printf ']'
}

# json_verdict STATUS: the word for an exit status.
json_verdict() {
	case $1 in
	0)	echo module ;;
	"$EXIT_REFUSED")	echo refused ;;
	"$EXIT_UNCHANGED")	echo unchanged ;;
	"$EXIT_PATCH")		echo patch-unfit ;;
	"$EXIT_COMPILE")	echo compile-error ;;
	"$EXIT_KERNEL" | "$EXIT_PACKAGE" | "$EXIT_NETWORK")	echo unavailable ;;
	1[3-9])	echo machine ;;
	*)	echo error ;;
	esac
}

# Our own messages are kept as they are told; what the programs said is in the log, in their form.
json_messages() {
	local kind id text program entry
	if [[ -n $LOG && -f $LOG ]]; then
		sed -nE 's/^(create-diff-object|create-patch-module): ([^ ]+: )?(error|warning): (.*) \[([a-z0-9-]+)\]$/\3\t\5\t\1\t\2\4/p' "$LOG"
	fi | while IFS=$'\t' read -r kind id program text; do
		json_message "$kind" "$id" "$program" "$text"
	done
	for entry in "${MESSAGES[@]}"; do
		IFS=$'\t' read -r kind id text <<<"$entry"
		json_message "$kind" "$id" "$PROG" "$text"
	done
}

json_message() {
	printf '{%s}\n' "$(json_pairs ", " kind "$1" id "$2" program "$3" text "$4")"
}

json_functions() {
	local line file change name reason
	for line in "${CHANGES[@]}"; do
		[[ $line =~ ^([^:]*):\ (changed|new|removed)\ function:\ ([^ ]+)(\ \((.*)\))?$ ]] || continue
		file=${BASH_REMATCH[1]} change=${BASH_REMATCH[2]} name=${BASH_REMATCH[3]} reason=${BASH_REMATCH[5]}
		printf '{%s}\n' "$(json_pairs ", " file "$file" object "${OWNERS[$file]:-}" change "$change" name "$name" reason "$reason")"
	done
}

# json_kernel STATUS: what came of this run, as one object.
json_kernel() {
	local now log=$LOG
	now_us now
	[[ -n $log && -f $log ]] || log=""
	printf '    {\n      "status": %d,\n      %s,\n' "$1" "$(json_pairs $',\n      ' \
		verdict "$(json_verdict "$1")" kernel "${OPT_KERNEL:-${INFO[release]:-}}" \
		release "${INFO[release]:-}" source "${INFO[source]:-}" build_id "${INFO[build_id]:-}" \
		module "${RESULT:-}" log "$log")"
	printf '      "seconds": %d.%02d,\n' $(((now - STARTED_US) / 1000000)) $(((now - STARTED_US) / 10000 % 100))
	[[ ${REACH_NOT_ASKED:-0} -eq 0 ]] || printf '      "units_not_asked": %d,\n' "$REACH_NOT_ASKED"
	printf '      "functions": %s,\n' "$(json_functions | json_array '      ')"
	printf '      "messages": %s\n    }\n' "$(json_messages | json_array '      ')"
}

# json_write STATUS KERNEL-FILE...: the whole report; the files hold an object each.
json_write() {
	local status=$1 part=$OPT_JSON.$RUN_NAME patch
	shift
	{
		printf '{\n  "version": 1,\n  "exit_status": %d,\n  "patches": ' "$status"
		for patch in "${PATCHES[@]}"; do
			json_string "$patch"
			printf '%s\n' "$JSON_STRING"
		done | json_array '  '
		printf ',\n  "kernels": [\n'
		while [[ $# -gt 0 ]]; do
			sed "${2:+\$s/\$/,/}" "$1"
			shift
		done
		printf '  ]\n}\n'
	} >"$part" || { rm -f "$part"; return 1; }
	mv "$part" "$OPT_JSON" || { rm -f "$part"; return 1; }
}

# json_report STATUS: of a run for one kernel.
json_report() {
	json_kernel "$1" >"$RUN/report" && json_write "$1" "$RUN/report"
}

# Before anybody waits for what cannot be written.
json_check() {
	local dir=.
	[[ -n $OPT_JSON ]] || return 0
	[[ $OPT_JSON != */* ]] || dir=${OPT_JSON%/*}/
	[[ ! -e $OPT_JSON || -f $OPT_JSON ]] ||
		die "$EXIT_MACHINE" json-not-writable "$OPT_JSON is not a file; give the name of one with --json"
	[[ -d $dir && -w $dir ]] ||
		die "$EXIT_MACHINE" json-not-writable "cannot write to $OPT_JSON; give another file with --json"
}
