# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-core-faults.ko
name=livepatch_core_faults
dir=/sys/kernel/kpatch/$name
at=/sys/module/kpatch/parameters/fault_at
before=$(code_of meminfo_proc_show)

patched()
{
	is "patched" "$(grep -c VMALLOCCHUNK /proc/meminfo)" "$1"
}

nothing_left()
{
	rmmod $name 2>/dev/null
	[ ! -e /sys/module/$name ] || die "the module is loaded"
	[ ! -e $dir ] || die "$dir is there"
	patched 0
}

# The core module.
n=1
until insmod kpatch-faults.ko fault_at=$n 2>/dev/null && [ "$(cat $at)" != 0 ]; do
	[ ! -e /sys/module/kpatch ] || die "loaded, although call $n failed"
	[ ! -e /sys/kernel/kpatch ] || die "its folder is there"
	n=$((n + 1))
done
echo "calls that can fail when the core module is loaded: $((n - 1))"
[ $n -gt 5 ] || die "so few?"

# Switching on: the insertion is refused, or the patch ends up disabled and its module is removed.
# Not by insmod, which tries twice.
# faulty_loads FILE CHECK: until no call fails any more; CHECK is called when nothing is to be left.
faulty_loads()
{
	n=1
	while :; do
		echo $n >$at
		kpatch load "$1" >/tmp/said 2>&1
		status=$?
		[ "$(cat $at)" = 0 ] || break
		[ $status = 2 ] || die "call $n: exit status $status: $(cat /tmp/said)"
		$2
		n=$((n + 1))
	done
	is "exit status" "$status" 0
	echo 0 >$at
	echo "calls that can fail when $1 is loaded: $((n - 1))"
	[ $n -gt 5 ] || die "so few?"
}

faulty_loads $m nothing_left
is "state" "$(cat $dir/state)" enabled
patched 1

# Switching off: it stays as it was, or goes although what is left is cleaned up later.
n=1
while :; do
	echo $n >$at
	echo 0 >$dir/enabled
	settled $dir
	left=$(cat $at)
	echo 0 >$at
	[ "$left" != 0 ] && break
	case $(cat $dir/state) in
	enabled) patched 1 ;;
	disabled)
		patched 0
		echo 1 >$dir/enabled
		settled $dir
		is "on again" "$(cat $dir/state)" enabled
		patched 1
		;;
	*) die "call $n: $(cat $dir/state)" ;;
	esac
	n=$((n + 1))
done
echo "calls that can fail when a patch is unloaded: $((n - 1))"
[ $n -gt 2 ] || die "so few?"
nothing_left
is "code" "$(code_of meminfo_proc_show)" "$before"

# A module that the patch is for: it is there, it comes, it goes.
z=livepatch_core_faults_module

zram_alone()
{
	rmmod $z 2>/dev/null
	[ ! -e /sys/module/$z ] || die "the module is loaded"
	zram_is zram 0
}

modprobe zram || die "modprobe zram"
faulty_loads livepatch-core-faults-module.ko zram_alone
zram_is zram "0 of major MAJOR"

rmmod zram || die "rmmod zram"
n=1
while :; do
	echo $n >$at
	modprobe zram 2>/dev/null
	status=$?
	left=$(cat $at)
	echo 0 >$at
	[ "$left" = 0 ] || break
	[ $status != 0 ] || zram_is zram "0 of major MAJOR"
	[ $status = 0 ] || [ ! -e /sys/module/zram ] || die "call $n: the module is there"
	rmmod zram 2>/dev/null
	n=$((n + 1))
done
is "exit status" "$status" 0
zram_is zram "0 of major MAJOR"
echo "calls that can fail when a module comes: $((n - 1))"
[ $n -gt 5 ] || die "so few?"

n=1
while :; do
	echo $n >$at
	rmmod zram || die "call $n: the module stays"
	left=$(cat $at)
	echo 0 >$at
	modprobe zram || die "call $n: the module does not come back"
	zram_is zram "0 of major MAJOR"
	[ "$left" = 0 ] || break
	n=$((n + 1))
done
echo "calls that can fail when a module goes: $((n - 1))"
[ $n -gt 2 ] || die "so few?"
kpatch unload $z || die "unload"
zram_is zram 0
rmmod zram || die "rmmod zram"
rmmod kpatch || die "the core module stays"
