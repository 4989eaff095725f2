# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-core-references
key=/proc/sys/kernel/sched_schedstats
preempt=/sys/kernel/debug/sched/preempt

# sees KEY: a process may come or go while they are counted.
sees()
{
	tries=0
	until grep -q '^processes right$' /proc/version || [ $tries = 20 ]; do
		tries=$((tries + 1))
	done
	is "references" "$(sed '1d; /^processes wrong$/s/wrong/right/' /proc/version | tr '\n' ' ')" \
		"processes right features 1111 schedstats $1 "
	[ $tries -lt 20 ] || die "the number of processes is wrong"
}

mount -t debugfs debugfs /sys/kernel/debug || die "no debugfs"
was=$(sed 's/.*(\([a-z]*\)).*/\1/' $preempt)
before=$(code_of version_proc_show)
for first in 0 1; do
	echo $first >$key
	kpatch load $m.ko || die "load"
	for state in $first $((1 - first)) $first; do
		echo "$state" >$key
		[ "$state" = 1 ] && sees on
		[ "$state" = 0 ] && sees off
		# full, and what else the kernel has: none and voluntary, or lazy (Linux 7.2)
		for mode in $(tr -d '()' <$preempt); do
			echo "$mode" >"$preempt"
			like "preemption" "$(cat $preempt)" "\($mode\)"
			grep -q features /proc/version || die "nothing is shown"
		done
	done
	kpatch unload $m || die "unload"
done
echo 0 >$key
echo "$was" >$preempt
umount /sys/kernel/debug
rmmod kpatch || die "rmmod"
is "code" "$(code_of version_proc_show)" "$before"
