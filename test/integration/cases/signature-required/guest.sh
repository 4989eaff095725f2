# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-signature-required.ko

refused 2 signature-required kpatch load $m
[ ! -e /sys/module/livepatch_signature_required ] || die "the module is loaded"
is "said by the kernel" "$(dmesg | grep -c 'Loading of unsigned module')" 0
insmod $m && die "the kernel took an unsigned module"
is "version" "$(wc -l </proc/version)" 1
