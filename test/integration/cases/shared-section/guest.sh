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

is "before" "$(reads kpatch-rwsem)" reads
load $m
is "loaded" "$(reads kpatch-rwsem)" fails
is "another" "$(reads another)" reads
unload $m
is "unloaded" "$(reads kpatch-rwsem)" reads
