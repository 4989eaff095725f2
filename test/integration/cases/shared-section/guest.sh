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

often()
{
	grep -qE '^voluntary_ctxt_switches:.[0-9]{7,}$' && echo often || echo seldom
}

# How often a process of that name has slept, as the kernel says: reading that takes a mutex.
slept()
{
	sh -c "printf %s $1 >/proc/self/comm
		while read -r line; do
			echo \"\$line\"
		done </proc/self/status" | often
}

# The same of one that has been on both processors: to move it there, the kernel waits for a completion.
# Whoever calls it says by what name.
moved()
{
	"$@" 1 "$@" 2 cat /proc/self/status | often
}

is "before" "$(reads kpatch-rwsem)" reads
is "mutex before" "$(slept kpatch-mutex)" seldom
is "completion before" "$(moved taskset)" seldom
load $m
is "loaded" "$(reads kpatch-rwsem)" fails
is "another" "$(reads another)" reads
is "mutex loaded" "$(slept kpatch-mutex)" often
is "completion loaded" "$(moved taskset)" often
is "another mutex" "$(slept another)" seldom
is "another completion" "$(moved busybox taskset)" seldom
unload $m
is "unloaded" "$(reads kpatch-rwsem)" reads
is "mutex unloaded" "$(slept kpatch-mutex)" seldom
is "completion unloaded" "$(moved taskset)" seldom
