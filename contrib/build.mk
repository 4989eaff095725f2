# SPDX-License-Identifier: GPL-2.0-only
UNIT_FILES     += $(wildcard contrib/*.service)
BASHCOMP_FILES += $(wildcard contrib/completion/*)
DOC_FILES      += README.md COPYING $(wildcard doc/*.md)

# The core module's sources, for dkms(8): all that contrib/dkms/dkms.conf builds.
dkmsdir ?= /usr/src/kpatch-$(VERSION)

.PHONY: install-dkms uninstall-dkms
install-dkms:
	@$(call install_to,$(dkmsdir)/core,644,$(wildcard kmod/core/*))
	@$(call install_to,$(dkmsdir)/patch,644,$(wildcard kmod/patch/*.h))
	@sed 's/@VERSION@/$(VERSION)/' contrib/dkms/dkms.conf >'$(DESTDIR)$(dkmsdir)/dkms.conf'
	@echo "installed in $(DESTDIR)$(dkmsdir); next: dkms install kpatch/$(VERSION)"

uninstall-dkms:
	rm -rf '$(DESTDIR)$(dkmsdir)/core' '$(DESTDIR)$(dkmsdir)/patch' '$(DESTDIR)$(dkmsdir)/dkms.conf'
	@rmdir '$(DESTDIR)$(dkmsdir)' 2>/dev/null || :
