# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-core-stress
cycles=$(sed -n 's/.*stress-cycles=\([0-9]*\).*/\1/p' /proc/cmdline)
cycles=${cycles:-50}
functions=

load_of()
{
	while [ -e /tmp/go-on ]; do
		case $1 in
		calls) cat /proc/meminfo; free; ls -lR /sys/class ;;
		modules) modprobe libnvdimm; rmmod libnvdimm ;;
		memory) dd if=/dev/zero of=/tmp/fill bs=1M count=150; rm /tmp/fill ;;
		esac >/dev/null 2>&1
	done
}

# all_code: the entry of each function that the patch replaces.
all_code()
{
	for function in $functions; do
		code_of "$function"
	done
}

# What the kernel itself has taken, in kB: modules, trampolines, records, stacks. The free
# memory as well, which moves by megabytes with what the load did.
kernel_memory()
{
	sleep 1
	echo 3 >/proc/sys/vm/drop_caches
	awk '/^(SUnreclaim|KernelStack|VmallocUsed|Percpu):/ { taken += $2 }
		/^MemFree:/ { free = $2 } END { print taken, free }' /proc/meminfo
}

start_load()
{
	touch /tmp/go-on
	for load in calls calls modules memory; do
		load_of $load &
		loads="$loads $!"
	done
}

stop_load()
{
	rm /tmp/go-on
	# shellcheck disable=SC2086
	wait $loads
	loads=
}

cycle()
{
	kpatch load --timeout 5 $m.ko >/tmp/said 2>&1 || { tell_busy load; return 1; }
	sed -n 's/.*stood still for \([0-9]*\) us.*/\1/p' /tmp/said >>/tmp/pauses
	until kpatch unload --timeout 5 $m >/tmp/said 2>&1; do
		tell_busy unload
		unloads_busy=$((unloads_busy + 1))
	done
}

tell_busy()
{
	grep -q '\[busy\]$' /tmp/said && return
	cat /tmp/said
	die "$1 failed, and not because somebody was in the way"
}

functions=$(kpatch info $m.ko | sed -n 's/^  vmlinux: //p' | tr -d ,)
like "functions" "$functions" meminfo_proc_show
before=$(all_code)
busy=0
unloads_busy=0
loads=
insmod kpatch.ko || die "the core module does not load"
done=0
for half in 1 2; do
	start_load
	while [ $done -lt $((half * cycles / 2)) ]; do
		cycle || busy=$((busy + 1))
		done=$((done + 1))
	done
	stop_load
	kernel_memory >>/tmp/taken
done
echo "cycles: $cycles, loads given up: $busy, unloads tried again: $unloads_busy"
echo "pauses in microseconds, from least to most: $(sort -n /tmp/pauses | tr '\n' ' ')"
echo "kB taken by the kernel and free, after each half: $(tr '\n' ' ' </tmp/taken)"
[ $((busy * 10)) -le "$cycles" ] || die "more than one in ten given up"
[ $((unloads_busy * 10)) -le "$cycles" ] || die "more than one in ten tried again"
awk '{ taken[NR] = $1; free[NR] = $2 }
	END { exit !(taken[2] <= taken[1] + 1024 && free[2] >= free[1] - 16384) }' /tmp/taken ||
	die "memory is gone"
is "code" "$(all_code)" "$before"
rmmod kpatch || die "rmmod"
