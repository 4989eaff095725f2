# SPDX-License-Identifier: GPL-2.0-only
BIN_FILES     += kpatch-build/kpatch-build
PROGRAMS      += kpatch-build/compare-unit/compare-unit
kpatch-build/compare-unit/compare-unit_SRCS := $(wildcard kpatch-build/compare-unit/*.c)
PROGRAMS      += kpatch-build/unit-names/unit-names
kpatch-build/unit-names/unit-names_SRCS := $(wildcard kpatch-build/unit-names/*.c) \
	$(addprefix kpatch-build/compare-unit/,item-names.c items.c names.c text.c words.c)
PROGRAMS      += kpatch-build/verify-module/verify-module
kpatch-build/verify-module/verify-module_SRCS := $(wildcard kpatch-build/verify-module/*.c) \
	create-diff-object/util.c $(addprefix lib/,elf-section.c printable.c replaced-functions.c)
kpatch-build/verify-module/verify-module_LIBS := build/differ.a $(create-diff-object/create-diff-object_LIBS)
kpatch-build/verify-module/verify-module build/asan/kpatch-build/verify-module/verify-module: build/differ.a
LIBEXEC_FILES += kpatch-build/verify-module/verify-module
LIBEXEC_FILES += kpatch-build/compare-unit/compare-unit kpatch-build/unit-names/unit-names kpatch-build/owner.mk kpatch-build/assembly.bash kpatch-build/join.lds $(wildcard kpatch-build/lib/*.bash kpatch-build/steps/*.bash \
	kpatch-build/backends/*.bash kpatch-build/backends/*/*.bash kpatch-build/*.awk)
SHELL_FILES   += kpatch-build/kpatch-build kpatch-build/assembly.bash $(wildcard kpatch-build/*/*.bash kpatch-build/*/*/*.bash contrib/completion/kpatch-build)
DEPS_BUILD    += patch diffutils binutils xz-utils zstd util-linux
