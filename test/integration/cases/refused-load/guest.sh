# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-refused-load.ko
name=livepatch_refused_load

nothing_left()
{
	[ ! -e /sys/module/$name ] || die "the module is loaded"
	is "version" "$(wc -l </proc/version)" 1
}

other_kernel $m /tmp/$m

refused 2 wrong-kernel kpatch load /tmp/$m
nothing_left
insmod /tmp/$m && die "insmod took a module for another kernel"
like "the module's own refusal" "$(dmesg)" 'kpatch: error: .*this kernel has .*\[wrong-kernel\]'
nothing_left

chmod 755 /cases /cases/*
refused 10 not-root su nobody -s /bin/kpatch -- load "$PWD/$m"
nothing_left

refused 1 not-elf kpatch load guest.sh
refused 5 not-loaded kpatch unload $name

load $m
refused 2 already-loaded kpatch load $m
is "version" "$(sed 1d /proc/version)" patched
unload $m
nothing_left
