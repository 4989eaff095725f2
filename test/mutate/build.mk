# SPDX-License-Identifier: GPL-2.0-only
DEPS_CHECK  += python3 gcc
SHELL_FILES += test/mutate/run

# N mutants, NEUTRAL edits that change no code, drawn by SEED
.PHONY: mutate
mutate: deps
	@$(MAKE) --no-print-directory all
	@test/mutate/run $(or $(N),1000) $(or $(SEED),1) $(NEUTRAL)
