# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-two-files.ko

load $m
is "uptime" "$(sed 1d /proc/uptime)" "shown 1"
is "version" "$(sed 1d /proc/version)" "shown 12"
is "uptime again" "$(sed 1d /proc/uptime)" "shown 13"
unload $m
is "uptime unloaded" "$(wc -l </proc/uptime)" 1
is "version unloaded" "$(wc -l </proc/version)" 1
