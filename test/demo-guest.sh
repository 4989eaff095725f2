# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash
#
# What `make demo` runs in the stock kernel. livepatch-meminfo.ko lies beside it.

tell()
{
	printf '\n# %s\n' "$*"
}

show()
{
	echo "\$ $*"
	eval "$*" || exit 1
}

line="grep -i vmallocchunk /proc/meminfo"

tell "the stock kernel, as it was booted"
show uname -r
show "$line"
$line | grep -q '^VmallocChunk:' || exit 1

tell "the patch goes in, while the kernel runs"
show kpatch load livepatch-meminfo.ko
show kpatch list
show "$line"
$line | grep -q '^VMALLOCCHUNK:' || exit 1

tell "and out again"
show kpatch unload livepatch-meminfo
show "$line"
$line | grep -q '^VmallocChunk:'
