# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

data=livepatch-core-hooks-data
hooks=livepatch-core-hooks-refusing

# The registered names, without the headings and the block devices.
names()
{
	sed -n '/^Block/q; s/^ *[0-9]* //p' /proc/devices
}

with_lengths()
{
	names | awk '{ print $0 " (" length($0) ")" }'
}

# hooks_called: those since the last call, in one line.
hooks_called()
{
	dmesg | sed -n 's/.*kpatch-hooks: //p' | tail -n +$((seen + 1)) | tr '\n' ' '
	seen=$(dmesg | grep -c 'kpatch-hooks: ')
	echo "$seen" >/tmp/seen
}

called()
{
	seen=$(cat /tmp/seen)
	is "hooks" "$(hooks_called)" "$1"
}

echo 0 >/tmp/seen
before=$(names)
wanted=$(with_lengths)
for round in 1 2; do
	kpatch load $data.ko || die "load"
	is "all names in the new form, round $round" "$(names)" "$wanted"
	modprobe libnvdimm || die "modprobe"
	like "a name that came later" "$(names)" '^ndctl \(5\)$'
	kpatch unload $data || die "unload"
	like "is in the old form then" "$(names)" '^ndctl$'
	rmmod libnvdimm
	is "all names in the old form" "$(names)" "$before"
done

# Somebody sleeps with the lock of the data: a check refuses until it is free, on the way in and out.
hold()
{
	insmod holder.ko address="0x$(sed -n 's/ [bdBD] chrdevs_lock$//p' /proc/kallsyms)" ||
		die "insmod holder.ko"
}

hold
refused 3 busy kpatch load --timeout 1 $data.ko
like "who" "$said" "a check of the patch"
rmmod holder || die "rmmod holder"
is "all names in the old form" "$(names)" "$before"
kpatch load $data.ko || die "load"
hold
refused 3 busy kpatch unload --timeout 1 $data
rmmod holder || die "rmmod holder"
is "all names in the new form" "$(names)" "$wanted"
kpatch unload $data || die "unload"
is "all names in the old form" "$(names)" "$before"

kpatch load $hooks.ko || die "load"
called "pre_patch check_patch apply_patch post_patch "
is "version" "$(sed 1d /proc/version)" patched
hostname no-unpatch
refused 2 refused kpatch unload $hooks
like "which" "$said" "not unpatched, the patch's own check_unpatch callback refuses: .* \(-[0-9]+\);"
like "result" "$(cat /sys/kernel/kpatch/livepatch_core_hooks_refusing/result)" '^refused by check_unpatch: -[0-9]+$'
called "pre_unpatch check_unpatch fail_unpatch "
is "version" "$(sed 1d /proc/version)" patched

# One that was replaced since was in effect, whatever has been refused before.
insmod $data.ko || die "insmod"
settled /sys/kernel/kpatch/livepatch_core_hooks_data
is "result of the replaced one" "$(cat /sys/kernel/kpatch/livepatch_core_hooks_refusing/result)" ok
is "its state" "$(cat /sys/kernel/kpatch/livepatch_core_hooks_refusing/state)" disabled
kpatch unload $data || die "unload"
rmmod $hooks || die "rmmod"
hostname guest
kpatch load $hooks.ko || die "load"
called "pre_patch check_patch apply_patch post_patch "
kpatch unload $hooks || die "unload"
called "pre_unpatch check_unpatch apply_unpatch post_unpatch "
is "version" "$(wc -l </proc/version)" 1

hostname no-check
refused 2 refused kpatch load $hooks.ko
like "which" "$said" "not patched, the patch's own check_patch callback refuses: "
called "pre_patch check_patch fail_patch "
is "version" "$(wc -l </proc/version)" 1
hostname no-pre
refused 2 refused kpatch load $hooks.ko
like "which" "$said" "not patched, the patch's own pre_patch callback refuses: "
called "pre_patch "
is "version" "$(wc -l </proc/version)" 1
[ ! -e /sys/module/livepatch_core_hooks_refusing ] || die "the module is loaded"

# A plain insmod waits for nothing: the log tells.
insmod $hooks.ko || die "insmod"
settled /sys/kernel/kpatch/livepatch_core_hooks_refusing
is "state" "$(cat /sys/kernel/kpatch/livepatch_core_hooks_refusing/state)" disabled
is "lines in the log" "$(dmesg | grep -c "kpatch: error: livepatch_core_hooks_refusing: not patched: its own pre_patch callback refuses")" 2
called "pre_patch "
rmmod $hooks || die "rmmod"
hostname guest
rmmod kpatch || die "rmmod"
