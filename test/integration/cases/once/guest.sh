# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

p=livepatch-once.ko

load $p
is "once" "$(sed 1d /proc/version)" once
is "not again" "$(sed 1d /proc/version)" ""
# exit waits for the work
unload $p --outlives
like "the work" "$(dmesg)" 'kpatch-test: the work is done'
sleep 3
is "unloaded" "$(sed 1d /proc/version)" ""
