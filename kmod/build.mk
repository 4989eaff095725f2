# SPDX-License-Identifier: GPL-2.0-only
# Sources that kpatch-build compiles into each patch module.
LIBEXEC_FILES += $(wildcard kmod/patch/*)
