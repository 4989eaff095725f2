# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-tail-call.ko

like "block devices are listed" "$(cat /proc/devices)" "Block devices:"
load $m
unlike "block devices are not listed" "$(cat /proc/devices)" "Block devices:"

head -n 1000 /proc/devices >/tmp/got &
reader=$!
tries=0
until grep -q devinfo_place "/proc/$reader/stack" || [ $tries -ge 300 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
kpatch unload --timeout 10 livepatch_tail_call >/tmp/said 2>&1
status=$?
cat /tmp/said
is "exit status" $status 3
like "task and function are named" "$(cat /tmp/said)" "pid $reader \(head\).* devinfo_place"

kill $reader
wait $reader
unload $m
like "block devices are listed again" "$(cat /proc/devices)" "Block devices:"
