# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

# counted OBJECT: what the patch module has said of it last.
counted()
{
	dmesg | sed -n "s/.*kpatch-test: $1: //p" | tail -n 1
}

like "all of vmlinux" "$(./compare-kallsyms vmlinux)" '^[1-9][0-9]* symbols, 0 wrong$'
load livepatch-positions-vmlinux.ko
like "vmlinux" "$(counted vmlinux)" '^[1-9][0-9]* positions, 0 wrong$'
unload livepatch-positions-vmlinux.ko

modprobe libnvdimm
like "all of the module" "$(./compare-kallsyms libnvdimm libnvdimm)" '^[1-9][0-9]* symbols, 0 wrong$'
load livepatch-positions-module.ko
like "module before the patch" "$(counted libnvdimm)" '^[1-9][0-9]* positions, 0 wrong$'
unload livepatch-positions-module.ko
rmmod libnvdimm

dmesg -c >/tmp/log
load livepatch-positions-module.ko
is "without the module" "$(counted libnvdimm)" ""
modprobe libnvdimm
like "module after the patch" "$(counted libnvdimm)" '^[1-9][0-9]* positions, 0 wrong$'
unload livepatch-positions-module.ko
rmmod libnvdimm
