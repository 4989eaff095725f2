# SPDX-License-Identifier: GPL-2.0-only
DEPS_CHECK  += python3 qemu-system-x86 busybox-static kmod
SHELL_FILES += test/corpus/guest.sh

# make corpus CORPUS=DIR [KIND="KIND ..."] [FILE="PATTERN ..."] [N=rows] [BOOT=N|all] [JOBS=N] [AGAIN=1]
.PHONY: corpus
corpus: deps
	@test -n '$(CORPUS)' || { echo "corpus: error: no folder of fixes is named; make corpus CORPUS=DIR, and \
	test/corpus/README.md says what is in it" >&2; exit 1; }
	@$(MAKE) --no-print-directory all
	@test/corpus/run $(foreach k,$(KIND),--kind '$(k)') $(foreach f,$(value FILE),--file '$(f)') \
		$(if $(N),--number $(N)) $(if $(BOOT),--boot $(BOOT)) $(if $(JOBS),--jobs $(JOBS)) \
		$(if $(AGAIN),--again) '$(CORPUS)'
