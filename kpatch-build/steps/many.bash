# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# One patch for several kernels: a run of its own for each, one after the other, and a table at
# the end. A kernel for which it cannot be done stops no other.
#
# reads:  OPT_KERNELS, OPT_OUTPUT, OPT_JSON, MODULE, FORWARD (options for each run), PATCHES, SELF
# leaves: OPT_OUTPUT/RELEASE/MODULE.ko, and OPT_JSON

MANY_RUN="" MANY_RELEASE=""
MANY_RELEASES=() MANY_STATUS=() MANY_SECONDS=()

# Are there several, or may there be?
is_many() {
	[[ ${#OPT_KERNELS[@]} -gt 1 || ${OPT_KERNELS[*]} == *[*?[]* ]]
}

build_many() {
	local i worst=0
	many_open
	many_releases
	for i in "${!MANY_RELEASES[@]}"; do
		many_build "$i"
		worst=$(many_worse "$worst" "${MANY_STATUS[i]}")
	done
	many_table
	[[ -z $OPT_JSON ]] || many_json "$worst" ||
		die "$EXIT_MACHINE" json-not-writable "cannot write $OPT_JSON; give another file with --json"
	exit "$worst"
}

many_open() {
	cache_open
	trap many_clean_up EXIT
	trap 'many_interrupted 1' HUP
	trap 'many_interrupted 2' INT
	trap 'many_interrupted 3' QUIT
	trap 'many_interrupted 15' TERM
	cache_use
	run_open
}

many_clean_up() {
	local status=$?
	trap - EXIT ERR
	[[ -z $MANY_RELEASE ]] || rmdir "$OPT_OUTPUT/$MANY_RELEASE" 2>/dev/null || true
	[[ -z $RUN ]] || rm -rf "$RUN"
	exit "$status"
}

# The run that goes on clears up after itself; what it waits for gets the signal too, as from a terminal.
many_interrupted() {
	trap '' HUP INT QUIT TERM PIPE
	if [[ -n $MANY_RUN ]]; then
		kill -TERM -- "-$MANY_RUN" 2>/dev/null || true
		wait "$MANY_RUN" || true
	fi
	exit $((128 + $1))
}

# A pattern stands for what the archive has. sets: MANY_RELEASES, each once, in the order given
many_releases() {
	local kernel release found
	local -A seen=()
	for kernel in "${OPT_KERNELS[@]}"; do
		found=$kernel
		if [[ $kernel == *[*?[]* ]]; then
			log_open list-kernels
			choose_backend
			found=$(backend_list_kernels "$kernel")
			LOG=""
			[[ -n $found ]] ||
				die "$EXIT_KERNEL" unknown-kernel "the archive has no kernel like \"$kernel\"; $PROG --list-kernels shows what it has"
		fi
		while read -r release; do
			[[ -z ${seen[$release]:-} ]] || continue
			[[ $release != */* && $release != .* ]] ||
				die "$EXIT_KERNEL" unknown-kernel "\"$release\" is not a kernel release; $PROG --list-kernels shows what the archive has"
			seen[$release]=1
			MANY_RELEASES+=("$release")
		done <<<"$found"
	done
}

# many_build INDEX: a process of its own, in a group of its own, which only we interrupt.
many_build() {
	local release=${MANY_RELEASES[$1]} began now us status=0
	printf '%skernel   %s (%d of %d)\n' "${MANY_STATUS[0]+$'\n'}" "$release" $(($1 + 1)) \
		"${#MANY_RELEASES[@]}"
	MANY_RELEASE=$release
	mkdir -p "$OPT_OUTPUT/$release" 2>/dev/null ||
		die "$EXIT_MACHINE" output-not-writable "cannot make the directory $OPT_OUTPUT/$release; give another one with -o"
	now_us began
	set -m
	KPATCH_BUILD_LOG=$MODULE-$release "$SELF" "${FORWARD[@]}" --kernel "$release" --name "$MODULE" \
		--output "$OPT_OUTPUT/$release" --json "$RUN/$1" -- "${PATCHES[@]}" </dev/null &
	MANY_RUN=$!
	set +m
	wait "$MANY_RUN" || status=$?
	MANY_RUN=""
	rmdir "$OPT_OUTPUT/$release" 2>/dev/null || true
	MANY_RELEASE=""
	now_us now
	us=$((now - began))
	MANY_STATUS[$1]=$status
	printf -v MANY_SECONDS["$1"] '%d.%02d' $((us / 1000000)) $((us / 10000 % 100))
}

# many_worse STATUS STATUS: the worse one: 10 and up, 1, 5, 4, 2, 3, 0.
many_worse() {
	local a b
	a=$(many_rank "$1")
	b=$(many_rank "$2")
	if [[ $a -ge $b ]]; then echo "$1"; else echo "$2"; fi
}

many_rank() {
	case $1 in
	0)	echo 0 ;;
	"$EXIT_UNCHANGED")	echo 1 ;;
	"$EXIT_REFUSED")	echo 2 ;;
	"$EXIT_PATCH")	echo 3 ;;
	"$EXIT_COMPILE")	echo 4 ;;
	"$EXIT_ERROR")	echo 5 ;;
	*)	echo "$1" ;;
	esac
}

# A line a kernel: what came of it, and the module or the identifiers of what was said.
many_table() {
	local i width=6 release detail
	for release in "${MANY_RELEASES[@]}"; do
		[[ ${#release} -le $width ]] || width=${#release}
	done
	printf '\n%-*s  %-13s  %9s  %s\n' "$width" KERNEL VERDICT TIME "MODULE, OR WHY NOT"
	for i in "${!MANY_RELEASES[@]}"; do
		release=${MANY_RELEASES[i]}
		if [[ ${MANY_STATUS[i]} -eq 0 ]]; then
			detail=$OPT_OUTPUT/$release/$MODULE.ko
		else
			detail="status ${MANY_STATUS[i]}$(many_reasons "$RUN/$i")"
		fi
		printf '%-*s  %-13s  %7s s  %s\n' "$width" "$release" "$(json_verdict "${MANY_STATUS[i]}")" \
			"${MANY_SECONDS[i]}" "$detail"
	done
}

# many_reasons FILE: ": ID, ID", of the errors in a run's report.
many_reasons() {
	[[ ! -s $1 ]] || sed -nE 's/^ *\{"kind": "error", "id": "([a-z0-9-]+)".*/\1/p' "$1" |
		sort -u | paste -sd , | sed 's/^/: /; s/,/, /g'
}

# A run that was killed leaves no report.
many_json() {
	local i files=()
	for i in "${!MANY_RELEASES[@]}"; do
		files+=("$RUN/$i.kernel")
		if [[ -s $RUN/$i ]]; then
			sed -n '/^  "kernels": \[$/,/^  \]$/{//!p}' "$RUN/$i" >"$RUN/$i.kernel"
		else
			printf '    {"status": %d, %s, "functions": [], "messages": []}\n' "${MANY_STATUS[i]}" \
				"$(json_pairs ", " verdict "$(json_verdict "${MANY_STATUS[i]}")" kernel "${MANY_RELEASES[i]}")" \
				>"$RUN/$i.kernel"
		fi
	done
	json_write "$1" "${files[@]}"
}
