# SPDX-License-Identifier: GPL-2.0-only
#
# Debian packages. What each folder needs stands in its build.mk; here is what it takes
# to install it, so that nothing is done, and no network used, when all is there.

# To compile kernel sources: what the kernel's own build asks for.
DEPS_BUILD += bc bison flex libssl-dev libelf-dev kmod cpio perl

deps_all     = $(sort $(DEPS_BUILD) $(DEPS_CHECK))
deps_missing = $(shell dpkg-query -W -f='$${Package} $${db:Status-Status}\n' $(deps_all) \
	2>/dev/null | awk '$$2 == "installed" { have[$$1] } \
	END { n = split("$(deps_all)", want); for (i = 1; i <= n; i++) if (!(want[i] in have)) print want[i] }')

.PHONY: deps
deps:
	@contrib/install-deps $(deps_missing)
