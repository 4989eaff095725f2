# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-unload-restores.ko
before=$(code_of meminfo_proc_show)
like "before" "$before" '^[0-9a-f]+$'
for round in 1 2; do
	load $m
	[ "$(code_of meminfo_proc_show)" != "$before" ] || die "the loaded patch changed nothing at the entry"
	is "loaded, round $round" "$(grep -c VMALLOCCHUNK /proc/meminfo)" 1
	unload $m
	is "entry, round $round" "$(code_of meminfo_proc_show)" "$before"
	is "unloaded, round $round" "$(grep -c VmallocChunk /proc/meminfo)" 1
	is "symbols of the module left" "$(grep -c livepatch_unload_restores /proc/kallsyms)" 0
done
