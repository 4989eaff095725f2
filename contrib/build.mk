# SPDX-License-Identifier: GPL-2.0-only
UNIT_FILES     += $(wildcard contrib/*.service)
BASHCOMP_FILES += $(wildcard contrib/completion/*)
DOC_FILES      += README.md COPYING $(wildcard doc/*.md)
