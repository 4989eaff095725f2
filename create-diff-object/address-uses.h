/* SPDX-License-Identifier: GPL-2.0-only */
/* What code does with the address of a variable or constant. */
#ifndef ADDRESS_USES_H
#define ADDRESS_USES_H

#include "arch/arch.h"
#include "object.h"

/*
 * find_address_use - where code of @obj does @use with an address in @section; NULL: nowhere
 *
 * Sets *@user to the code's section.
 */
const struct rela *find_address_use(const struct object *obj, uint32_t section,
				    enum address_use use, const struct section **user);

#endif /* ADDRESS_USES_H */
