# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-core-inactive.ko
dir=/sys/kernel/kpatch/livepatch_core_inactive

# waits STATE LABEL: the patch waits for the reader, and reaches the state when it has gone.
waits()
{
	in_the_way $dir
	like "waits for it" "$(cat $dir/blockers)" "^$reader tty_read head$"
	is "nothing has changed" "$(grep -ci "$2" /proc/meminfo) $(grep -c "$2" /proc/meminfo)" "1 0"
	kill $reader
	wait $reader
	settled $dir
	is "state when it is gone" "$(cat $dir/state)" "$1"
	is "changed" "$(grep -c "$2" /proc/meminfo)" 1
}

before=$(code_of tty_read)
sleeper
kpatch load --timeout 2 $m >/tmp/said 2>&1
is "exit status" $? 3
like "task, command and function are named" "$(cat /tmp/said)" "pid $reader \(head\): in tty_read"
echo 600000 >/sys/module/kpatch/parameters/timeout_ms
insmod $m || die "insmod"
waits enabled VMALLOCCHUNK
is "it is not replaced" "$(cat $dir/functions)" "vmlinux meminfo_proc_show"
is "its code" "$(code_of tty_read)" "$before"

sleeper
echo 0 >$dir/enabled
waits disabled VmallocChunk
kpatch unload livepatch_core_inactive || die "unload"
rmmod kpatch || die "rmmod"
