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

# size_of FUNCTION: up to the next symbol.
size_of()
{
	awk -v name="$1" 'NR == FNR { if ($3 == name) from = $1; next }
		$1 > from && (end == "" || $1 < end) { end = $1 }
		END { print from, end }' /proc/kallsyms /proc/kallsyms | {
		read -r from end
		echo $((0x$end - 0x$from))
	}
}

# all_code: each function that the patch replaces, all bytes of it.
all_code()
{
	for function in $functions; do
		echo "$function: $(code_of "$function" "$(size_of "$function")" | md5sum)"
	done
}

# left_by HALF: what the kernel keeps when nothing runs and nothing is cached. Objects are counted, not
# slabs: a cache that is shrunk has no slab put by for a processor, of which all objects would count.
# Nor may a process be made between that and the reading; what the kernel itself takes meanwhile makes counts
# greater only, so the least of some readings is taken. Pages are free also when a processor has put
# them by, which MemFree does not count: /proc/zoneinfo does. Among them are huge ones.
# A slab that a processor has taken counts as full. Where it holds hundreds of objects that hides what
# stays: the machine is started with those caches under slub_debug, where no processor takes one.
left_by()
{
	sleep 2
	echo 3 >/proc/sys/vm/drop_caches
	echo 1 >/proc/sys/vm/compact_memory
	sleep 1
	: >/tmp/objects
	readings=5
	while [ $readings -gt 0 ]; do
		for cache in /sys/kernel/slab/*/shrink; do
			echo 1 >"$cache"
		done
		while read -r name objects _; do
			echo "$name $objects"
		done </proc/slabinfo >>/tmp/objects
		readings=$((readings - 1))
	done
	awk '!($1 in least) || $2 < least[$1] { least[$1] = $2 }
		END { for (name in least) print name, least[name] }' /tmp/objects >"/tmp/objects.$1"
	awk '/^(SUnreclaim|KernelStack|PageTables|VmallocUsed|Percpu):/ { taken += $2 }
		/^MemFree:/ { free += $2 } $1 == "count:" { free += $2 * 4 }
		END { print "kB-taken", taken; print "kB-used-up", -free }' \
		/proc/meminfo /proc/zoneinfo >"/tmp/pages.$1"
}

# grown KIND LIMIT: what is there more than after the first half, but for what is below the limit.
grown()
{
	awk -v limit="$2" 'NR == FNR { had[$1] = $2; next }
		$1 in had && $2 - had[$1] >= limit { print $1 ": " had[$1] ", then " $2 }' \
		"/tmp/$1.1" "/tmp/$1.2"
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
	left_by $half
done
echo "cycles: $cycles, loads given up: $busy, unloads tried again: $unloads_busy"
sort -n /tmp/pauses | awk '{ pause[NR] = $1 } END { print "pauses in microseconds: least " pause[1] \
	", median " pause[int((NR + 1) / 2)] ", most " pause[NR] }'
echo "objects more or less in the second half: $(awk 'NR == FNR { had[$1] = $2; next }
	$2 != had[$1] { printf "%s %+d, ", $1, $2 - had[$1] }' /tmp/objects.1 /tmp/objects.2)"
echo "pages after each half, in kB: $(paste /tmp/pages.1 /tmp/pages.2 | tr '\n\t' ', ')"
[ $((busy * 10)) -le "$cycles" ] || die "more than one in ten given up"
[ $((unloads_busy * 10)) -le "$cycles" ] || die "more than one in ten tried again"
# At full length, three quarters of an object or of a page in each cycle of the second half. A shorter
# run cannot tell that from what the load leaves behind: some objects more.
limit=187
[ "$cycles" -ge 500 ] || limit=$((limit + 128))
is "objects that stay" "$(grown objects $limit)" ""
is "pages that stay" "$(grown pages 750)" ""
is "code" "$(all_code)" "$before"
rmmod kpatch || die "rmmod"
