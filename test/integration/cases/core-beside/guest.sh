# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

p=livepatch-core-beside
functions="version_proc_show loadavg_proc_show"
tracing=/sys/kernel/tracing

# Linux 6.1 loses its way when BPF programs come to a function that somebody redirects: ftrace meets an
# ops without a function (arch_ftrace_ops_list_func()) and goes out of order.
all="fentry fexit kprobe"
second=$all
case $(uname -r) in
6.1.*) second=kprobe ;;
# fexit behind fentry there: bpf_tramp_ftrace_ops_func() warns and refuses
7.*) second="fentry kprobe" ;;
esac

# watch WAY...: on both functions.
watch()
{
	rm -rf /tmp/watch
	mkdir /tmp/watch
	watchers=
	for function in $functions; do
		for way in "$@"; do
			: >"/tmp/watch/$way-$function"
			./watch "$way" "$function" >"/tmp/watch/$way-$function" 2>&1 &
			watchers="$watchers $!"
		done
	done
	for file in /tmp/watch/*; do
		until [ -s "$file" ]; do sleep 0.1; done
		is "$file" "$(cat "$file")" ready
	done
}

# counted WHAT: all watchers have seen calls.
counted()
{
	# shellcheck disable=SC2086
	kill $watchers
	# shellcheck disable=SC2086
	wait $watchers
	for file in /tmp/watch/*; do
		like "$1: $file" "$(tail -n 1 "$file")" '^[1-9][0-9]*$'
	done
}

shows()
{
	is "version" "$(sed 1d /proc/version)" "$1"
	is "loadavg" "$(sed 1d /proc/loadavg)" "$2"
}

load_both()
{
	kpatch load $p.ko || die "load"
	shows patched ''
	kpatch load $p-more.ko || die "load the second"
	shows patched other
}

unload_both()
{
	kpatch unload $p || die "unload"
	shows '' other
	kpatch unload $p-more || die "unload the second"
	shows '' ''
}

# traced TEXT: what the tracer has seen of the functions since the last time.
traced()
{
	like "traced" "$(cat $tracing/trace)" "$1"
	echo >$tracing/trace
}

code()
{
	echo "$(code_of version_proc_show) $(code_of loadavg_proc_show)"
}

mount -t tracefs tracefs $tracing || die "no tracefs"
before=$(code)

# They come first, and see the calls with a patch and without.
# shellcheck disable=SC2086
watch $all
load_both
counted "patched"
# shellcheck disable=SC2086
watch $second
shows patched other
unload_both
counted "unpatched"
is "code" "$(code)" "$before"

# The patches come first.
load_both
# shellcheck disable=SC2086
watch $second
shows patched other
counted "after the patches"
shows patched other
unload_both
is "code" "$(code)" "$before"

# Tracers and an event of a kprobe, over the coming and the going.
echo "$functions" >$tracing/set_ftrace_filter
echo 'p:probe version_proc_show' >$tracing/kprobe_events
for tracer in function function_graph; do
	echo $tracer >$tracing/current_tracer
	echo 1 >$tracing/events/kprobes/probe/enable
	load_both
	like "probed" "$(cat $tracing/trace)" 'probe: \(version_proc_show'
	traced ' version_proc_show[ (;]'
	shows patched other
	traced ' loadavg_proc_show[ (;]'
	unload_both
	traced ' version_proc_show[ (;]'
	load_both
	echo 0 >$tracing/events/kprobes/probe/enable
	echo nop >$tracing/current_tracer
	shows patched other
	unload_both
done
echo >$tracing/kprobe_events
echo >$tracing/set_ftrace_filter
is "code" "$(code)" "$before"

# What wants the function alone comes second, and is not let in. Linux 7.2 forgets to say so:
# __register_kprobe() drops the error of arm_kprobe().
load_both
if insmod probe.ko symbol=version_proc_show; then
	like "the kernel" "$(uname -r)" '^7\.'
	like "one owner" "$(grep '^version_proc_show ' $tracing/enabled_functions)" '\(1\).*redirect'
	rmmod probe || die "rmmod probe"
fi
shows patched other
unload_both
insmod probe.ko symbol=version_proc_show || die "insmod probe.ko"
refused 2 function-owned kpatch load $p.ko
like "the owner" "$said" "version_proc_show is redirected by a kprobe with a post handler"
rmmod probe || die "rmmod probe"
umount $tracing
rmmod kpatch || die "rmmod kpatch"
is "code" "$(code)" "$before"
