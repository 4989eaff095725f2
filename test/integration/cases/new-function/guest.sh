# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-new-function.ko

is "before" "$(wc -l </proc/version)" 1
load $m
is "loaded" "$(sed 1d /proc/version)" patched
unload $m
is "unloaded" "$(wc -l </proc/version)" 1
