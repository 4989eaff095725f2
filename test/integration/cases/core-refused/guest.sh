# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-core-refused.ko
name=livepatch_core_refused

nothing_left()
{
	[ ! -e /sys/module/$name ] || die "the module is loaded"
	is "version" "$(wc -l </proc/version)" 1
}

other_kernel $m /tmp/$m
refused 2 wrong-kernel kpatch load /tmp/$m
nothing_left
insmod kpatch.ko || die "the core module does not load"
insmod /tmp/$m && die "insmod took a module for another kernel"
like "the core's refusal" "$(dmesg)" 'kpatch: error: .*this kernel has .*\[wrong-kernel\]'
nothing_left
rmmod kpatch || die "rmmod"

# Of a folder without kpatch.ko.
cp $m /tmp/$m
refused 10 module-missing kpatch load /tmp/$m
nothing_left

# As dkms installs it.
mkdir -p "/lib/modules/$(uname -r)/updates/dkms"
cp installed.ko.xz "/lib/modules/$(uname -r)/updates/dkms/kpatch.ko.xz"
kpatch load /tmp/$m || die "load with a core module that is compressed"
kpatch unload $name || die "unload"
rmmod kpatch || die "rmmod"
rm -r "/lib/modules/$(uname -r)/updates"

kpatch load livepatch-core-refused-livepatch.ko || die "the livepatch"
kpatch load $m && die "a function has two owners"
like "the function is named" "$(dmesg)" 'function version_proc_show is redirected by another owner .*\[function-owned\]'
is "version" "$(sed 1d /proc/version)" patched
kpatch unload livepatch_core_refused_livepatch || die "unload"
nothing_left

kpatch load $m || die "load"
refused 2 already-loaded kpatch load $m
like "list" "$(kpatch list)" "^$name: enabled by the core module"
like "info" "$(kpatch info $name)" 'vmlinux: version_proc_show'
kpatch unload $name || die "unload"
nothing_left
rmmod kpatch || die "rmmod"
