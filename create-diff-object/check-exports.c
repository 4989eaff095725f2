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

static bool has_string(const struct section *sec, const char *wanted)
{
	const char *data = (const char *)sec->data;
	size_t at;

	for (at = 0; at < sec->size; at += strnlen(data + at, sec->size - at) + 1) {
		if (!strncmp(data + at, wanted, sec->size - at))
			return true;
	}
	return false;
}

/* What neither the kernel (get_modinfo(), kernel/module/main.c, Linux 6.1) nor who loads a module
 * goes by. */
static bool is_prose(const char *string)
{
	return !*string || has_prefix(string, "author=") || has_prefix(string, "description=") ||
	       has_prefix(string, "parm=");
}

/* Whether all strings of one that mean something to others than readers are in the other, too. */
static bool rest_is_in(const struct section *sec, const struct section *other)
{
	const char *string;
	size_t at;

	for (at = 0; at < sec->size; at += strlen(string) + 1) {
		string = (const char *)sec->data + at;
		if (!is_prose(string) && !(other && has_string(other, string)))
			return false;
	}
	return true;
}

static bool ends_in_nul(const struct section *sec)
{
	return sec->data && sec->size && !sec->data[sec->size - 1];
}

/*
 * .modinfo of built-in code goes to modules.builtin.modinfo and is in no running kernel
 * (include/asm-generic/vmlinux.lds.h, scripts/Makefile.modinst, Linux 6.1); a module's is
 * for whom loads it and for readers of the file.
 */
static bool is_read_elsewhere(const struct diff *diff, const struct section *sec,
			      const struct section *twin)
{
	if (strcmp(sec->name, ".modinfo"))
		return false;
	if (patches_vmlinux(diff))
		return true;
	return !sec->nr_relas && ends_in_nul(sec) && rest_is_in(sec, twin) &&
	       (!twin || (!twin->nr_relas && ends_in_nul(twin) && rest_is_in(twin, sec)));
}

static void tell_modinfo(struct diff *diff, struct spot spot)
{
	warning_at(diff, "modinfo-stays", spot, NULL,
		   "what modinfo(8) shows changes, and is read from the kernel's files alone: it "
		   "stays as it is");
}

/*
 * Nothing takes an export out of a running kernel, and nothing has to: whoever uses it gets to the
 * function as before, or to its replacement.
 */
static void tell_gone(struct diff *diff, struct spot spot, const struct section *sec)
{
	const char *name = exported_name(&diff->orig, sec);

	if (is_read_elsewhere(diff, sec, NULL))
		tell_modinfo(diff, spot);
	else if (!name)
		tell_export(diff, spot, sec, name, "is gone");
	else if (!is_crc(sec))
		warning_at(diff, "export-stays", spot, NULL,
			   "the export of %s is gone, but the running kernel keeps it", name);
}

static void check_export(struct diff *diff, const struct section *sec, const struct spot *spots)
{
	const struct section *twin = sec->twin ? &diff->orig.sections[sec->twin] : NULL;
	struct spot spot = spot_of_export(&diff->patched, sec, spots);

	if (is_read_elsewhere(diff, sec, twin))
		tell_modinfo(diff, spot);
	else
		tell_export(diff, spot, sec, exported_name(&diff->patched, sec),
			    sec->status == STATUS_NEW ? "is new" : "changed");
}

void check_exports(struct diff *diff)
{
	struct spot *spots = find_spots(&diff->patched), *orig_spots = find_spots(&diff->orig);
	const struct section *sec;

	for_each_section (&diff->patched, sec) {
		if (sec->kind == KIND_EXPORT && is_changed(sec))
			check_export(diff, sec, spots);
	}
	for_each_section (&diff->orig, sec) {
		if (sec->kind == KIND_EXPORT && is_gone(sec))
			tell_gone(diff, spot_of_export(&diff->orig, sec, orig_spots), sec);
	}
	free(spots);
	free(orig_spots);
}
