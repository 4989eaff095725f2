# SPDX-License-Identifier: GPL-2.0-only
#
# Fuzzing: README.md in this folder. Each target is a C file and the sources of the
# program that it calls; once with libFuzzer, and once as a plain program that replays.
SHELL_FILES  += test/fuzz/run test/fuzz/seeds test/fuzz/replay

FUZZ_TARGETS := load pipeline types parent module shipped
FUZZ_LIBS     = $(create-diff-object/create-diff-object_LIBS)
FUZZ_CC      ?= clang
FUZZ_FLAGS   := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

# object-file.c of this folder stands for the differ's own.
fuzz_all     := $(filter-out create-diff-object/object-file.c, \
	$(create-diff-object/create-diff-object_SRCS)) test/fuzz/object-file.c
fuzz_diff    := $(filter-out create-diff-object/main.c,$(fuzz_all))
fuzz_load_SRCS     := $(fuzz_diff)
# what asks the process that reads debug information: a target of its own
fuzz_pipeline_SRCS := $(filter-out $(addprefix create-diff-object/,debug-info.c check-types.c),$(fuzz_all))
fuzz_types_SRCS    := $(filter-out create-diff-object/exports.c,$(fuzz_diff))
fuzz_parent_SRCS   := $(fuzz_diff)
fuzz_module_SRCS   := $(create-diff-object/create-patch-module_SRCS)
build/fuzz/module build/fuzz/replay-module: build/differ.a
fuzz_shipped_SRCS := $(addprefix kpatch/,compare.c fields.c files.c json.c kallsyms.c kcore.c message.c nops.c \
	permitted.c probes.c running.c) $(addprefix lib/,printable.c shipped-records.c thunk-register.c)
fuzz_own := $(addprefix test/fuzz/,program.c bundle.c facts.c)

build/fuzz/obj/%.o: %.c
	@mkdir -p $(@D)
	$(FUZZ_CC) $(KPATCH_CPPFLAGS) $(KPATCH_CFLAGS) $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link \
		-fno-sanitize=pointer-overflow -include test/fuzz/hooks.h -MMD -MP -c -o $@ $<

build/fuzz/obj/test/fuzz/%.o: test/fuzz/%.c
	@mkdir -p $(@D)
	$(FUZZ_CC) $(KPATCH_CPPFLAGS) $(KPATCH_CFLAGS) $(FUZZ_FLAGS) -MMD -MP -c -o $@ $<

build/fuzz/replay-obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(KPATCH_CPPFLAGS) $(KPATCH_CFLAGS) $(FUZZ_FLAGS) \
		-include test/fuzz/hooks.h -MMD -MP -c -o $@ $<

build/fuzz/replay-obj/test/fuzz/%.o: test/fuzz/%.c
	@mkdir -p $(@D)
	$(CC) $(KPATCH_CPPFLAGS) $(KPATCH_CFLAGS) $(FUZZ_FLAGS) -MMD -MP -c -o $@ $<

define fuzz_rule
build/fuzz/$(1): $$(fuzz_$(1)_SRCS:%.c=build/fuzz/obj/%.o) \
		$$(patsubst %.c,build/fuzz/obj/%.o,$$(fuzz_own) test/fuzz/target-$(1).c test/fuzz/mutate.c)
	$$(FUZZ_CC) $$(FUZZ_FLAGS) -fsanitize=fuzzer $$(LDFLAGS) -o $$@ $$^ $$(FUZZ_LIBS)
build/fuzz/replay-$(1): $$(fuzz_$(1)_SRCS:%.c=build/fuzz/replay-obj/%.o) \
		$$(patsubst %.c,build/fuzz/replay-obj/%.o,$$(fuzz_own) test/fuzz/target-$(1).c test/fuzz/replay.c)
	$$(CC) $$(FUZZ_FLAGS) $$(LDFLAGS) -o $$@ $$^ $$(FUZZ_LIBS)
endef
$(foreach t,$(FUZZ_TARGETS),$(eval $(call fuzz_rule,$(t))))

-include $(shell find build/fuzz -name '*.d' 2>/dev/null)

FUZZ_REPLAYS := $(FUZZ_TARGETS:%=build/fuzz/replay-%)

.PHONY: fuzz fuzz-targets fuzz-replays
fuzz-targets: $(FUZZ_TARGETS:%=build/fuzz/%)
fuzz-replays: $(FUZZ_REPLAYS)

# Seconds, for all targets together; FUZZ="load types" chooses some.
TIME ?= 600
FUZZ ?= $(FUZZ_TARGETS)
fuzz: all $(FUZZ_TARGETS:%=build/fuzz/%)
	@test/fuzz/run $(TIME) $(FUZZ)
