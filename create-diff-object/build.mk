# SPDX-License-Identifier: GPL-2.0-only
PROGRAMS += create-diff-object/create-diff-object
create-diff-object/create-diff-object_SRCS := $(filter-out create-diff-object/create-patch-module%.c, \
	$(wildcard create-diff-object/*.c create-diff-object/arch/*.c)) $(addprefix lib/,shipped-records.c thunk-register.c)
create-diff-object/create-diff-object_LIBS := -lelf -ldwarf -lbpf -lZydis -lZycore -ljson-c
BIN_FILES += create-diff-object/create-diff-object
DEPS_BUILD += gcc make libelf-dev libdwarf-dev libbpf-dev libzydis-dev libzycore-dev libjson-c-dev

PROGRAMS += create-diff-object/create-patch-module
create-diff-object/create-patch-module_SRCS := $(wildcard create-diff-object/create-patch-module*.c) \
	create-diff-object/util.c
create-diff-object/create-patch-module_LIBS := build/differ.a $(create-diff-object/create-diff-object_LIBS)
LIBEXEC_FILES += create-diff-object/create-diff-object create-diff-object/create-patch-module

# The differ's reader of a parent's symbols, and whatever else of the differ that needs.
build/differ.a: $(patsubst %.c,%.o,$(filter-out %/main.c %/util.c,$(create-diff-object/create-diff-object_SRCS)))
	@mkdir -p $(@D)
	rm -f $@
	$(AR) rcs $@ $^

create-diff-object/create-patch-module build/asan/create-diff-object/create-patch-module: build/differ.a
