# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

is "modules" "$(cut -d ' ' -f 1 /proc/modules | grep patch)" ""
is "live patches" "$(ls /sys/kernel/livepatch)" ""
[ ! -e /sys/kernel/kpatch ] || die "the core module is there"
is "meminfo" "$(grep -c VMALLOCCHUNK /proc/meminfo)" 0
is "loadavg" "$(wc -l </proc/loadavg)" 1
