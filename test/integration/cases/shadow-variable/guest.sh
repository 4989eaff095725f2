# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-shadow-variable.ko

# The reader's parent is the object that the count hangs on.
reads()
{
	sed 1d /proc/loadavg
}

load $m
reads >/tmp/reads
reads >>/tmp/reads
is "counted for this shell" "$(tr '\n' ' ' </tmp/reads)" "reads 1 reads 2 "
is "counted for another shell" "$(reads >/tmp/reads; cat /tmp/reads)" "reads 1"
unload $m
is "unloaded" "$(wc -l </proc/loadavg)" 1
load $m
reads >/tmp/reads
is "freed by the unload" "$(cat /tmp/reads)" "reads 1"
unload $m
