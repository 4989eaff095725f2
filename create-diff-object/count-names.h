/* SPDX-License-Identifier: GPL-2.0-only */
/* Names that say of an enumerator that it counts the others. */
#ifndef COUNT_NAMES_H
#define COUNT_NAMES_H

#include <stdbool.h>

/*
 * names_count - whether a name is one that the kernel gives to the end of an enumeration: NR_STATES,
 * STATE_MAX, __STATE_AFTER_LAST, nr_states, STATE_COUNT and the like, in upper or lower case
 */
bool names_count(const char *name);

#endif /* COUNT_NAMES_H */
