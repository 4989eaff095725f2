# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

p=livepatch-table-of-labels.ko

echo 0 >/proc/sys/net/core/bpf_jit_enable || die "no interpreter"
is "before" "$(./filter)" 10
load $p
is "patched" "$(./filter)" 9
is "again" "$(./filter)" 9
unload $p
is "unloaded" "$(./filter)" 10
