# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-callbacks.ko

said()
{
	dmesg | sed -n 's/.*kpatch-test: \(.*patch\)$/\1/p' | tr '\n' ' '
}

load $m
is "loaded" "$(said)" "pre-patch post-patch "
is "seen by the function" "$(sed -n 1p /proc/devices)" "Callbacks: 11"
unload $m
is "unloaded" "$(said)" "pre-patch post-patch pre-unpatch post-unpatch "
is "function unloaded" "$(sed -n 1p /proc/devices)" "Character devices:"
