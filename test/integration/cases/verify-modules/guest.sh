# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-verify-modules.ko

# verified WHEN: all of the patch's code in memory is the shipped one.
verified()
{
	said=$(kpatch verify $m 2>&1) || die "$1: $said"
	like "$1" "$said" "$m: ([0-9]+) of \\1 pieces of code in memory are as shipped"
	like "lock classes" "$said" '^tun: tun_chr_open: as shipped, [0-9]+ bytes'
	like "per-CPU variables" "$said" '^br_netfilter: br_nf_push_frag_xmit: as shipped, [0-9]+ bytes'
}

# can_append: what the patch forbids
can_append()
{
	(: >>/tmp/tun) 2>/dev/null
}

modprobe tun || die "tun"
modprobe br_netfilter || die "br_netfilter"
mknod /tmp/tun c 10 200 || die "mknod"
# what the case is about
[ ! -e /sys/module/tun/sections/.bss ] || die "the lock classes of tun have a size"
[ ! -e /sys/module/br_netfilter/sections/.data..percpu ] || die "sysfs has the per-CPU variables"
verified "untouched"

kpatch load --verify $m || die "load --verify"
can_append && die "the patch is not in effect"
verified "loaded"
unload $m
can_append || die "the patch is still in effect"
verified "unloaded"

# At other addresses.
rmmod br_netfilter || die "rmmod br_netfilter"
rmmod tun || die "rmmod tun"
modprobe br_netfilter || die "br_netfilter again"
modprobe tun || die "tun again"
verified "again"
