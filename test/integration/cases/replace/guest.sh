# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

one=livepatch-replace-one.ko
two=livepatch-replace-two.ko
beside=livepatch-replace-beside.ko

load $one
is "one" "$(sed 1d /proc/version)" "patch one"
load $two
is "one replaced" "$(sed 1d /proc/version)" ""
is "two" "$(sed 1d /proc/loadavg)" "patch two"
[ ! -e /sys/kernel/livepatch/livepatch_replace_one ] || die "one is still a live patch"
grep -q '^livepatch_replace_one ' /proc/modules || die "the module of one is gone"
unload $one
is "two without the module of one" "$(sed 1d /proc/loadavg)" "patch two"

load $beside
is "two still there" "$(sed 1d /proc/loadavg)" "patch two"
is "three" "$(sed 1d /proc/uptime)" "patch three"
unload $beside
is "three unloaded" "$(sed 1d /proc/uptime)" ""
is "two still there" "$(sed 1d /proc/loadavg)" "patch two"
unload $two
is "two unloaded" "$(sed 1d /proc/loadavg)" ""
