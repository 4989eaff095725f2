// SPDX-License-Identifier: GPL-2.0-only
/* Tables of the devices that a driver is for, which MODULE_DEVICE_TABLE() gives a second name. */
#include "check.h"
#include "kinds.h"
#include "report.h"
#include "util.h"

#include <string.h>

/* __mod_TYPE__NAME_device_table, or later __mod_device_table__... (linux/module.h, Linux 6.1, 7.2) */
static bool is_alias(const char *name)
{
	static const char end[] = "_device_table";
	size_t n = strlen(name);

	return is_build_name(name) || (has_prefix(name, "__mod_") && n >= strlen(end) &&
				       !strcmp(name + n - strlen(end), end));
}

/* The name in the source, NULL where it is no such table. */
static const char *name_of_table(const struct object *obj, const struct section *sec)
{
	const char *name = NULL;
	const struct symbol *sym;
	bool found = false;

	if (sec->kind != KIND_DATA && sec->kind != KIND_RODATA)
		return NULL;
	for_each_symbol (obj, sym) {
		if (sym->section != section_index(obj, sec) || sym->type != STT_OBJECT ||
		    sym->value)
			continue;
		if (is_alias(sym->name))
			found = true;
		else
			name = sym->name;
	}
	return found ? name : NULL;
}

bool refuse_device_table(struct diff *diff, const struct section *sec)
{
	const char *name = name_of_table(&diff->patched, sec);

	if (!name)
		return false;
	finding_at(diff, "device-table-changed", spot_of(diff, sec),
		   "leave it as it is; to some drivers the file new_id in sysfs adds a device",
		   "the device table %s changed (%s at +%#lx), but the kernel has matched devices "
		   "with it, and user space has its aliases of the module that was installed",
		   name, sec->reason.what, (unsigned long)sec->reason.offset);
	return true;
}

bool is_device_table(const struct diff *diff, const char *key)
{
	static const char variable[] = "variable ";
	const struct object *obj = &diff->patched;
	const struct symbol *sym;

	if (!has_prefix(key, variable))
		return false;
	for_each_symbol (obj, sym) {
		const struct section *sec = &obj->sections[sym->section];

		if (sym->section && sym->type == STT_OBJECT &&
		    !strcmp(sym->name, key + strlen(variable)) && sec->status == STATUS_CHANGED &&
		    name_of_table(obj, sec))
			return true;
	}
	return false;
}
