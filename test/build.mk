# SPDX-License-Identifier: GPL-2.0-only
DEPS_CHECK  += gcc bats busybox-static qemu-system-x86 kmod clang-format cppcheck shellcheck \
	xz-utils binutils clang debootstrap libc6-dev jq procps
SHELL_FILES += test/check test/bench/run test/bench/differ test/bench/header test/bench/core test/bench/core-guest/guest.sh test/sweep/run test/demo test/demo-guest.sh \
	test/unit/run test/integration/run test/integration/vm $(wildcard test/lib/*.bash test/integration/*.bash test/bats/*.bats test/bats/*.bash \
	test/unit/*/prepare test/integration/guest/* test/integration/cases/*/guest.sh \
	test/integration/cases/*/build)

include test/fuzz/build.mk

# The C programs once more, with the sanitizers, for the tests.
ASAN_CFLAGS   := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
ASAN_PROGRAMS  = $(PROGRAMS:%=build/asan/%)

build/asan/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(KPATCH_CPPFLAGS) $(KPATCH_CFLAGS) $(ASAN_CFLAGS) -MMD -MP -c -o $@ $<

define asan_rule
build/asan/$(1): $$($(1)_SRCS:%.c=build/asan/%.o)
	$$(CC) $$(KPATCH_CFLAGS) $$(ASAN_CFLAGS) $$(LDFLAGS) -o $$@ $$^ $$($(1)_LIBS)
endef
$(foreach p,$(PROGRAMS),$(eval $(call asan_rule,$(p))))

-include $(wildcard build/asan/*/*.d)

# What the integration cases need: the differ's view of a kernel's symbols, and programs
# for a guest that has no libraries.
build/test/positions: test/lib/positions.c \
		$(patsubst %.c,%.o,$(filter-out %/main.c,$(create-diff-object/create-diff-object_SRCS)))
	@mkdir -p $(@D)
	$(CC) $(KPATCH_CPPFLAGS) $(KPATCH_CFLAGS) $(LDFLAGS) -o $@ $^ \
		$(create-diff-object/create-diff-object_LIBS)

# Every function of an object, compared with the shipped code.
build/test/prove-all: test/lib/prove-all.c \
		$(patsubst %.c,%.o,$(filter-out %/main.c,$(create-diff-object/create-diff-object_SRCS)))
	@mkdir -p $(@D)
	$(CC) $(KPATCH_CPPFLAGS) $(KPATCH_CFLAGS) $(LDFLAGS) -o $@ $^ \
		$(create-diff-object/create-diff-object_LIBS)

build/test/compare-kallsyms build/test/set-serial: build/test/%: test/lib/%.c
	@mkdir -p $(@D)
	$(CC) $(KPATCH_CPPFLAGS) $(KPATCH_CFLAGS) -static -o $@ $<

build/test/record-all: test/lib/record-all.c \
		$(patsubst %.c,%.o,$(filter-out %/main.c,$(create-diff-object/create-diff-object_SRCS)))
	@mkdir -p $(@D)
	$(CC) $(KPATCH_CPPFLAGS) $(KPATCH_CFLAGS) $(LDFLAGS) -o $@ $^ \
		$(create-diff-object/create-diff-object_LIBS)

build/test/shipped-records: test/lib/shipped-records.c
	@mkdir -p $(@D)
	$(CC) $(KPATCH_CPPFLAGS) $(KPATCH_CFLAGS) -o $@ $< -lelf -lZydis -lZycore

# kpatch verify of a made-up kernel.
build/test/verify-memory: test/lib/verify-memory.c \
		$(patsubst %.c,build/asan/%.o,$(filter-out %/main.c,$(kpatch/kpatch_SRCS)))
	@mkdir -p $(@D)
	$(CC) $(KPATCH_CPPFLAGS) $(KPATCH_CFLAGS) $(ASAN_CFLAGS) $(LDFLAGS) -o $@ $^ $(kpatch/kpatch_LIBS)

.PHONY: demo check check-full check-all check-positions bench sweep prove lint asan
asan: $(ASAN_PROGRAMS)

# A second make: what is missing is known only when `deps` has run.
demo: deps
	@$(MAKE) --no-print-directory all
	@test/demo

bench: deps
	@$(MAKE) --no-print-directory all
	@test/bench/run
	@test/bench/differ
	@test/bench/header
	@test/bench/core

# make prove [N=objects of each] [SEED=which] [KERNELS="RELEASE ..."] [MUTATIONS=of each function]
prove: deps
	@$(MAKE) --no-print-directory all build/test/prove-all
	@test/sweep/run --proof $(if $(N),--number $(N)) $(if $(SEED),--seed $(SEED)) \
		$(if $(MUTATIONS),--mutate $(MUTATIONS)) $(KERNELS)

# make sweep [N=objects of each] [SEED=which] [KERNELS="RELEASE ..."] [OBJTOOL=1]
sweep: deps
	@$(MAKE) --no-print-directory all
	@test/sweep/run $(if $(N),--number $(N)) $(if $(SEED),--seed $(SEED)) \
		$(if $(OBJTOOL),--objtool) $(KERNELS)

# One compiler for each processor, unless make was told how many.
all_processors = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))

check: deps
	@$(MAKE) --no-print-directory $(all_processors) all asan fuzz-replays
	@$(MAKE) --no-print-directory check-all

# All of it, and the integration cases on each series of kernels, at full length: hours where the
# processor is emulated.
check-full: deps
	@$(MAKE) --no-print-directory $(all_processors) all asan fuzz-replays
	@test/check --full $(SHELL_FILES)

check-all:
	@test/check $(SHELL_FILES)

# All names that vmlinux has several times, which may take ten minutes: KERNEL=RELEASE for
# another kernel than the newest.
check-positions: deps
	@$(MAKE) --no-print-directory all
	@KPATCH_TEST_POSITIONS=all test/integration/run --limit 1800 \
		$(if $(KERNEL),--kernel $(KERNEL)) symbol-positions

lint:
	@test/check --lint $(SHELL_FILES)

include test/corpus/build.mk
include test/mutate/build.mk
