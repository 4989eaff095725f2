# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-blocked.ko

sleeper
kpatch load --timeout 10 $m >/tmp/said 2>&1
status=$?
cat /tmp/said
is "exit status" $status 3
like "task, command and function are named" "$(cat /tmp/said)" "pid $reader \(head\).* tty_read"
[ ! -e /sys/kernel/livepatch/livepatch_blocked ] || die "the patch is still there"
[ ! -e /sys/module/livepatch_blocked ] || die "the module is still there"

unlike "a task of user space may leave" "$(cat /tmp/said)" "never leaves"

kill $reader
wait $reader

# A thread of the kernel that is in its function for ever.
kpatch load --timeout 10 livepatch-blocked-thread.ko >/tmp/said 2>&1
status=$?
cat /tmp/said
is "exit status" $status 3
like "the thread" "$(cat /tmp/said)" "pid [0-9]+ \(oom_reaper\): sleeps in oom_reaper"
like "what that means" "$(cat /tmp/said)" "a kernel thread may be in a loop that it never leaves"
load $m

sleeper
kpatch unload --timeout 10 livepatch_blocked >/tmp/said 2>&1
status=$?
cat /tmp/said
is "exit status" $status 3
like "task, command and function are named" "$(cat /tmp/said)" "pid $reader \(head\).* tty_read"
is "enabled again" "$(cat /sys/kernel/livepatch/livepatch_blocked/enabled)" 1

kill $reader
wait $reader
unload $m
