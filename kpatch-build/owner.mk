# SPDX-License-Identifier: GPL-2.0-only
#
# Run in a kernel tree for one directory (obj=DIR): lets kbuild itself evaluate the
# directory's Makefile and prints what it makes of it, one item a line:
#
#   subdir DIR            a directory that is descended into with this configuration
#   builtin OBJECT        an object that becomes part of vmlinux
#   module OBJECT PATH    an object that becomes part of the module PATH.ko
#
# real-obj-y, real-obj-m, multi-obj-m and subdir-ym are kbuild's (scripts/Makefile.lib).

include scripts/Makefile.build

empty :=
define newline

$(empty)
endef

# The parts of a module of several objects, as kbuild spells them in Makefiles.
stem = $(patsubst $(obj)/%.o,%,$1)
parts = $(addprefix $(obj)/,$(foreach s,-objs -y -m,$($(call stem,$1)$s)))

$(info $(foreach d,$(subdir-ym),subdir $d$(newline)))
$(info $(foreach o,$(real-obj-y) $(lib-y) $(extra-y),builtin $o$(newline)))
$(info $(foreach m,$(multi-obj-m),$(foreach o,$(call parts,$m),module $o $(m:.o=)$(newline))))
$(info $(foreach m,$(filter-out $(multi-obj-m),$(obj-m)),module $m $(m:.o=)$(newline)))

.PHONY: kpatch-owner
kpatch-owner:
	@:
