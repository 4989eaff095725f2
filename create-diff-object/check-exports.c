// SPDX-License-Identifier: GPL-2.0-only
/* What a kernel or module exports or declares about itself. */
#include "check.h"
#include "kinds.h"
#include "report.h"
#include "util.h"

#include <stdlib.h>

/* The symbol whose export a section or a part of one is for, or NULL. */
static const char *exported_name(const struct object *obj, const struct section *sec)
{
	const struct symbol *sym = covering_symbol(obj, sec);
	const char *plus = strchr(sec->name, '+');

	if (plus)
		return plus + 1;
	return sym ? export_label_name(sym->name) : NULL;
}

static bool is_crc(const struct section *sec)
{
	return has_prefix(sec->name, "__kcrctab") || has_prefix(sec->name, "___kcrctab");
}

/*
 * Where a symbol is exported: EXPORT_SYMBOL() leaves a variable that points to it, and the
 * debug information knows the line of that (__ADDRESSABLE() of linux/compiler.h, Linux 6.1 and
 * 6.12). Assembly does not; there it is the place of what is exported. Of each symbol, allocated.
 */
static struct spot *find_spots(const struct object *obj)
{
	struct spot *spots = xcalloc(obj->nr_symbols, sizeof(*spots));
	const struct section *sec;
	const struct rela *rela;

	for_each_section (obj, sec) {
		if (strcmp(sec->name, ".discard.addressable"))
			continue;
		for_each_rela (sec, rela) {
			if (!spots[rela->symbol].sec)
				spots[rela->symbol] = (struct spot){ obj, sec, rela->offset };
		}
	}
	return spots;
}

static struct spot spot_of_export(const struct object *obj, const struct section *sec,
				  const struct spot *spots)
{
	const struct section *target;

	if (!sec->nr_relas)
		return (struct spot){ obj, sec, entry_offset(obj, sec) };
	if (spots[sec->relas[0].symbol].sec)
		return spots[sec->relas[0].symbol];
	target = &obj->sections[sec->relas[0].target];
	return sec->relas[0].target ? (struct spot){ obj, target, entry_offset(obj, target) }
				    : (struct spot){ 0 };
}

static void tell_export(struct diff *diff, struct spot spot, const struct section *sec,
			const char *name, const char *what)
{
	const char *thing = !name	  ? ""
			    : is_crc(sec) ? "the CRC of the export of "
					  : "the export of ";

	finding_at(diff, "export-changed", spot, "leave that part out of the patch",
		   "%s%s %s: what a kernel or module exports or declares about itself is fixed "
		   "when "
		   "it is loaded",
		   thing, name ? name : sec->name, what);
}

/*
 * Nothing takes an export out of a running kernel, and nothing has to: whoever uses it gets to the
 * function as before, or to its replacement.
 */
static void tell_gone(struct diff *diff, struct spot spot, const struct section *sec)
{
	const char *name = exported_name(&diff->orig, sec);

	if (!name)
		tell_export(diff, spot, sec, name, "is gone");
	else if (!is_crc(sec))
		warning_at(diff, "export-stays", spot, NULL,
			   "the export of %s is gone, but the running kernel keeps it", name);
}

void check_exports(struct diff *diff)
{
	struct spot *spots = find_spots(&diff->patched), *orig_spots = find_spots(&diff->orig);
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (sec->kind == KIND_EXPORT && is_changed(sec))
			tell_export(diff, spot_of_export(&diff->patched, sec, spots), sec,
				    exported_name(&diff->patched, sec),
				    sec->status == STATUS_NEW ? "is new" : "changed");
	}
	for_each_section (&diff->orig, sec) {
		if (sec->kind == KIND_EXPORT && is_gone(sec))
			tell_gone(diff, spot_of_export(&diff->orig, sec, orig_spots), sec);
	}
	free(spots);
	free(orig_spots);
}
