# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

next=livepatch_outlives_next

# ticks: the timer of the patch goes off, later than now.
ticks()
{
	is "not yet" "$(cat /proc/sys/kernel/domainname)" none
	tries=0
	while [ "$(cat /proc/sys/kernel/domainname)" = none ] && [ $tries -lt 30 ]; do
		sleep 1
		tries=$((tries + 1))
	done
	is "its code is there" "$(cat /proc/sys/kernel/domainname)" Tone
	echo none >/proc/sys/kernel/domainname
}

# starts: sets the timer off.
starts()
{
	is "patched" "$(sed 1d /proc/version)" patched
}

# outlives NAME STATE-FILE ENABLED: the patch of one back end, from its loading to its end.
outlives()
{
	name=$1
	file=$(echo "$name" | tr _ -).ko
	kpatch load "$file" || die "kpatch load $file"
	kpatch info "$file" | grep '^outlives:' >/tmp/said
	is "the file tells" "$(tr -s ' ' </tmp/said)" "outlives: note_timer"
	like "the kernel tells" "$(kpatch list)" '^  may outlive it: note_timer$'

	refused 2 address-outlives kpatch unload "$name"
	like "which" "$said" " note_timer,"
	refused 2 address-outlives kpatch unload "$file"
	is "it is in effect" "$(cat "$2")" "$3"

	# the timer goes off when the patch has been switched off
	starts
	kpatch unload --keep-module "$name" || die "kpatch unload --keep-module"
	is "its effect is gone" "$(sed 1d /proc/version)" ""
	grep -q "^$name " /proc/modules || die "the module of $name is gone"
	ticks
	refused 2 address-outlives kpatch unload "$name"
	refused 2 address-outlives kpatch load "$file"
	grep -q "^$name " /proc/modules || die "the module of $name is gone"

	kpatch unload --outlives "$name" || die "kpatch unload --outlives"
	[ ! -e "/sys/module/$name" ] || die "$name: still loaded"
	kpatch load "$file" || die "kpatch load $file"
	is "enabled" "$(cat "$2")" "$3"
	kpatch unload --outlives "$name" || die "kpatch unload --outlives"
	[ ! -e "/sys/module/$name" ] || die "$name: still loaded"
}

echo none >/proc/sys/kernel/domainname
outlives livepatch_outlives_timer /sys/kernel/livepatch/livepatch_outlives_timer/enabled 1
outlives livepatch_outlives_core /sys/kernel/kpatch/livepatch_outlives_core/state enabled

# A load that comes to nothing: some tasks have run the code of a livepatch, and none that of the core module's.
sleeper
refused 3 busy kpatch load --timeout 1 livepatch-outlives-core.ko
[ ! -e /sys/module/livepatch_outlives_core ] || die "livepatch_outlives_core: still loaded"
rmmod kpatch || die "rmmod kpatch"
while :; do cat /proc/version; sleep 0.5; done >/tmp/read 2>&1 &
loop=$!
refused 3 transition-reversed kpatch load --timeout 6 livepatch-outlives-timer.ko
kill $loop $reader
grep -q '^patched$' /tmp/read || die "the patch was not used"
like "its module stays" "$said" 'livepatch_outlives_timer: its module stays loaded: .* note_timer '
grep -q '^livepatch_outlives_timer ' /proc/modules || die "the module is gone"
ticks
refused 2 address-outlives kpatch load livepatch-outlives-timer.ko
kpatch unload --outlives livepatch_outlives_timer || die "kpatch unload --outlives"

# One that is replaced stays, and is not removed later, either.
load livepatch-outlives-timer.ko
said=$(kpatch load livepatch-outlives-next.ko 2>&1) || die "kpatch load livepatch-outlives-next.ko"
like "it stays" "$said" 'livepatch_outlives_timer was replaced; its module stays loaded, and has to: .* note_timer '
is "next" "$(sed 1d /proc/loadavg)" "patch next"
refused 2 address-outlives kpatch unload livepatch_outlives_timer
grep -q '^livepatch_outlives_timer ' /proc/modules || die "the module is gone"
kpatch unload --outlives livepatch_outlives_timer || die "kpatch unload --outlives"
kpatch unload $next || die "kpatch unload"
