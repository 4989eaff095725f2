# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

dir=/sys/kernel/kpatch/agree
rounds=4

# reported VERSION: the operation has ended, with so many checks in the stop.
reported()
{
	settled $dir
	switches=$((switches + 1))
	said=$(dmesg | sed -n 's/.*kpatch-nmi: //p' | tail -n 1)
	like "the last operation" "$said" "^$1: interrupts [0-9]{2,}, NMIs [0-9]{2,}, mixed 0, in the stop $((switches * 5)), held $switches, failed 0$"
}

before="$(code_of lcm) $(code_of lcm_not_zero)"
# The note of the build-id: 4 bytes "GNU" behind sizes of 4 and 20, and the type.
id=$(xxd -p /sys/kernel/notes | tr -d '\n' | sed -n 's/.*040000001400000003000000474e5500\(.\{40\}\).*/\1/p')
insmod kpatch.ko || die "the core module does not load"
insmod interrupts.ko || die "insmod interrupts.ko"
for function in schedule multi_cpu_stop do_idle; do
	insmod agree.ko build_id="$id" replaced=$function 2>/tmp/said && die "a patch of $function()"
	like "the refusal" "$(dmesg)" "some task is in $function\(\) at all times, .*\[always-active\]$"
done
insmod agree.ko build_id="$id" inactive=worker_thread 2>/tmp/said && die "a patch that names worker_thread()"
like "the refusal" "$(dmesg)" "some task is in worker_thread\(\) at all times, .*\(KPATCH_INACTIVE\).*\[always-active\]$"
insmod agree.ko build_id="$id" || die "the patch does not load"
switches=0
while [ $switches -lt $((2 * rounds)) ]; do
	[ $switches = 0 ] || echo 1 >$dir/enabled
	reported new
	like "attempts" "$(cat $dir/attempts)" '^([4-9]|[1-9][0-9])$'
	echo 0 >$dir/enabled
	reported old
done
rmmod agree || die "rmmod agree"
rmmod interrupts || die "rmmod interrupts"
rmmod kpatch || die "rmmod kpatch"
is "code" "$(code_of lcm) $(code_of lcm_not_zero)" "$before"
