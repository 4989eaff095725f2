# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-core-module.ko
dir=/sys/kernel/kpatch/livepatch_core_module

again()
{
	rmmod zram || die "rmmod zram $*"
	modprobe zram || die "modprobe zram $*"
}

# What the patch takes from zsmalloc, on which zram depends.
takes_pages()
{
	# what compresses, where it is a module
	modprobe lzo-rle 2>/dev/null
	echo 1M >/sys/block/zram0/disksize || die "the size of zram"
	dd if=/dev/urandom of=/dev/zram0 bs=4k count=4 2>/dev/null || die "writing to zram"
	sync
	like "taken from zsmalloc" "$(cat /sys/block/zram0/initstate)" '^[1-9][0-9]* pages$'
	echo 1 >/sys/block/zram0/reset
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
takes_pages
kpatch unload livepatch_core_module || die "unload"
zram_is "unloaded" 0
again "behind the patch"
zram_is "module again, without the patch" 0

rmmod zram
for round in 1 2; do
	kpatch load $m || die "load"
	modprobe zram
	zram_is "patch before the module, round $round" "0 of major MAJOR"
	takes_pages
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
in_the_way $dir
is "state" "$(cat $dir/state)" patching
again "while patching"
zram_is "while patching" 0
rmmod zram
sleep 0.3 # some attempts without it, or none
modprobe zram
woken
is "state" "$(cat $dir/state)" enabled
zram_is "patched at last" "0 of major MAJOR"

sleeper
echo 0 >$dir/enabled
in_the_way $dir
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

# Two patches of one function of the module, before it and after it.
top=livepatch-core-module-top
for round in before after; do
	[ $round = before ] || modprobe zram
	kpatch load $m || die "load"
	kpatch load $top.ko || die "load the second"
	[ $round = after ] || modprobe zram
	zram_is "the later patch, $round the module" "top 0 of major MAJOR"
	refused 2 not-on-top kpatch unload livepatch_core_module
	again "under both"
	zram_is "the later patch, module again" "top 0 of major MAJOR"
	rmmod zram
	refused 2 not-on-top kpatch unload livepatch_core_module
	[ $round = before ] || modprobe zram
	kpatch unload $top || die "unload the second"
	[ $round = after ] || modprobe zram
	zram_is "the earlier patch is left" "0 of major MAJOR"
	kpatch unload livepatch_core_module || die "unload"
	zram_is "unloaded" 0
	rmmod zram
done

# The module is in the middle of its coming, and then of its going.
hold()
{
	insmod kpatch.ko
	insmod holdup.ko who=zram on=1 || die "insmod holdup.ko"
}

held()
{
	until grep -q Y /sys/module/holdup/parameters/held; do sleep 0.1; done
}

let_go()
{
	echo 0 >/sys/module/holdup/parameters/on
	wait $mover
	rmmod holdup || die "rmmod holdup"
}

hold
modprobe zram &
mover=$!
held
refused 2 module-loading kpatch load $m
like "the refusal" "$(dmesg)" 'module zram is being loaded; try again \[module-loading\]$'
let_go
zram_is "refused" 0
kpatch load $m || die "load"
zram_is "tried again" "0 of major MAJOR"
kpatch unload livepatch_core_module || die "unload"

hold
rmmod zram &
mover=$!
held
kpatch load $m || die "load while the module goes"
let_go
modprobe zram
zram_is "patched when it came back" "0 of major MAJOR"
hold
rmmod zram &
mover=$!
held
kpatch unload livepatch_core_module || die "unload while the module goes"
let_go
kpatch load $m || die "load"
modprobe zram
zram_is "patched" "0 of major MAJOR"

# A module of another build is not loaded under a patch, nor patched.
other_module zram /tmp/zram.ko
rmmod zram
insmod /tmp/zram.ko 2>/tmp/said && die "the other build of the module was loaded"
like "the refusal" "$(dmesg)" 'built for the module zram with build-id [0-9a-f]+, but .* \[wrong-module\]$'
modprobe zram
zram_is "patched" "0 of major MAJOR"
kpatch unload livepatch_core_module || die "unload"
rmmod zram
insmod /tmp/zram.ko || die "insmod /tmp/zram.ko"
refused 2 wrong-module kpatch load $m
insmod $m 2>/tmp/said && die "the patch was loaded for the other build of the module"
zram_is "the other build" 0
rmmod zram

# A task that sleeps in a function of the module, old and then new. It keeps the module, too.
sleeping=livepatch-core-module-sleeping
in_mice()
{
	head -c 8 </dev/input/mice >/tmp/got &
	reader=$!
	asleep_in $reader mousedev_read
}

modprobe mousedev || die "modprobe mousedev"
dir=/sys/kernel/kpatch/livepatch_core_module_sleeping
in_mice
kpatch load --timeout 2 $sleeping.ko >/tmp/said 2>&1
is "exit status" $? 3
like "task, command and function are named" "$(cat /tmp/said)" "pid $reader \(head\): in mousedev_read"
echo 600000 >/sys/module/kpatch/parameters/timeout_ms
insmod $sleeping.ko || die "insmod"
in_the_way $dir
like "waits for it" "$(cat $dir/blockers)" "^$reader mousedev_read head$"
woken
is "state" "$(cat $dir/state)" enabled
in_mice
echo 0 >$dir/enabled
in_the_way $dir
like "waits for it again" "$(cat $dir/blockers)" "^$reader mousedev_read head$"
woken
is "state" "$(cat $dir/state)" disabled
kpatch unload $sleeping || die "unload"
rmmod mousedev
rmmod kpatch || die "rmmod"
is "code" "$(code_of tty_read)" "$before"
