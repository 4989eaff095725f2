# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-static-local.ko

# Each processor takes its numbers from a batch of its own: stay on one.
taskset -p 1 $$ >/dev/null || die "no taskset"

# The number of a new pipe, from get_next_ino(). Batches of 1024 numbers begin at what
# the static local counts.
number()
{
	: | readlink /proc/self/fd/0 | tr -dc 0-9
}

# Some batches are used up, so that a count that begins anew is far behind: each entry of a
# process's directory gets a number. (Thousands of pipes are thousands of processes: too slow where
# the processor is emulated.)
find /proc/[0-9]*/ >/dev/null 2>&1
before=$(number)
[ "$before" -gt 2048 ] || die "the counter is only at $before before the patch"
load $m
first=$(number)
second=$(number)
echo "before $before, loaded $first and $second"
is "a batch for each number" $((first % 1024)) 1
[ "$first" -gt $((before - before % 1024)) ] || die "the count began anew"
[ "$second" -gt "$first" ] || die "the count does not go on"
unload $m
after=$(number)
[ "$after" -gt "$second" ] || die "after the unload the count is at $after"
echo "unloaded $after"
