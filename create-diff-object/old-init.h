/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the init code of a module leads that runs as it was when the patch is there. */
#ifndef OLD_INIT_H
#define OLD_INIT_H

#include "object.h"

/*
 * find_meeting - the name of a replaced function that @sec of the patched object, as it was,
 * leads to by calls or by addresses in code and in init data, in the unit or in others of the module
 *
 * NULL where there is none. The others are followed in the module's file.
 */
const char *find_meeting(struct diff *diff, const struct section *sec);

#endif /* OLD_INIT_H */
