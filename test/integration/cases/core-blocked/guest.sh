# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-core-blocked.ko
dir=/sys/kernel/kpatch/livepatch_core_blocked

as_nobody()
{
	program=$(command -v "$1")
	shift
	start-stop-daemon -S -q -c 65534:65534 -x "$program" -- "$@"
}

# wakes STATE: the patch waits for the reader, and reaches the state when it has gone.
wakes()
{
	like "waits for it" "$(cat $dir/blockers)" "^$reader tty_read head$"
	like "status names it" "$(kpatch status)" "pid $reader \(head\) still runs .*: in tty_read"
	said=$(as_nobody kpatch status 2>&1)
	unlike "status for others" "$said" "pid $reader"
	like "status for others" "$said" "not known: the stacks of tasks are for root"
	unlike "JSON for others" "$(as_nobody kpatch status --json 2>/dev/null)" '"(blockers|old_tasks)"'
	kill $reader
	wait $reader
	settled $dir
	is "state when it is gone" "$(cat $dir/state)" "$1"
	like "attempts" "$(cat $dir/attempts)" '^([2-9]|[1-9][0-9]+)$'
}

before=$(code_of tty_read)
sleeper
kpatch load --timeout 2 $m >/tmp/said 2>&1
status=$?
cat /tmp/said
is "exit status" $status 3
like "task, command and function are named" "$(cat /tmp/said)" "pid $reader \(head\): in tty_read"
like "what it is" "$(cat /tmp/said)" 'kpatch signal .*\[busy\]$'
[ ! -e $dir ] || die "the patch is still there"
is "code" "$(code_of tty_read)" "$before"
like "the kernel log" "$(dmesg)" "kpatch: error: livepatch_core_blocked: not patched: task $reader \(head\) was in tty_read\(\) at the last of [0-9]+ attempts \(tasks in the way: 1\) \[busy\]"

echo 600000 >/sys/module/kpatch/parameters/timeout_ms
insmod $m || die "insmod"
in_the_way $dir
is "state" "$(cat $dir/state)" patching
wakes enabled

sleeper
kpatch unload --timeout 2 livepatch_core_blocked >/tmp/said 2>&1
status=$?
cat /tmp/said
is "exit status" $status 3
like "task, command and function are named" "$(cat /tmp/said)" "pid $reader \(head\): in tty_read"
is "still in effect" "$(cat $dir/state)" enabled
echo 600000 >/sys/module/kpatch/parameters/timeout_ms
echo 0 >$dir/enabled
in_the_way $dir
is "state" "$(cat $dir/state)" unpatching
wakes disabled

# A load that waits is undone by an unload, which has then done what it should.
kpatch unload livepatch_core_blocked || die "unload"
sleeper
kpatch load $m >/tmp/said 2>&1 &
loader=$!
until grep -qs "^$reader " $dir/blockers; do sleep 0.1; done
like "unload while it waits" "$(kpatch unload livepatch_core_blocked 2>&1)" "^livepatch_core_blocked: removed$"
wait $loader
is "exit status of the load" $? 3
like "what it says" "$(cat /tmp/said)" '\[interrupted\]$'
[ ! -e $dir ] || die "the patch is still there"

# What waits behind it says so, and who is in the way.
kpatch load $m >/tmp/said 2>&1 &
loader=$!
until grep -qs "^$reader " $dir/blockers; do sleep 0.1; done
kpatch load livepatch-core-blocked-flock.ko >/tmp/behind 2>&1 &
behind=$!
until grep -q "kpatch signal, in another" /tmp/behind; do sleep 0.1; done
cat /tmp/behind
like "behind" "$(cat /tmp/behind)" "behind another operation: livepatch_core_blocked:$"
like "who is in the way" "$(cat /tmp/behind)" "pid $reader \(head\): in tty_read"
kill $reader
wait $reader
wait $behind || die "the second: $(cat /tmp/behind)"
# which replaces the first, perhaps before the first kpatch has looked: its module stays
wait $loader || die "the first: $(cat /tmp/said)"
like "the first" "$(cat /tmp/said)" "^livepatch_core_blocked: loaded and enabled"
is "the first" "$(cat $dir/state)" disabled
kpatch unload livepatch_core_blocked_flock || die "unload"
kpatch unload livepatch_core_blocked || die "unload"
insmod $m || die "insmod"
settled $dir

# Stopped for a moment, which takes it out of the function; it does not notice.
kpatch unload livepatch_core_blocked || die "unload"
is "nobody to signal" "$(kpatch signal)" "no patch waits for a task"
for way in enabled disabled; do
	# a name that the core module has to escape
	sh -c 'printf "h\303\200" >/proc/$$/comm; . /dev/ttyS1' &
	reader=$!
	asleep_in $reader tty_read
	if [ $way = enabled ]; then
		insmod $m || die "insmod"
	else
		echo 0 >$dir/enabled
	fi
	kpatch signal || die "kpatch signal: exit status $?"
	is "state" "$(cat $dir/state)" $way
	asleep_in $reader tty_read
	kill $reader
	wait $reader
done

