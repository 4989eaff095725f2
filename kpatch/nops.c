// SPDX-License-Identifier: GPL-2.0-only
/* Instructions that do nothing. */
#include <stdint.h>
#include <string.h>

#include "kpatch/nops.h"

#define JMP8	 0xeb
#define JMP32	 0xe9
#define INT3	 0xcc
#define NOP1	 0x90
#define INSN_MAX 15

/* Bytes from a ModRM byte to the end of its operand, with the reg field 0; 0: no such operand. */
static size_t operand_length(const unsigned char *code, size_t size)
{
	unsigned int mod, rm;
	size_t length = 1;

	if (size == 0)
		return 0;
	mod = code[0] >> 6;
	rm = code[0] & 7;
	/* NOP r/m has 0 in the reg field; of registers the kernel and the assembler use none. */
	if (mod == 3 || (code[0] >> 3 & 7) != 0)
		return 0;
	if (rm == 4) {
		if (size < 2)
			return 0;
		if (mod == 0 && (code[1] & 7) == 5)
			length += 4;
		length++;
	}
	if (mod == 1)
		length += 1;
	if (mod == 2 || (mod == 0 && rm == 5))
		length += 4;
	return length <= size ? length : 0;
}

static size_t plain_length(const unsigned char *code, size_t size)
{
	size_t prefixes = 0, operand;

	if (size > INSN_MAX)
		size = INSN_MAX;
	while (prefixes < size && (code[prefixes] == 0x66 || code[prefixes] == 0x2e))
		prefixes++;
	if (prefixes < size && code[prefixes] == NOP1)
		return prefixes + 1;
	if (prefixes + 2 > size || code[prefixes] != 0x0f || code[prefixes + 1] != 0x1f)
		return 0;
	operand = operand_length(code + prefixes + 2, size - prefixes - 2);
	return operand ? prefixes + 2 + operand : 0;
}

/* A jump, and what it jumps over. */
static size_t jump_length(const unsigned char *code, size_t size)
{
	size_t length = 0;
	int32_t distance = 0;

	if (size >= 2 && code[0] == JMP8) {
		length = 2;
		distance = (signed char)code[1];
	} else if (size >= 5 && code[0] == JMP32) {
		length = 5;
		memcpy(&distance, code + 1, sizeof(distance));
	}
	if (distance <= 0 || (size_t)distance > size - length)
		return 0;
	for (size_t i = length; i < length + distance; i++)
		if (code[i] != INT3)
			return 0;
	return length + distance;
}

size_t nop_length(const unsigned char *code, size_t size)
{
	size_t length = plain_length(code, size);

	return length ? length : jump_length(code, size);
}

bool is_nops(const unsigned char *code, size_t size)
{
	size_t length;

	for (; size; size -= length, code += length) {
		length = nop_length(code, size);
		if (length == 0)
			return false;
	}
	return true;
}
