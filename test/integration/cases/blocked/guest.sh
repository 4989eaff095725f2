# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-blocked.ko

mkfifo /tmp/fifo
exec 3<>/tmp/fifo
head -c 1 <&3 >/tmp/got &
reader=$!
sleep 1

said=$(kpatch load --timeout 3 $m 2>&1)
status=$?
echo "$said"
is "exit status" $status 3
like "the task is named" "$said" "$reader"
like "its command is named" "$said" head
like "its function is named" "$said" pipe_read
[ ! -e /sys/kernel/livepatch/livepatch_blocked ] || die "the patch is still there"

echo x >&3
wait $reader
is "the reader went on" "$(cat /tmp/got)" x
load $m
echo y >&3
is "read by the new function" "$(head -c 1 <&3)" ""
unload $m
