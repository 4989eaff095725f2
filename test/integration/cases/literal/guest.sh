# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-literal.ko
changed=livepatch-literal-changed.ko

# The kernel keeps the pointer to the name of the resource for as long as it is requested.
owner()
{
	sed -n 's/^ *03e8-03ef : //p' /proc/ioports
}

# Where the name was, as the patched function said last: from _text on.
place()
{
	dmesg | sed -n 's/.*kpatch-test: name at //p' | tail -n 1
}

[ -c /dev/ttyS2 ] || die "no /dev/ttyS2"
load $m
./set-serial /dev/ttyS2 0x3e8 || die "the ports cannot be requested"
is "with the patch" "$(owner)" serial
is "the kernel's own" "$(grep -cx "$(place)" places)" 1
unload $m
is "without the patch" "$(owner)" serial
./set-serial /dev/ttyS2 0 || die "the ports cannot be released"
is "released" "$(owner)" ""

load $changed
./set-serial /dev/ttyS2 0x3e8 || die "the ports cannot be requested"
is "changed" "$(owner)" SERIAL
is "a copy" "$(grep -cx "$(place)" places)" 0
./set-serial /dev/ttyS2 0 || die "the ports cannot be released"
unload $changed
