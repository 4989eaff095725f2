# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
#
# Prints what it measures, for core.awk:
#	pause TASKS FUNCTIONS WAY US STOP-NS EMPTY-NS UNWINDING-NS UNWOUND ADDRESSES CHECKED
#	call WHAT NS
. /lib/kpatch-test/lib.sh

parameters=/sys/module/bench/parameters
runs=$(sed -n 's/.*bench-runs=\([0-9]*\).*/\1/p' /proc/cmdline)
all_tasks="50 500 5000"
all_functions="1 100 1000"
sleepers=

# sleep_in TASKS: so many tasks sleep, and no others of the kind.
sleep_in()
{
	[ -z "$sleepers" ] || { kill "$sleepers"; wait "$sleepers"; } 2>/dev/null
	rm -f /tmp/asleep
	./sleepers "$1" >/tmp/asleep &
	sleepers=$!
	until grep -q 'all asleep' /tmp/asleep; do
		[ -e /proc/$sleepers ] || die "$1 sleeping tasks"
		sleep 0.2
	done
	sleep 1
}

# turn DIR 0|1 STATE: until the patch is in that state. This shell sleeps at once and makes no process
# meanwhile: a processor that works has to be waited for before it stops.
turn()
{
	echo "$2" >"$1/enabled"
	# shellcheck disable=SC3045 # busybox has it
	read -r -t 1 _ <>/tmp/nothing
	settled "$1"
	[ "$(cat "$1/state")" = "$3" ] || die "$1 is not $3: $(cat "$1/result") $(cat "$1/blockers")"
}

# measure TASKS FUNCTIONS WAY DIR: what the last operation took, and its parts alone.
measure()
{
	stop=$(cat $parameters/last_stop)
	empty=$(cat $parameters/empty_stop)
	echo "pause $1 $2 $3 $(cat "$4/pause_us") $stop $empty" \
		"$(cat $parameters/unwinding) $(cat "$4/tasks")"
}

# pauses TASKS FUNCTIONS
pauses()
{
	dir=/sys/kernel/kpatch/bench_core_$2
	insmod "bench-core-$2.ko" || die "bench-core-$2.ko"
	settled "$dir"
	run=0
	while [ $run -lt "$runs" ]; do
		turn "$dir" 0 disabled
		measure "$1" "$2" off "$dir"
		turn "$dir" 1 enabled
		measure "$1" "$2" on "$dir"
		run=$((run + 1))
	done
	turn "$dir" 0 disabled
	rmmod "bench_core_$2" || die "bench_core_$2 stays"
}

call()
{
	run=0
	while [ $run -lt "$runs" ]; do
		echo "call $1 $(cat $parameters/calls)"
		run=$((run + 1))
	done
}

# The unpatched function before and after each: the machine may be busier at one time.
calls()
{
	call unpatched
	kpatch load bench-livepatch-1.ko >/dev/null || die "bench-livepatch-1.ko"
	call livepatch
	kpatch unload bench_livepatch_1 >/dev/null || die "bench_livepatch_1 stays"
	call unpatched
	for functions in 1 1000; do
		kpatch load "bench-core-$functions.ko" >/dev/null || die "bench-core-$functions.ko"
		call "core,$functions-functions"
		kpatch unload "bench_core_$functions" >/dev/null || die "bench_core_$functions stays"
		call unpatched
	done
}

mkfifo /tmp/nothing
echo 20000 >/proc/sys/kernel/threads-max
for module in kpatch bench-target bench; do
	insmod $module.ko || die "$module.ko"
done
calls
for tasks in $all_tasks; do
	sleep_in "$tasks"
	for functions in $all_functions; do
		pauses "$tasks" "$functions"
	done
done
for module in bench bench_target kpatch; do
	rmmod $module || die "$module stays"
done
