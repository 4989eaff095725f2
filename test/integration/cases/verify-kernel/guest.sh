# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

kpatch verify all.ko >/tmp/out 2>&1
status=$?
grep -v ': as shipped, ' /tmp/out | tail -n 40
is "exit status" $status 0
like "functions" "$(grep -c ': as shipped, ' /tmp/out)" '^[0-9]{5,}$'
like "places that the kernel changed" \
	"$(sed -n 's/.* bytes, \([0-9]*\) of .*/\1/p' /tmp/out | awk '{ n += $1 } END { print n }')" \
	'^[0-9]{5,}$'
