# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-verify.ko
other=livepatch-verify-other.ko
tracing=/sys/kernel/tracing

# verified WHEN [PIECES]: all of the patch's code in memory is the shipped one.
verified()
{
	said=$(kpatch verify $m 2>&1) || die "$1: $said"
	like "$1" "$said" "$m: ${2:-3} of 3 pieces of code in memory are as shipped"
}

nothing_loaded()
{
	[ ! -e /sys/module/livepatch_verify ] || die "the patch is loaded"
	is "version" "$(wc -l </proc/version)" 1
}

# poke FUNCTION VALUE: write to its twelfth byte.
poke()
{
	address=$(sed -n "s/ t $1\(	\[zram\]\)*\$//p" /proc/kallsyms)
	insmod poke.ko address="$(printf '0x%x' $((0x$address + 11)))" value="$2" || die "poke"
	rmmod poke
}

mount -t tracefs tracefs $tracing || die "tracefs"
mount -t debugfs debugfs /sys/kernel/debug || die "debugfs"

verified "without the module" 2
like "and says so" "$said" 'module zram is not loaded'
modprobe zram || die "zram"
verified "untouched"
like "by function" "$said" 'zram: initstate_show: as shipped, [0-9]+ bytes'

said=$(kpatch verify all.ko 2>&1) || die "all functions: $said"
like "all functions of the objects" "$(printf '%s\n' "$said" | tail -n 1)" \
	'^all.ko: ([0-9]{3}) of \1 pieces of code in memory are as shipped'

kpatch load --verify $m || die "load --verify"
is "version" "$(sed 1d /proc/version)" patched
verified "loaded"
unload $m
verified "unloaded"
load $other
kpatch load --verify $m || die "load --verify beside another patch"
verified "beside another patch"
unload $m
unload $other
nothing_loaded

echo locks_get_lock_context version_proc_show initstate_show >$tracing/set_ftrace_filter
echo function >$tracing/current_tracer
verified "traced"
echo 1 >$tracing/events/filelock/locks_get_lock_context/enable
verified "a jump label the other way"
like "which shows" "$said" 'locks_get_lock_context: as shipped, [0-9]+ bytes, [1-9]'
kpatch load --verify $m || die "load --verify while traced"
unload $m
echo 0 >$tracing/events/filelock/locks_get_lock_context/enable
echo nop >$tracing/current_tracer
echo >$tracing/set_ftrace_filter

# At the first instruction behind the tracer's call, and behind ENDBR where there is one.
offset=5
[ "$(code_of version_proc_show | cut -c 1-2)" != f3 ] || offset=9
echo "p:probe version_proc_show+$offset" >$tracing/kprobe_events || die "kprobe"
echo 1 >$tracing/events/kprobes/probe/enable
# The kernel makes a jump of it after a while, which is not to be in the middle of what follows.
tries=0
while ! grep -q OPTIMIZED /sys/kernel/debug/kprobes/list && [ $tries -lt 600 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
verified "with a kprobe"
umount /sys/kernel/debug
said=$(kpatch verify $m 2>&1) && die "a breakpoint without a list of kprobes was not seen"
like "a breakpoint, or a jump, that nobody explains" "$said" \
	"version_proc_show\\+0x$offset in memory is not the shipped code.*\\[memory-differs\\]"
mount -t debugfs debugfs /sys/kernel/debug || die "mount"
echo 0 >$tracing/events/kprobes/probe/enable
echo >$tracing/kprobe_events
verified "without the kprobe"

for function in version_proc_show initstate_show; do
	poke $function 0x06 # no instruction begins with it
	refused 2 memory-differs kpatch load --verify $m
	like "where" "$said" "$function\\+0xb in memory .*seen 06"
	was=$(printf '%s\n' "$said" | sed -n 's/.*+0xb in memory .*expected \(..\) .*/\1/p')
	# Before the first of several files is loaded. Nobody may run the changed code.
	refused 2 memory-differs kpatch load --verify $other $m
	is "no patch" "$(ls /sys/kernel/livepatch)" ""
	poke $function "0x$was"
	verified "as before"
done

other_kernel $m /tmp/$m
refused 2 wrong-kernel kpatch load --verify /tmp/$m
refused 2 wrong-kernel kpatch verify /tmp/$m
nothing_loaded

echo 2 >/proc/sys/kernel/kptr_restrict
refused 10 addresses-hidden kpatch load --verify $m
echo 0 >/proc/sys/kernel/kptr_restrict
nothing_loaded
rmmod zram
umount /sys/kernel/debug
umount $tracing
