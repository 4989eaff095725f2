# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-changed-string.ko

label()
{
	grep -i vmallocchunk /proc/meminfo | cut -d: -f1
}

is "before" "$(label)" VmallocChunk
load $m
is "loaded" "$(label)" VMALLOCCHUNK
like "kpatch list" "$(kpatch list)" livepatch_changed_string
unload $m
is "unloaded" "$(label)" VmallocChunk
unlike "kpatch list" "$(kpatch list)" livepatch_changed_string
