# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

first=livepatch-core-late-module
late=livepatch-core-late-module-hooked
dir=/sys/kernel/kpatch/livepatch_core_late_module_hooked

# file_is COUNT TEXT FILE: waits until so many lines of the file have the text.
file_is()
{
	tries=0
	until [ "$(grep -c "$2" "$3")" = "$1" ]; do
		tries=$((tries + 1))
		[ $tries -lt 300 ] || die "$3 does not change: $(cat "$3")"
		sleep 0.1
	done
}

# The patch replaces another, whose module goes while the hook holds it.
kpatch load $first.ko || die "load"
hostname hold
insmod $late.ko || die "insmod"
file_is 1 disabled /sys/kernel/kpatch/livepatch_core_late_module/state
rmmod livepatch_core_late_module || die "rmmod the first"
modprobe zram
is "state" "$(cat $dir/state)" patching
zram_is "came behind the switch" "late 0 of major MAJOR"
hostname guest
settled $dir
is "state" "$(cat $dir/state)" enabled
zram_is "the operation is over" "late 0 of major MAJOR"

# On the way back.
rmmod zram
hostname hold
echo 0 >$dir/enabled
file_is 0 patched /proc/version
modprobe zram
is "state" "$(cat $dir/state)" unpatching
zram_is "came behind the switch back" 0
hostname guest
settled $dir
is "state" "$(cat $dir/state)" disabled
zram_is "the way back is over" 0

# Turned back behind the switch: that is done, too.
hostname hold
echo 1 >$dir/enabled
file_is 1 patched /proc/version
is "state" "$(cat $dir/state)" patching
echo 0 >$dir/enabled
hostname guest
file_is 1 disabled $dir/state
is "turned back" "$(grep -c patched /proc/version)" 0
zram_is "turned back" 0
rmmod $late || die "rmmod"
rmmod zram
rmmod kpatch || die "rmmod kpatch"
