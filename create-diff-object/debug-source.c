// SPDX-License-Identifier: GPL-2.0-only
#include "debug-source.h"
#include "util.h"

static bool has_lines_of_5(Dwarf_Die unit)
{
	Dwarf_Line_Context context;
	Dwarf_Error error = NULL;
	Dwarf_Unsigned version;
	Dwarf_Small tables;

	return dwarf_srclines_b(unit, &version, &tables, &context, &error) == DW_DLV_OK &&
	       version >= 5;
}

void read_debug_source(struct debug_source *source, Dwarf_Die unit)
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
	source->counts_from_zero = has_lines_of_5(unit);
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

const char *source_file(const struct debug_source *source, Dwarf_Die die, Dwarf_Half attr)
{
	Dwarf_Unsigned number;

	if (!unsigned_attribute(die, attr, &number))
		return NULL;
	number -= source->counts_from_zero ? 0 : 1;
	return number < (Dwarf_Unsigned)source->nr_files
		       ? relative_name(source, source->files[number])
		       : NULL;
}
