# SPDX-License-Identifier: GPL-2.0-only
PROGRAMS += kpatch/kpatch
kpatch/kpatch_SRCS := $(wildcard kpatch/*.c lib/*.c)
kpatch/kpatch_LIBS := -lelf -lkmod -ljson-c
BIN_FILES += kpatch/kpatch
DEPS_BUILD += gcc make libelf-dev libkmod-dev libjson-c-dev
SHELL_FILES += contrib/completion/kpatch
