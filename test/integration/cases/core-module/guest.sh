# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-core-module.ko
dir=/sys/kernel/kpatch/livepatch_core_module

# zram_is WHEN TEXT: what the function of the module says; MAJOR stands for its major number.
zram_is()
{
	major=$(sed -n 's/ zram$//p' /proc/devices | tr -d ' ')
	is "$1" "$(cat /sys/block/zram0/initstate)" "$(echo "$2" | sed "s/MAJOR/$major/")"
}

again()
{
	rmmod zram || die "rmmod zram $*"
	modprobe zram || die "modprobe zram $*"
}

# The harness's own terminal: nobody types there, so the reader waits in tty_read().
sleeper()
{
	head -c 1 </dev/ttyS1 >/tmp/got &
	reader=$!
	sleep 1
}

woken()
{
	kill $reader
	wait $reader
	settled $dir
}

modprobe zram
before=$(code_of tty_read)
zram_is "without the patch" 0
kpatch load $m || die "load"
zram_is "patch after the module" "0 of major MAJOR"
again "under the patch"
zram_is "module again, under the patch" "0 of major MAJOR"
kpatch unload livepatch_core_module || die "unload"
zram_is "unloaded" 0
again "behind the patch"
zram_is "module again, without the patch" 0

rmmod zram
for round in 1 2; do
	kpatch load $m || die "load"
	modprobe zram
	zram_is "patch before the module, round $round" "0 of major MAJOR"
	again "under the patch"
	zram_is "module again, under the patch" "0 of major MAJOR"
	rmmod zram
	modprobe zram num_devices=some 2>/tmp/said && die "zram with a parameter that is no number"
	modprobe zram
	zram_is "module again, after its loading has failed" "0 of major MAJOR"
	rmmod zram
	kpatch unload livepatch_core_module || die "unload without the module"
done

# In the middle of an operation, which a task in a function of the kernel keeps waiting.
modprobe zram
sleeper
insmod $m || die "insmod"
sleep 0.3
is "state" "$(cat $dir/state)" patching
again "while patching"
zram_is "while patching" 0
rmmod zram
sleep 0.3
modprobe zram
woken
is "state" "$(cat $dir/state)" enabled
zram_is "patched at last" "0 of major MAJOR"

sleeper
echo 0 >$dir/enabled
sleep 0.3
is "state" "$(cat $dir/state)" unpatching
again "while unpatching"
zram_is "while unpatching" "0 of major MAJOR"
woken
is "state" "$(cat $dir/state)" disabled
zram_is "unpatched" 0
kpatch unload livepatch_core_module || die "unload"

# The same, gone for good.
sleeper
insmod $m || die "insmod"
rmmod zram || die "rmmod zram"
woken
is "state" "$(cat $dir/state)" enabled
modprobe zram
zram_is "patched when it came" "0 of major MAJOR"
kpatch unload livepatch_core_module || die "unload"
rmmod zram

# A task that sleeps in a function of the module, old and then new. It keeps the module, too.
sleeping=livepatch-core-module-sleeping
in_uhid()
{
	head -c 8 </dev/uhid >/tmp/got &
	reader=$!
	sleep 1
}

modprobe uhid || die "modprobe uhid"
dir=/sys/kernel/kpatch/livepatch_core_module_sleeping
in_uhid
kpatch load --timeout 2 $sleeping.ko >/tmp/said 2>&1
is "exit status" $? 3
like "task, command and function are named" "$(cat /tmp/said)" "pid $reader \(head\): in uhid_char_read"
insmod $sleeping.ko || die "insmod"
sleep 1
like "waits for it" "$(cat $dir/blockers)" "^$reader uhid_char_read head$"
woken
is "state" "$(cat $dir/state)" enabled
in_uhid
echo 0 >$dir/enabled
sleep 1
like "waits for it again" "$(cat $dir/blockers)" "^$reader uhid_char_read head$"
woken
is "state" "$(cat $dir/state)" disabled
kpatch unload $sleeping || die "unload"
rmmod uhid
rmmod kpatch || die "rmmod"
is "code" "$(code_of tty_read)" "$before"
