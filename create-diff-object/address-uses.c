// SPDX-License-Identifier: GPL-2.0-only
#include "address-uses.h"

const struct rela *find_address_use(const struct object *obj, uint32_t section,
				    enum address_use use, const struct section **user)
{
	const struct section *sec;
	const struct rela *rela;

	for_each_section (obj, sec) {
		if (sec->split || !(sec->shdr.sh_flags & SHF_EXECINSTR))
			continue;
		for_each_rela (sec, rela) {
			if (rela->target != section || arch_x86_64.address_use(sec, rela) != use)
				continue;
			*user = sec;
			return rela;
		}
	}
	return NULL;
}
