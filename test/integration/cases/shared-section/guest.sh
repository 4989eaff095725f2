# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-shared-section.ko

# A process has to have the semaphore of its memory to read this (__access_remote_vm()).
reads()
{
	sh -c "printf %s $1 >/proc/self/comm
		read -r line </proc/self/cmdline
		[ -n \"\$line\" ]" && echo reads || echo fails
}

# How often a process of that name has slept, as the kernel says: reading that takes a mutex, and the
# shell has waited until all processors had done something.
slept()
{
	sh -c "printf %s $1 >/proc/self/comm
		echo 1 >/proc/sys/vm/stat_refresh
		while read -r name count; do
			[ \"\$name\" != voluntary_ctxt_switches: ] || echo \"\$count\"
		done </proc/self/status" | grep -qE '^[0-9]{7,}$' && echo often || echo seldom
}

is "before" "$(reads kpatch-rwsem)" reads
is "mutex before" "$(slept kpatch-mutex)" seldom
is "completion before" "$(slept kpatch-wait)" seldom
load $m
is "loaded" "$(reads kpatch-rwsem)" fails
is "another" "$(reads another)" reads
is "mutex loaded" "$(slept kpatch-mutex)" often
is "completion loaded" "$(slept kpatch-wait)" often
is "another" "$(slept another)" seldom
unload $m
is "unloaded" "$(reads kpatch-rwsem)" reads
is "mutex unloaded" "$(slept kpatch-mutex)" seldom
is "completion unloaded" "$(slept kpatch-wait)" seldom
