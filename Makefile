# SPDX-License-Identifier: GPL-2.0-only
#
# Each folder describes what it builds and installs in its own build.mk, which
# adds to the lists below; this file holds only what is common to all.

VERSION := 0.1.0

PREFIX  ?= /usr/local
DESTDIR ?=
CC      ?= gcc
CFLAGS  ?= -O2 -g

bindir      := $(PREFIX)/bin
libexecdir  := $(PREFIX)/libexec/kpatch
datadir     := $(PREFIX)/share/kpatch
mandir      := $(PREFIX)/share/man
sysconfdir  ?= /etc
unitdir     ?= $(PREFIX)/lib/systemd/system
bashcompdir ?= $(PREFIX)/share/bash-completion/completions

KPATCH_CPPFLAGS := -D_GNU_SOURCE -DKPATCH_VERSION='"$(VERSION)"' -I. $(CPPFLAGS)
KPATCH_CFLAGS   := -std=gnu11 -Wall -Wextra -Werror -Wmissing-prototypes -Wshadow \
		   -Wno-unused-parameter $(CFLAGS)

# Filled by the build.mk files: programs to build (NAME_SRCS, NAME_LIBS for each),
# files to install, and scripts and C files to lint.
PROGRAMS      :=
BIN_FILES     :=
LIBEXEC_FILES :=
MAN_FILES     :=
SHELL_FILES   :=
DEPS_BUILD    :=
DEPS_CHECK    :=

include create-diff-object/build.mk
include kpatch-build/build.mk
include kmod/build.mk
include kpatch/build.mk
include man/build.mk
include contrib/build.mk
include test/build.mk
include contrib/deps.mk

.DEFAULT_GOAL := all
.PHONY: all clean install uninstall deps demo check bench lint

all: $(PROGRAMS)

%.o: %.c
	$(CC) $(KPATCH_CPPFLAGS) $(KPATCH_CFLAGS) -MMD -MP -c -o $@ $<

define program_rule
$(1): $$($(1)_SRCS:.c=.o)
	$$(CC) $$(KPATCH_CFLAGS) $$(LDFLAGS) -o $$@ $$^ $$($(1)_LIBS)
endef
$(foreach p,$(PROGRAMS),$(eval $(call program_rule,$(p))))

C_FILES := $(sort $(foreach p,$(PROGRAMS),$($(p)_SRCS)))
-include $(C_FILES:.c=.d)

clean:
	rm -f $(PROGRAMS) $(C_FILES:.c=.o) $(C_FILES:.c=.d)
	rm -rf build
