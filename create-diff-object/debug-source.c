// SPDX-License-Identifier: GPL-2.0-only
#include "debug-source.h"
#include "util.h"

/*
 * From the header of the unit's line table (DWARF 5, section 6.2.4): libdwarf (20210528) tells
 * it only after it has read all rows.
 */
static unsigned int line_table_version(const struct debug_file *file, Dwarf_Die unit)
{
	const struct debug_section *lines = find_debug_section(file, ".debug_line");
	uint64_t at = unsigned_or_zero(unit, DW_AT_stmt_list);
	uint32_t length;
	uint16_t version;

	if (!lines || !lines->data || at > lines->size ||
	    lines->size - at < sizeof(length) + sizeof(uint64_t) + sizeof(version))
		return 0;
	memcpy(&length, lines->data + at, sizeof(length));
	at += sizeof(length) + (length == UINT32_MAX ? sizeof(uint64_t) : 0);
	memcpy(&version, lines->data + at, sizeof(version));
	return version;
}

void read_debug_source(struct debug_source *source, const struct debug_file *file, Dwarf_Die unit)
{
	Dwarf_Attribute attribute;
	Dwarf_Error error = NULL;
	char *directory;

	*source = (struct debug_source){ .directory = "" };
	if (dwarf_attr(unit, DW_AT_comp_dir, &attribute, &error) == DW_DLV_OK &&
	    dwarf_formstring(attribute, &directory, &error) == DW_DLV_OK)
		source->directory = directory;
	if (dwarf_srcfiles(unit, &source->files, &source->nr_files, &error) != DW_DLV_OK)
		source->nr_files = 0;
	source->counts_from_zero = line_table_version(file, unit) >= 5;
}

const char *relative_name(const struct debug_source *source, const char *file)
{
	size_t n = strlen(source->directory);

	if (n && has_prefix(file, source->directory) && file[n] == '/')
		file += n + 1;
	while (has_prefix(file, "./"))
		file += 2;
	return file;
}

const char *numbered_file(const struct debug_source *source, uint64_t number)
{
	number -= source->counts_from_zero ? 0 : 1;
	return number < (uint64_t)source->nr_files ? relative_name(source, source->files[number])
						   : NULL;
}

const char *source_file(const struct debug_source *source, Dwarf_Die die, Dwarf_Half attr)
{
	Dwarf_Unsigned number;

	return unsigned_attribute(die, attr, &number) ? numbered_file(source, number) : NULL;
}
