# SPDX-License-Identifier: GPL-2.0-only
PROGRAMS += create-diff-object/create-diff-object
create-diff-object/create-diff-object_SRCS := $(filter-out create-diff-object/create-patch-module%.c, \
	$(wildcard create-diff-object/*.c create-diff-object/arch/*.c))
create-diff-object/create-diff-object_LIBS := -lelf -ldwarf -lbpf -lZydis -lZycore -ljson-c
BIN_FILES += create-diff-object/create-diff-object
DEPS_BUILD += gcc make libelf-dev libdwarf-dev libbpf-dev libzydis-dev libzycore-dev libjson-c-dev

PROGRAMS += create-diff-object/create-patch-module
create-diff-object/create-patch-module_SRCS := $(wildcard create-diff-object/create-patch-module*.c) \
	$(addprefix create-diff-object/,parent.c parent-elf.c parent-locate.c parent-text.c names.c \
	kinds.c wanted.c tables.c load.c lines.c util.c)
create-diff-object/create-patch-module_LIBS := -lelf -lbpf
LIBEXEC_FILES += create-diff-object/create-diff-object create-diff-object/create-patch-module
