# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# For guest.sh of the cases: `. /lib/kpatch-test/lib.sh` first. A check that
# fails ends the case.

die()
{
	echo "FAILED: $*"
	exit 1
}

# is WHAT ACTUAL WANTED
is()
{
	[ "$2" = "$3" ] || die "$1: got '$2', expected '$3'"
	echo "$1: $2"
}

# like WHAT ACTUAL EXTENDED-REGEX
like()
{
	printf '%s\n' "$2" | grep -qE -- "$3" || die "$1: got '$2', expected /$3/"
	echo "$1: $2"
}

# unlike WHAT ACTUAL EXTENDED-REGEX
unlike()
{
	printf '%s\n' "$2" | grep -qE -- "$3" && die "$1: got '$2', which has /$3/"
	echo "$1: no /$3/"
}

# refused STATUS IDENTIFIER COMMAND...: the command must fail with that exit status
# and name that message.
refused()
{
	want=$1
	id=$2
	shift 2
	said=$("$@" 2>&1)
	got=$?
	echo "$said"
	[ "$got" = "$want" ] || die "$*: exit status $got, expected $want"
	case $said in
	*"[$id]"*) ;;
	*) die "$*: no message [$id]" ;;
	esac
}

patch_of()
{
	basename "$1" .ko | tr - _
}

# load FILE.ko: loaded, enabled and in no transition afterwards.
load()
{
	kpatch load "$1" || die "kpatch load $1: exit status $?"
	is "$1 enabled" "$(cat "/sys/kernel/livepatch/$(patch_of "$1")/enabled")" 1
	is "$1 in transition" "$(cat "/sys/kernel/livepatch/$(patch_of "$1")/transition")" 0
}

# unload FILE.ko: nothing of it is left.
unload()
{
	kpatch unload "$(patch_of "$1")" || die "kpatch unload $1: exit status $?"
	[ ! -e "/sys/kernel/livepatch/$(patch_of "$1")" ] || die "$1: still a live patch"
	[ ! -e "/sys/module/$(patch_of "$1")" ] || die "$1: still loaded"
	echo "$1 unloaded"
}
