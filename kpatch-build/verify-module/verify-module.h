/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VERIFY_MODULE_H
#define VERIFY_MODULE_H

#include "lib/shipped-records.h"

#include <stdbool.h>
#include <stddef.h>

/* What is known of a record of the module. */
struct claim {
	const struct shipped_record *record;
	bool proven; /* by a unit, with the same record */
	char *why; /* it is not proven; NULL: no unit has its function */
};

struct claims {
	const struct shipped_records *records; /* of the module */
	struct claim *items; /* one each */
	size_t nr;
};

/*
 * prove_unit - compare the functions of @unit, an object of the original source, that @claims are
 * about with the code of @parent, a file of the object @name, and what comes of it with the claims
 */
void prove_unit(struct claims *claims, const char *unit, const char *name, const char *parent);

#endif /* VERIFY_MODULE_H */
