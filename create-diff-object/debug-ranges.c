// SPDX-License-Identifier: GPL-2.0-only
#include "debug-ranges.h"

#include <stddef.h>

static bool low_and_high(Dwarf_Die die, uint64_t *low, uint64_t *high)
{
	enum Dwarf_Form_Class class;
	Dwarf_Error error = NULL;
	Dwarf_Addr start, end;
	Dwarf_Half form;

	if (dwarf_lowpc(die, &start, &error) != DW_DLV_OK ||
	    dwarf_highpc_b(die, &end, &form, &class, &error) != DW_DLV_OK)
		return false;
	*low = start;
	*high = class == DW_FORM_CLASS_CONSTANT ? start + end : end;
	return true;
}

static void each_range_5(Dwarf_Attribute attribute, Dwarf_Half form, Dwarf_Unsigned value,
			 range_fn fn, void *ctx)
{
	Dwarf_Unsigned count, offset, i, raw1, raw2, low, high;
	Dwarf_Rnglists_Head head;
	Dwarf_Error error = NULL;
	Dwarf_Bool unavailable;
	unsigned int length, kind;

	if (dwarf_rnglists_get_rle_head(attribute, form, value, &head, &count, &offset, &error) !=
	    DW_DLV_OK)
		return;
	for (i = 0; i < count; i++) {
		if (dwarf_get_rnglists_entry_fields_a(head, i, &length, &kind, &raw1, &raw2,
						      &unavailable, &low, &high,
						      &error) != DW_DLV_OK ||
		    kind == DW_RLE_end_of_list)
			break;
		if (kind != DW_RLE_base_address && kind != DW_RLE_base_addressx && !unavailable &&
		    !fn(ctx, low, high))
			break;
	}
	dwarf_dealloc_rnglists_head(head);
}

static void each_range_4(Dwarf_Debug dbg, Dwarf_Die die, Dwarf_Unsigned value, range_fn fn,
			 void *ctx)
{
	Dwarf_Error error = NULL;
	Dwarf_Ranges *ranges;
	Dwarf_Unsigned bytes;
	Dwarf_Signed nr, i;
	uint64_t base = 0;
	Dwarf_Off real;

	if (dwarf_get_ranges_b(dbg, value, die, &real, &ranges, &nr, &bytes, &error) != DW_DLV_OK)
		return;
	for (i = 0; i < nr; i++) {
		if (ranges[i].dwr_type == DW_RANGES_ADDRESS_SELECTION)
			base = ranges[i].dwr_addr2;
		else if (ranges[i].dwr_type != DW_RANGES_ENTRY ||
			 !fn(ctx, base + ranges[i].dwr_addr1, base + ranges[i].dwr_addr2))
			break;
	}
	dwarf_ranges_dealloc(dbg, ranges, nr);
}

void each_range(Dwarf_Debug dbg, Dwarf_Die die, range_fn fn, void *ctx)
{
	Dwarf_Half version, offset_size, form;
	Dwarf_Attribute attribute;
	Dwarf_Error error = NULL;
	Dwarf_Unsigned value;
	uint64_t low, high;

	if (low_and_high(die, &low, &high)) {
		fn(ctx, low, high);
		return;
	}
	if (dwarf_attr(die, DW_AT_ranges, &attribute, &error) != DW_DLV_OK ||
	    dwarf_whatform(attribute, &form, &error) != DW_DLV_OK ||
	    dwarf_get_version_of_die(die, &version, &offset_size) != DW_DLV_OK)
		return;
	if (dwarf_global_formref(attribute, &value, &error) != DW_DLV_OK &&
	    dwarf_formudata(attribute, &value, &error) != DW_DLV_OK)
		return;
	if (version >= 5)
		each_range_5(attribute, form, value, fn, ctx);
	else
		each_range_4(dbg, die, value, fn, ctx);
}

static bool keep_first(void *ctx, uint64_t low, uint64_t high)
{
	uint64_t *first = ctx;

	*first = low;
	return false;
}

uint64_t first_address(Dwarf_Debug dbg, Dwarf_Die die)
{
	uint64_t first = 0;

	each_range(dbg, die, keep_first, &first);
	return first;
}

Dwarf_Die function_at(const struct debug_file *file, uint64_t address)
{
	Dwarf_Error error = NULL;
	Dwarf_Die unit, die;
	Dwarf_Off found = 0;

	while (file->dbg && (unit = next_unit(file->dbg))) {
		for (die = first_child(unit); die; die = next_sibling(file->dbg, die)) {
			Dwarf_Off offset;

			if (!found && die_tag(die) == DW_TAG_subprogram &&
			    !has_attribute(die, DW_AT_inline) &&
			    first_address(file->dbg, die) == address &&
			    dwarf_dieoffset(die, &offset, &error) == DW_DLV_OK)
				found = offset;
		}
	}
	return found ? die_at(file->dbg, found) : NULL;
}
