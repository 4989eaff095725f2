# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

load livepatch-examples-callbacks.ko
is "callbacks" "$(sed 1d /proc/version)" "live patch: complete"
unload livepatch-examples-callbacks.ko

load livepatch-examples-shadow-variable.ko
is "first read" "$(sed 1d /proc/version)" "read 1 times"
is "second read" "$(sed 1d /proc/version)" "read 2 times"
unload livepatch-examples-shadow-variable.ko
is "unloaded" "$(wc -l </proc/version)" 1
