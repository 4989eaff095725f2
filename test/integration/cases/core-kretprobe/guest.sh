# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-core-kretprobe
insmod kpatch.ko || die "the core module does not load"
insmod spin.ko || die "spin.ko"
refused 3 busy kpatch load --timeout 2 $m.ko
like "who is in the way" "$said" 'pid [0-9]+ \(spin\): its stack cannot be read'
rmmod spin || die "spin stays"
kpatch load $m.ko || die "load"
is "patched" "$(grep -c VMALLOCCHUNK /proc/meminfo)" 1
kpatch unload $m || die "unload"
rmmod kpatch || die "rmmod"
