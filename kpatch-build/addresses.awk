# SPDX-License-Identifier: GPL-2.0-only
#
# Symbols of other files whose address an object has for something else than calls:
#
#   readelf -rW OBJECT | awk -v NAMES=,NAME,NAME, -f addresses.awk
#
# prints those of NAMES. Calls and jumps are PLT32. Only data and code count, and tables of functions
# that the kernel calls later (TRACE_EVENT_FN, DECLARE_PCI_FIXUP_RESUME): exports, lists of probes and
# debug information have addresses of functions for other ends.

/^Relocation section / {
	split($0, part, "\047")
	sub(/^\.rela/, "", part[2])
	counts = part[2] ~ /^\.([a-z]+\.)?(text|data|rodata)(\.|$)/ || part[2] ~ /^(\.altinstr_replacement$|__tracepoints$|\.pci_fixup_)/
	next
}

counts && $3 !~ /_PLT32$/ && index(NAMES, "," $5 ",") && !told[$5]++ {
	print $5
}
