/* SPDX-License-Identifier: GPL-2.0-only */
/* What to call things in explanations. All texts are allocated, and the caller's. */
#ifndef DESCRIBE_H
#define DESCRIBE_H

#include "object.h"

/* describe_string - the string at @offset of @sec as C spells it, shortened when it is long. */
char *describe_string(const struct section *sec, uint64_t offset);

/* describe_target - what @rela points to: a string, a name, a name and an offset. */
char *describe_target(const struct object *obj, const struct rela *rela);

#endif /* DESCRIBE_H */
