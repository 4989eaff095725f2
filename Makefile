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
docdir      := $(PREFIX)/share/doc/kpatch
mandir      := $(PREFIX)/share/man
sysconfdir  ?= /etc
unitdir     ?= $(PREFIX)/lib/systemd/system
bashcompdir ?= $(PREFIX)/share/bash-completion/completions

KPATCH_CPPFLAGS := -D_GNU_SOURCE -DKPATCH_VERSION='"$(VERSION)"' -I. $(CPPFLAGS)
KPATCH_CFLAGS   := -std=gnu11 -Wall -Wextra -Werror -Wmissing-prototypes -Wshadow \
		   -Wno-unused-parameter $(CFLAGS)

# Filled by the build.mk files: programs to build (NAME_SRCS, NAME_LIBS for each), files
# to install, shell scripts to lint, Debian packages that building and checking need.
# LIBEXEC_FILES keep their folders below libexec/kpatch, so that kpatch-build finds
# its parts in the same way installed and not.
PROGRAMS        :=
BIN_FILES       :=
LIBEXEC_FILES   :=
MAN_FILES       :=
UNIT_FILES      :=
BASHCOMP_FILES  :=
DOC_FILES       :=
SHELL_FILES     :=
DEPS_BUILD      :=
DEPS_CHECK      :=

include create-diff-object/build.mk
include kpatch-build/build.mk
include kmod/build.mk
include kpatch/build.mk
include man/build.mk
include contrib/build.mk
include test/build.mk
include contrib/deps.mk

.DEFAULT_GOAL := all
.PHONY: all clean install uninstall

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

# install_to: directory, mode, files; the second form keeps the files' folders.
install_to = $(foreach f,$(3),install -D -m $(2) $(f) '$(DESTDIR)$(1)/$(notdir $(f))' &&) :
install_tree_to = $(foreach f,$(2),install -D -m $(if $(filter $(PROGRAMS),$(f)),755,644) \
	$(f) '$(DESTDIR)$(1)/$(f)' &&) :
installed = $(addprefix $(bindir)/,$(notdir $(BIN_FILES))) \
	$(addprefix $(mandir)/man1/,$(notdir $(MAN_FILES))) \
	$(addprefix $(unitdir)/,$(notdir $(UNIT_FILES))) \
	$(addprefix $(bashcompdir)/,$(notdir $(BASHCOMP_FILES)))

install: all
	@$(call install_to,$(bindir),755,$(BIN_FILES))
	@$(call install_tree_to,$(libexecdir),$(LIBEXEC_FILES))
	@$(call install_to,$(mandir)/man1,644,$(MAN_FILES))
	@$(call install_to,$(unitdir),644,$(UNIT_FILES))
	@$(call install_to,$(bashcompdir),644,$(BASHCOMP_FILES))
	@$(call install_to,$(docdir),644,$(DOC_FILES))
	@echo "installed below $(DESTDIR)$(PREFIX)"

uninstall:
	rm -f $(foreach f,$(installed),'$(DESTDIR)$(f)')
	rm -rf '$(DESTDIR)$(libexecdir)' '$(DESTDIR)$(docdir)'

clean:
	rm -f $(PROGRAMS) $(C_FILES:.c=.o) $(C_FILES:.c=.d)
	rm -rf build