# Given up on request.
kpatch unload livepatch_core_blocked || die "unload"
sleeper
insmod $m || die "insmod"
in_the_way $dir
echo 0 >$dir/enabled
settled $dir
is "given up" "$(cat $dir/state) $(cat $dir/result)" "disabled cancelled"
kill $reader
wait $reader
kpatch unload livepatch_core_blocked || die "unload"

# On top of a patch: who is in its version of the function is in the way, not who is in no version.
kpatch load $m || die "load"
second=livepatch-core-blocked-second.ko
sleeper
refused 3 busy kpatch load --timeout 2 $second
like "task" "$said" "pid $reader \(head\): in tty_read"
is "the first" "$(cat $dir/state)" enabled
kill $reader
wait $reader
kpatch load $second || die "load the second"
kpatch unload livepatch_core_blocked_second || die "unload the second"
kpatch unload livepatch_core_blocked || die "unload"

# A stack that cannot be read to its end: nobody knows whether the task is in the function.
m=livepatch-core-blocked.ko
insmod dark.ko || die "insmod dark.ko"
refused 3 busy kpatch load --timeout 2 $m
like "task" "$said" "pid [0-9]+ \(dark\): its stack cannot be read to the end"

# Each task is told of once, and however kpatch signal ends, they go on.
sleeper
cat /proc/dark &
dark=$!
until grep -q "^$dark (cat) D" /proc/$dark/stat; do sleep 0.1; done
echo 600000 >/sys/module/kpatch/parameters/timeout_ms
insmod $m || die "insmod"
for end in KILL TERM none; do
	kpatch signal >/tmp/said 2>&1 &
	signaller=$!
	until grep -q "^$reader (head) t" /proc/$reader/stat; do sleep 0.1; done
	until [ "$(grep -c "^kpatch: pid " /tmp/said)" -ge 3 ]; do sleep 0.1; done
	[ $end = none ] || kill -$end $signaller
	wait $signaller
	status=$?
	cat /tmp/said
	until grep -q "^$reader (head) S" /proc/$reader/stat; do sleep 0.1; done
	is "stopped" "$(grep -c "pid $reader (head) is stopped for a moment" /tmp/said)" 1
	is "sleeps" "$(grep -c "pid $dark (cat) sleeps uninterruptibly" /tmp/said)" 1
	is "thread" "$(grep -c "(dark) is a thread of the kernel" /tmp/said)" 1
	is "lines" "$(grep -c "^kpatch: pid " /tmp/said)" 3
done
is "exit status" $status 3
echo >/proc/dark
wait $dark
rmmod dark || die "rmmod dark"
kpatch signal || die "kpatch signal"
is "state" "$(cat $dir/state)" enabled
kill $reader
wait $reader
kpatch unload livepatch_core_blocked || die "unload"
kpatch load $m || die "load"
kpatch unload livepatch_core_blocked || die "unload"

# A system call in use: one task waits in it for a lock that another one has, and others call it.
m=livepatch-core-blocked-flock.ko
dir=/sys/kernel/kpatch/livepatch_core_blocked_flock
lock_code=$(code_of __x64_sys_flock)

# lock_says: what comes of a lock that is free and not waited for.
lock_says()
{
	./lock -n /tmp/free echo free
}

waiter()
{
	rm -f /tmp/held
	./lock /tmp/lock sh -c 'echo >/tmp/held; exec sleep 1000' &
	holder=$!
	until [ -e /tmp/held ]; do sleep 0.1; done
	./lock /tmp/lock echo "got it" >/tmp/got &
	waiter=$!
	asleep_in $waiter "__.*_sys_flock"
}

served()
{
	kill $holder
	wait $waiter
	is "the waiter's lock" "$(cat /tmp/got)" "got it"
}

touch /tmp/go-on
while [ -e /tmp/go-on ]; do ./lock /tmp/other sleep 0.05; done &
caller=$!
waiter
kpatch load --timeout 2 $m >/tmp/said 2>&1
is "exit status" $? 3
like "task, command and function are named" "$(cat /tmp/said)" "pid $waiter \(lock\): in __(x64|ia32)_sys_flock"
is "not patched" "$(lock_says)" free
echo 600000 >/sys/module/kpatch/parameters/timeout_ms
insmod $m || die "insmod"
in_the_way $dir
is "state" "$(cat $dir/state)" patching
served
settled $dir
is "state" "$(cat $dir/state)" enabled
is "patched" "$(lock_says)" "Resource deadlock avoided"
kpatch unload livepatch_core_blocked_flock || die "unload"
waiter
insmod $m || die "insmod"
kpatch signal --json >/tmp/said || die "kpatch signal"
like "signal" "$(tr -d ' \n' </tmp/said)" '"command":"signal",.*"exit_status":0,.*"name":"livepatch_core_blocked_flock",.*"state":"enabled",.*"result":"ok",.*"stopped":\[\{"pid":'$waiter',"command":"lock",'
is "state" "$(cat $dir/state)" enabled
is "patched" "$(lock_says)" "Resource deadlock avoided"
served
rm /tmp/go-on
wait $caller
kpatch unload livepatch_core_blocked_flock || die "unload"
is "not patched" "$(lock_says)" free
is "code" "$(code_of __x64_sys_flock)" "$lock_code"
rmmod kpatch || die "rmmod"
is "code" "$(code_of tty_read)" "$before"
