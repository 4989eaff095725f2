# SPDX-License-Identifier: GPL-2.0-only
#
# Run in a kernel tree for one directory (obj=DIR): lets kbuild itself evaluate the
# directory's Makefile and prints what it makes of it, one item a line:
#
#   subdir DIR FROM       a directory that is descended into with this configuration, and from where
#   builtin OBJECT        an object that becomes part of vmlinux
#   module OBJECT PATH    an object that becomes part of the module PATH.ko
#   host PROGRAM          a program that runs while the kernel is built, here
#
# The goal kpatch-owner prints the directory, kpatch-owners all below it, too; with
# kpatch-only=DIR, from the top, that directory alone, if kbuild comes to it.
#
# real-obj-y, real-obj-m, multi-obj-m, hostprogs, subdir-ym and the need-* are kbuild's (scripts/Makefile.lib,
# scripts/Makefile.build).

include scripts/Makefile.build

empty :=
define newline

$(empty)
endef

# The parts of a module of several objects, as kbuild spells them in Makefiles.
stem = $(patsubst $(obj)/%.o,%,$1)
parts = $(addprefix $(obj)/,$(foreach s,-objs -y -m,$($(call stem,$1)$s)))

# What make is asked to print: nothing in directories on the way to the one that is wanted.
ifneq ($(filter $(or $(kpatch-only),$(obj)),$(obj)),)
$(info $(foreach d,$(subdir-ym),subdir $d $(obj)$(newline)))
ifdef need-builtin
$(info $(foreach o,$(real-obj-y) $(lib-y) $(extra-y),builtin $o$(newline)))
endif
$(info $(foreach m,$(multi-obj-m),$(foreach o,$(call parts,$m),module $o $(m:.o=)$(newline))))
$(info $(foreach m,$(filter-out $(multi-obj-m),$(obj-m)),module $m $(m:.o=)$(newline)))
$(info $(foreach p,$(hostprogs),host $(obj)/$p$(newline)))
endif

kpatch-on-the-way = $(foreach d,$1,$(if $(filter $d/%,$(kpatch-only)/),$d))
kpatch-below := $(addprefix kpatch-owners@,$(if $(kpatch-only),$(call kpatch-on-the-way,$(subdir-ym)),$(subdir-ym)))

.PHONY: kpatch-owner kpatch-owners $(kpatch-below)
kpatch-owner:
	@:

kpatch-owners: $(kpatch-below)
	@:

$(kpatch-below):
	@$(MAKE) -f $(firstword $(filter %/owner.mk,$(MAKEFILE_LIST))) obj=$(@:kpatch-owners@%=%) \
		need-builtin=$(if $(filter $(@:kpatch-owners@%=%)/built-in.a,$(subdir-builtin)),1) \
		need-modorder=$(if $(filter $(@:kpatch-owners@%=%)/modules.order,$(subdir-modorder)),1) \
		kpatch-owners
