# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-runtime-constant.ko

# read_some BYTES: how many are read at once.
read_some()
{
	dd if=/dev/zero bs="$1" count=1 2>/dev/null | wc -c
}

# readdir() of a task's folder looks for its names in the hash table; those of a new task are there
# once they have been read.
list_task()
{
	ls -l /proc/self/ /proc/1/ >/dev/null
	ls -l /proc/1/ >/dev/null
}

is "bytes of /dev/zero" "$(read_some 4321)" 4321
list_task
unlike "nothing is told" "$(dmesg)" "kpatch-test: found"

load $m
is "the patched size" "$(read_some 4321)" 0
is "another size" "$(read_some 4320)" 4320
list_task
like "a dentry is found in the hash table" "$(dmesg)" "kpatch-test: found fdinfo"

unload $m
is "bytes of /dev/zero, after" "$(read_some 4321)" 4321
