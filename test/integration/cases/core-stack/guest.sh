# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

p=livepatch-core-stack
dir=/sys/kernel/kpatch

shows()
{
	is "version" "$(sed 1d /proc/version)" "$1"
	is "loadavg" "$(sed 1d /proc/loadavg)" "$2"
}

# at_once IDS COMMAND...: three calls. What they want is done, and who did not do it says so.
at_once()
{
	ids=$1
	shift
	for i in 1 2 3; do
		(
			"$@" >/tmp/said.$i 2>&1
			echo "exit status $?" >>/tmp/said.$i
		) &
	done
	wait
	cat /tmp/said.?
	done=$(cat /tmp/said.? | grep -c '^exit status 0$')
	[ "$done" -ge 1 ] || die "none has done it"
	is "others" "$(cat /tmp/said.? | grep -cE "^kpatch: error: .*\[($ids)\]$")" $((3 - done))
}

version=$(code_of version_proc_show)
loadavg=$(code_of loadavg_proc_show)
kpatch load $p.ko || die "load"
shows bottom ''
kpatch load $p-other.ko || die "load"
kpatch load $p-top.ko || die "load"
shows top other
refused 2 not-on-top kpatch unload $p
like "which" "$said" "^kpatch: error: livepatch_core_stack: cannot disable it: livepatch_core_stack_top replaces"
shows top other
kpatch unload $p-top || die "unload"
shows bottom other
kpatch load $p-top.ko || die "load"
shows top other

kpatch load $p-replace.ko >/tmp/said 2>&1 || die "load"
cat /tmp/said
shows all ''
for name in "" _other _top; do
	is "replaced" "$(cat $dir/livepatch_core_stack$name/state)" disabled
	like "kpatch says so" "$(cat /tmp/said)" "livepatch_core_stack$name was replaced"
	kpatch unload livepatch_core_stack$name || die "unload"
done
shows all ''
kpatch unload $p-replace || die "unload"
shows '' ''
is "code" "$(code_of version_proc_show) $(code_of loadavg_proc_show)" "$version $loadavg"
rmmod kpatch || die "rmmod"

kpatch load $p-other.ko || die "load"
rounds=3
while [ $rounds -gt 0 ]; do
	rounds=$((rounds - 1))
	at_once 'under-way|already-loaded' kpatch load $p.ko
	shows bottom other
	at_once 'under-way|not-loaded' kpatch unload $p
	shows '' other
done
kpatch unload $p-other || die "unload"
rmmod kpatch || die "rmmod"

# At boot, the core module lying beside its patch.
store=/var/lib/kpatch/$(uname -r)
mkdir -p "$store"
cp $p.ko kpatch.ko "$store/"
kpatch load --all || die "load --all"
shows bottom ''
like "again" "$(kpatch load --all)" 'enabled already'
kpatch unload $p || die "unload"
rmmod kpatch || die "rmmod"
