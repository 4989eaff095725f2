# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-core.ko
dir=/sys/kernel/kpatch/livepatch_core

before=$(code_of meminfo_proc_show)
like "before" "$before" '^[0-9a-f]+$'
insmod kpatch.ko || die "the core module does not load"
for round in 1 2; do
	insmod $m || die "the patch module does not load"
	settled $dir
	is "state, round $round" "$(cat $dir/state)" enabled
	is "result" "$(cat $dir/result)" ok
	is "functions" "$(cat $dir/functions)" "vmlinux meminfo_proc_show"
	like "pause" "$(cat $dir/pause_us)" '^[1-9][0-9]*$'
	like "tasks" "$(cat $dir/tasks)" '^[1-9][0-9]+$'
	is "blockers" "$(cat $dir/blockers)" ""
	is "patched" "$(grep -c VMALLOCCHUNK /proc/meminfo)" 1
	[ "$(code_of meminfo_proc_show)" != "$before" ] || die "the function's entry is as before"

	rmmod livepatch_core 2>/tmp/said && die "a patch in effect was removed"
	rmmod kpatch 2>/tmp/said && die "the core was removed under a patch"
	echo 0 2>/tmp/said >/proc/sys/kernel/ftrace_enabled
	is "patched, ftrace switched off" "$(grep -c VMALLOCCHUNK /proc/meminfo)" 1
	echo 1 >/proc/sys/kernel/ftrace_enabled

	echo 0 >$dir/enabled
	settled $dir
	is "state" "$(cat $dir/state)" disabled
	is "unpatched" "$(grep -c VmallocChunk /proc/meminfo)" 1
	is "code, round $round" "$(code_of meminfo_proc_show)" "$before"
	rmmod livepatch_core || die "the patch module cannot be removed"
	[ ! -e $dir ] || die "$dir is still there"
done
rmmod kpatch || die "the core module cannot be removed"
[ ! -e /sys/kernel/kpatch ] || die "/sys/kernel/kpatch is still there"
