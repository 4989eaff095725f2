# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-new-data.ko

is "before" "$(wc -l </proc/loadavg)" 1
load $m
is "first read" "$(sed 1d /proc/loadavg)" "reads 101 odd"
is "second read" "$(sed 1d /proc/loadavg)" "reads 102 even"
is "third read" "$(sed 1d /proc/loadavg)" "reads 103 odd"
unload $m
is "unloaded" "$(wc -l </proc/loadavg)" 1
