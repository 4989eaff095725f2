# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-command.ko
core=livepatch-command-core.ko
name=livepatch_command
core_name=livepatch_command_core

woken()
{
	kill $reader
	wait $reader
}

# json STATUS ARGUMENT...: one object with that status, which $said receives without its blanks.
json()
{
	want=$1
	shift
	kpatch "$@" --json >/tmp/object 2>/tmp/errors
	is "status of $* --json" $? "$want"
	cat /tmp/object /tmp/errors
	is "objects" "$(grep -c '^{' /tmp/object)" 1
	said=$(tr -d ' \n' </tmp/object)
	like "status in it" "$said" "\"exit_status\":$want,"
}

# A module is seen before its back end has heard of it.
for own in $name $core_name; do
	slow=$(echo "$own" | sed s/live/slow/)
	replace_text "$slow.ko" /tmp/slow.ko "$slow" "$own"
	insmod /tmp/slow.ko 2>/tmp/insmod &
	loader=$!
	tries=0
	while [ "$(cat "/sys/module/$own/initstate" 2>/dev/null)" != coming ] && [ $tries -lt 300 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	is "$own" "$(cat "/sys/module/$own/initstate")" coming
	refused 2 under-way kpatch load "$(echo "$own" | tr _ -).ko"
	refused 2 under-way kpatch unload "$own"
	kill $loader
	wait $loader
	[ ! -e "/sys/module/$own" ] || die "$own is still there"
done

# Both back ends, when all goes well.
json 0 load $core
like "load" "$said" "\"name\":\"$core_name\",\"backend\":\"core\",\"file\":\"$core\""
like "its operation" "$said" '"result":"ok","attempts":[0-9]+,"pause_us":[0-9]+,"tasks":[0-9]+'
json 0 list
like "list" "$said" "\"name\":\"$core_name\",\"backend\":\"core\",\"state\":\"enabled\".*\"name\":\"tty_read\""
json 0 status
like "status" "$said" "\"name\":\"$core_name\".*\"pause_us\":[0-9]+.*\"old_tasks\":\[\]"
refused 2 force-unsupported kpatch unload --force $core_name
is "still there" "$(cat /sys/kernel/kpatch/$core_name/state)" enabled

# Another owner, by name, whichever comes second.
refused 2 function-owned kpatch load $m
for function in tty_read hung_up_tty_poll; do
	like "the owner" "$said" "$function is redirected by the patch of the core module $core_name"
done
json 0 unload $core_name
like "unload" "$said" "\"state\":\"removed\".*\"pause_us\":[0-9]+"
json 0 load $m
like "load" "$said" "\"name\":\"$name\",\"backend\":\"livepatch\".*\"state\":\"enabled\""
refused 2 function-owned kpatch load $core
for function in tty_read hung_up_tty_poll; do
	like "the owner" "$said" "$function is redirected by the livepatch $name"
	like "the kernel log" "$(dmesg)" "function $function is redirected by another owner"
done
json 2 load $core
like "the message" "$said" '"kind":"error","id":"function-owned"'
like "state" "$said" '"state":"absent"'
json 0 unload $name
like "unload" "$said" '"state":"removed"'
insmod probe.ko || die "insmod probe.ko"
refused 2 function-owned kpatch load $core
like "what is told" "$said" "function tty_[a-z]+ is redirected by another owner"
mount -t tracefs tracefs /sys/kernel/tracing || die "no tracefs"
grep -A 2 tty_read /sys/kernel/tracing/enabled_functions
refused 2 function-owned kpatch load $core
like "the owner" "$said" "tty_read is redirected by a kprobe with a post handler"
rmmod probe || die "rmmod probe"
insmod steer.ko || die "insmod steer.ko"
grep -A 2 tty_read /sys/kernel/tracing/enabled_functions
refused 2 function-owned kpatch load $core
like "the owner" "$said" "tty_read is redirected by a user of ftrace \(steer_call \[steer\]\)"
rmmod steer || die "rmmod steer"
umount /sys/kernel/tracing

# The core module looks at stacks, or does nothing.
sleeper
refused 2 force-unsupported kpatch load --force $core
[ ! -e /sys/module/$core_name ] || die "it is loaded"
json 3 load --timeout 1 $core
like "the task" "$said" "\"pid\":$reader,\"command\":\"head\",\"function\":\"tty_read\""
like "result" "$said" '"result":"busy"'

# A livepatch goes in past the sleeper, and status names it until it has gone.
kpatch load --timeout 2 --force $m >/tmp/said 2>&1 || die "load --force: exit status $?"
cat /tmp/said
like "the task" "$(cat /tmp/said)" "pid $reader \(head\).* tty_read"
like "the risk, before it is done" "$(sed '/loaded and enabled/,$d' /tmp/said)" 'can crash the kernel .*\[forcing\]$'
like "done" "$(tail -n 1 /tmp/said)" "^$name: loaded and enabled, by force$"
is "in transition" "$(cat /sys/kernel/livepatch/$name/transition)" 0
like "old code" "$(kpatch status)" "pid $reader \(head\) still runs the old code: sleeps in tty_read$"
json 0 status
like "old code" "$said" "\"old_tasks\":\[\{\"pid\":$reader,"
# Who may not read stacks says so, and makes nothing of it.
echo 'nobody:x:65534:65534::/:/bin/sh' >>/etc/passwd
said=$(su -s /bin/sh nobody -c 'kpatch status' 2>&1)
like "not as root" "$said" "not known"
unlike "not as root" "$said" "still"
woken
unlike "old code" "$(kpatch status)" "still"
unload $m

# And out; then its module stays.
load $m
sleeper
echo 0 >/sys/kernel/livepatch/$name/enabled
like "the patch's code" "$(kpatch status)" "pid $reader \(head\) still runs the patch's code: sleeps in tty_read of $name$"
like "signal" "$(kpatch signal 2>&1)" "$name: the kernel's livepatch signals tasks by itself"
json 0 unload --timeout 2 --force $name
like "forced" "$said" '"forced":true'
like "state" "$said" '"state":"absent"'
like "the risk" "$(cat /tmp/errors)" '\[forcing\]$'
[ -e /sys/module/$name ] || die "the module has gone with a task in it"
stays $name
rmmod kpatch || die "rmmod kpatch"
woken
refused 2 module-in-use kpatch load $m
