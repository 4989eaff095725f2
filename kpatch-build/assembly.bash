#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# gcc's -wrapper for a unit whose replaced functions need other code than the compiler writes, or the assembler makes:
#
#   assembly.bash CHANGE[:CHANGE]... PROGRAM ARGUMENT...
#
# Before the assembler reads it, jumps become calls (tail-calls.awk), constants that the kernel fills in when it starts
# become reads of their variables (runtime-constants.awk), and jumps get room for any distance (short-jumps.awk); each
# knows its own of the CHANGEs.
set -o pipefail

here=${BASH_SOURCE[0]%/*}
names=$1
shift

# change SCRIPT FILE...
change() {
	local script=$1
	shift
	awk -v names="$names" -f "$here/current-function.awk" -f "$here/$script.awk" "$@"
}

if [[ ${1##*/} == *as ]]; then
	for word; do
		[[ $word == *.s ]] || continue
		text=$(change tail-calls "$word" "$word" | change runtime-constants - | change short-jumps -) &&
			printf '%s\n' "$text" >"$word" || exit
	done
fi
exec "$@"
