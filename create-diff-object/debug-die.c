// SPDX-License-Identifier: GPL-2.0-only
#include "debug-die.h"

#include <stddef.h>
#include <string.h>

/*
 * DWARF 5 may keep the value in the abbreviation (DW_FORM_implicit_const, section 7.5.6), as
 * a signed number: libdwarf (20210528) reads it as such only.
 */
bool unsigned_attribute(Dwarf_Die die, Dwarf_Half attr, Dwarf_Unsigned *value)
{
	Dwarf_Attribute attribute;
	Dwarf_Error error = NULL;
	Dwarf_Signed number;
	bool known;

	if (dwarf_attr(die, attr, &attribute, &error) != DW_DLV_OK)
		return false;
	known = dwarf_formudata(attribute, value, &error) == DW_DLV_OK;
	if (!known && dwarf_formsdata(attribute, &number, &error) == DW_DLV_OK && number >= 0) {
		*value = (Dwarf_Unsigned)number;
		known = true;
	}
	dwarf_dealloc_attribute(attribute);
	return known;
}

bool signed_attribute(Dwarf_Die die, Dwarf_Half attr, int64_t *value)
{
	Dwarf_Attribute attribute;
	Dwarf_Error error = NULL;
	Dwarf_Unsigned number;
	Dwarf_Signed with_sign;
	bool known = true;

	if (dwarf_attr(die, attr, &attribute, &error) != DW_DLV_OK)
		return false;
	if (dwarf_formsdata(attribute, &with_sign, &error) == DW_DLV_OK)
		*value = with_sign;
	else if (dwarf_formudata(attribute, &number, &error) == DW_DLV_OK)
		*value = (int64_t)number;
	else
		known = false;
	dwarf_dealloc_attribute(attribute);
	return known;
}

bool has_attribute(Dwarf_Die die, Dwarf_Half attr)
{
	Dwarf_Error error = NULL;
	Dwarf_Bool has = 0;

	return dwarf_hasattr(die, attr, &has, &error) == DW_DLV_OK && has;
}

uint64_t unsigned_or_zero(Dwarf_Die die, Dwarf_Half attr)
{
	Dwarf_Unsigned value;

	return unsigned_attribute(die, attr, &value) ? value : 0;
}

const char *die_string(Dwarf_Die die, Dwarf_Half attr)
{
	Dwarf_Error error = NULL;
	char *text;

	return dwarf_die_text(die, attr, &text, &error) == DW_DLV_OK ? text : "";
}

uint64_t fixed_address(Dwarf_Die die)
{
	Dwarf_Attribute attribute;
	Dwarf_Error error = NULL;
	Dwarf_Unsigned length, index;
	Dwarf_Ptr block;
	Dwarf_Addr address = 0;
	const uint8_t *code;

	bool known;

	if (dwarf_attr(die, DW_AT_location, &attribute, &error) != DW_DLV_OK)
		return 0;
	known = dwarf_formexprloc(attribute, &length, &block, &error) == DW_DLV_OK;
	dwarf_dealloc_attribute(attribute);
	if (!known || length < 2)
		return 0;
	code = block;
	if (code[0] == DW_OP_addr && length == 1 + sizeof(address)) {
		memcpy(&address, code + 1, sizeof(address));
	} else if (code[0] == DW_OP_addrx && length == 2 && code[1] < 0x80) {
		index = code[1];
		if (dwarf_debug_addr_index_to_addr(die, index, &address, &error) != DW_DLV_OK)
			return 0;
	}
	return address;
}

const char *die_name(Dwarf_Die die)
{
	Dwarf_Error error = NULL;
	char *name;

	return dwarf_diename(die, &name, &error) == DW_DLV_OK ? name : "";
}

Dwarf_Half die_tag(Dwarf_Die die)
{
	Dwarf_Error error = NULL;
	Dwarf_Half tag = 0;

	return dwarf_tag(die, &tag, &error) == DW_DLV_OK ? tag : 0;
}

bool referred_offset(Dwarf_Die die, Dwarf_Half attr, Dwarf_Off *offset)
{
	Dwarf_Attribute attribute;
	Dwarf_Error error = NULL;
	bool known;

	if (dwarf_attr(die, attr, &attribute, &error) != DW_DLV_OK)
		return false;
	known = dwarf_global_formref(attribute, offset, &error) == DW_DLV_OK;
	dwarf_dealloc_attribute(attribute);
	return known;
}

Dwarf_Die die_at(Dwarf_Debug dbg, Dwarf_Off offset)
{
	Dwarf_Error error = NULL;
	Dwarf_Die die;

	return dwarf_offdie_b(dbg, offset, 1, &die, &error) == DW_DLV_OK ? die : NULL;
}

Dwarf_Die referred_die(Dwarf_Debug dbg, Dwarf_Die die, Dwarf_Half attr)
{
	Dwarf_Off offset;

	return referred_offset(die, attr, &offset) ? die_at(dbg, offset) : NULL;
}

Dwarf_Die first_child(Dwarf_Die die)
{
	Dwarf_Error error = NULL;
	Dwarf_Die child = NULL;

	return dwarf_child(die, &child, &error) == DW_DLV_OK ? child : NULL;
}

Dwarf_Die next_sibling(Dwarf_Debug dbg, Dwarf_Die die)
{
	Dwarf_Error error = NULL;
	Dwarf_Die next = NULL;

	if (dwarf_siblingof_b(dbg, die, 1, &next, &error) != DW_DLV_OK)
		next = NULL;
	dwarf_dealloc_die(die);
	return next;
}

Dwarf_Die next_unit(Dwarf_Debug dbg)
{
	Dwarf_Unsigned length, abbrev, type_offset, next;
	Dwarf_Half version, address_size, offset_size, extension, unit_type;
	Dwarf_Sig8 signature;
	Dwarf_Error error = NULL;
	Dwarf_Die unit = NULL;

	if (dwarf_next_cu_header_d(dbg, 1, &length, &version, &abbrev, &address_size, &offset_size,
				   &extension, &signature, &type_offset, &next, &unit_type,
				   &error) != DW_DLV_OK ||
	    dwarf_siblingof_b(dbg, NULL, 1, &unit, &error) != DW_DLV_OK)
		return NULL;
	return unit;
}
