# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-module.ko

state()
{
	cat /sys/block/zram0/initstate
}

major=$(modprobe zram && sed -n 's/ zram$//p' /proc/devices | tr -d ' ')
is "module without the patch" "$(state)" 0
load $m
is "patch after the module" "$(state)" "0 of major $major"
unload $m
is "unloaded" "$(state)" 0

rmmod zram
load $m
modprobe zram
major=$(sed -n 's/ zram$//p' /proc/devices | tr -d ' ')
is "patch before the module" "$(state)" "0 of major $major"

# A kernel that does not clear what it wrote into the patch for a module that goes
# (6.2 and older) refuses to load that module again under the same patch.
if grep -q ' clear_relocate_add$' /proc/kallsyms; then
	rmmod zram && modprobe zram
	major=$(sed -n 's/ zram$//p' /proc/devices | tr -d ' ')
	is "module again, under the patch" "$(state)" "0 of major $major"
fi
unload $m
is "unloaded" "$(state)" 0
rmmod zram
