# SPDX-License-Identifier: GPL-2.0-only
# Sources that kpatch-build compiles into each patch module, and the core module's.
LIBEXEC_FILES += $(wildcard kmod/patch/*) $(wildcard kmod/core/*)
