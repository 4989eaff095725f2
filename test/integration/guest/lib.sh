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

# unload FILE.ko [--outlives]: nothing of it is left.
unload()
{
	kpatch unload ${2:+"$2"} "$(patch_of "$1")" || die "kpatch unload $1: exit status $?"
	[ ! -e "/sys/kernel/livepatch/$(patch_of "$1")" ] || die "$1: still a live patch"
	[ ! -e "/sys/module/$(patch_of "$1")" ] || die "$1: still loaded"
	echo "$1 unloaded"
}

# word_of OFFSET: the 64-bit word at that offset of /proc/kcore.
word_of()
{
	echo $((0x$(od -A n -t x8 -j "$1" -N 8 /proc/kcore | tr -d ' ')))
}

# code_of FUNCTION [COUNT]: the bytes at its entry, where the kernel puts its call, as hexadecimal
# digits: 16, if nothing else is said. /proc/kcore is an ELF file with a segment for each range of
# memory; elf(5) has the offsets.
code_of()
{
	address=$(sed -n "s/ [tT] $1\$//p" /proc/kallsyms)
	header=64
	while :; do
		from=$(word_of $((header + 16)))
		size=$(word_of $((header + 32)))
		at=$((0x$address - from))
		[ $at -lt 0 ] || [ $at -ge "$size" ] || break
		header=$((header + 56))
		[ $header -lt 4096 ] || die "no segment of /proc/kcore has $address"
	done
	dd if=/proc/kcore bs=1 skip=$(($(word_of $((header + 8))) + at)) count="${2:-16}" 2>/dev/null |
		od -A n -v -t x1 | tr -d ' \n'
}

# stays MODULE: which nothing can take out any more. The cases after this one get another boot.
stays()
{
	echo "$1" >>/tmp/stays
}

# settled DIR: waits until a patch of the core module is not between two states.
settled()
{
	tries=0
	while grep -q ing "$1/state" && [ $tries -lt 600 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
}

# asleep_in PID FUNCTION: waits until that process sleeps in a function of the kernel.
asleep_in()
{
	until grep -q " $2+" "/proc/$1/stack" && grep -q '^State:.S' "/proc/$1/status"; do
		kill -0 "$1" || die "process $1 has ended before it slept in $2()"
		sleep 0.1
	done
}

# sleeper: sets reader, a process that reads from the harness's own terminal. Nobody types there, so it
# waits in tty_read().
sleeper()
{
	head -c 1 </dev/ttyS1 >/tmp/got &
	reader=$!
	asleep_in $reader tty_read
}

# in_the_way DIR: waits until a patch of the core module has been tried, and somebody was in the way.
in_the_way()
{
	until [ -n "$(cat "$1/blockers")" ]; do
		grep -q ing "$1/state" || die "nobody is in the way: $(cat "$1/state")"
		sleep 0.1
	done
}

# zram_is WHEN TEXT: what initstate_show() of the module zram says; MAJOR stands for its major number.
zram_is()
{
	major=$(sed -n 's/ zram$//p' /proc/devices | tr -d ' ')
	is "$1" "$(cat /sys/block/zram0/initstate)" "$(echo "$2" | sed "s/MAJOR/$major/")"
}

# replace_text FILE OUT TEXT OTHER: with another text of the same length.
replace_text()
{
	from=$(printf %s "$3" | xxd -p | tr -d '\n')
	to=$(printf %s "$4" | xxd -p | tr -d '\n')
	xxd -p "$1" | tr -d '\n' | sed "s/$from/$to/g" | xxd -r -p >"$2"
}

# other_module NAME OUT: the stock module of that name, which is loaded, as if it were of another build:
# with another build-id, and no signature any more.
other_module()
{
	id=$(xxd -p "/sys/module/$1/notes/.note.gnu.build-id" | tr -d '\n' | tail -c 40)
	file=$(find /lib/modules -name "$1.ko")
	replace_text "$file" "$2" '~Module signature appended~' '~Module signature left out~'
	xxd -p "$2" | tr -d '\n' | sed "s/$id/00${id#??}/" | xxd -r -p >"$2.new"
	cmp -s "$2" "$2.new" && die "the build-id was not found in $file"
	mv "$2.new" "$2"
}

# other_kernel FILE OUT: the same module, made for a kernel whose build-id differs in one digit: in
# what kpatch reads, and in what is compared when it is loaded.
other_kernel()
{
	id=$(tr '\0' '\n' <"$1" | sed -n 's/^kpatch_build_id=//p')
	case $id in
	0*) other=1${id#?} ;;
	*) other=0${id#?} ;;
	esac
	hex=$(xxd -p "$1" | tr -d '\n')
	text=$(printf %s "$id" | xxd -p | tr -d '\n')
	other_text=$(printf %s "$other" | xxd -p | tr -d '\n')
	printf %s "$hex" | sed "s/$text/$other_text/g; s/$id/$other/g" | xxd -r -p >"$2"
	cmp -s "$1" "$2" && die "the build-id was not found in the module"
}
