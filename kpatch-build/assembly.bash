#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# gcc's -wrapper for a unit whose replaced functions need other code than the compiler writes:
#
#   assembly.bash CHANGE[:CHANGE]... PROGRAM ARGUMENT...
#
# Before the assembler reads it, jumps become calls (tail-calls.awk) and constants that the kernel fills in when it
# starts become reads of their variables (runtime-constants.awk); each knows its own of the CHANGEs.
set -o pipefail

here=${BASH_SOURCE[0]%/*}
names=$1
shift
if [[ ${1##*/} == *as ]]; then
	for word; do
		[[ $word == *.s ]] || continue
		text=$(awk -v names="$names" -f "$here/tail-calls.awk" "$word" "$word" |
			awk -v names="$names" -f "$here/runtime-constants.awk") && printf '%s\n' "$text" >"$word" || exit
	done
fi
exec "$@"
