# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-unload-restores.ko
address=$(sed -n 's/ [tT] meminfo_proc_show$//p' /proc/kallsyms)

# word OFFSET: the 64-bit word at that offset of /proc/kcore.
word()
{
	echo $((0x$(od -A n -t x8 -j "$1" -N 8 /proc/kcore | tr -d ' ')))
}

# The bytes at the function's entry, where the kernel puts its call. /proc/kcore is
# an ELF file with a segment for each range of memory; elf(5) has the offsets.
entry()
{
	header=64
	while :; do
		from=$(word $((header + 16)))
		size=$(word $((header + 32)))
		at=$((0x$address - from))
		[ $at -lt 0 ] || [ $at -ge "$size" ] || break
		header=$((header + 56))
		[ $header -lt 4096 ] || die "no segment of /proc/kcore has $address"
	done
	dd if=/proc/kcore bs=1 skip=$(($(word $((header + 8))) + at)) count=16 2>/dev/null |
		od -A n -t x1 | tr -d ' '
}

before=$(entry)
like "before" "$before" '^[0-9a-f]+$'
for round in 1 2; do
	load $m
	[ "$(entry)" != "$before" ] || die "the loaded patch changed nothing at the entry"
	is "loaded, round $round" "$(grep -c VMALLOCCHUNK /proc/meminfo)" 1
	unload $m
	is "entry, round $round" "$(entry)" "$before"
	is "unloaded, round $round" "$(grep -c VmallocChunk /proc/meminfo)" 1
	is "symbols of the module left" "$(grep -c livepatch_unload_restores /proc/kallsyms)" 0
done
