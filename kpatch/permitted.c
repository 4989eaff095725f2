// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the kernel makes of its own code. Each form is named with the function of the kernel that
 * writes it; those without a file are in arch/x86/kernel/alternative.c.
 */
#include <string.h>

#include "kpatch/cleanup.h"
#include "kpatch/fields.h"
#include "kpatch/nops.h"
#include "kpatch/permitted.h"
#include "lib/thunk-register.h"

#define CALL  0xe8
#define JMP32 0xe9
#define JMP8  0xeb
#define RET   0xc3
#define INT3  0xcc

/* Call depth tracking enters a function by its padding, which is as long as its alignment. */
#define PADDING_MAX 64

/* The bytes at one site. */
struct place {
	const struct beside *beside;
	const unsigned char *expected, *seen;
	size_t length;
	uint64_t address;
};

static int32_t distance_at(const unsigned char *field)
{
	int32_t distance;

	memcpy(&distance, field, sizeof(distance));
	return distance;
}

static bool is_all(const unsigned char *bytes, unsigned char value, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bytes[i] != value)
			return false;
	return true;
}

/* recompute_jump(), __apply_relocation(): "jmp rel32" as "jmp rel8" with NOPs or INT3. */
static bool is_shorter_jump(const struct place *place)
{
	const unsigned char *expected = place->expected, *seen = place->seen;

	return place->length == 5 && expected[0] == JMP32 && seen[0] == JMP8 &&
	       distance_at(expected + 1) + 5 == (signed char)seen[1] + 2 &&
	       (is_nops(seen + 2, 3) || is_all(seen + 2, INT3, 3));
}

/*
 * The bytes of @form, with the values that its fields get at the site, and what else @seen may have
 * in it. False where the values cannot be told.
 */
static bool put_form(const struct place *place, const struct kpatch_shipped_form *form,
		     unsigned char *code)
{
	const struct beside *beside = place->beside;
	const struct shipped_record *record = beside->record;
	struct beside inner = { beside->running, record, place->address, code, place->seen };

	memcpy(code, record->data + form->bytes, form->length);
	for (uint32_t i = 0; i < form->nr_fields; i++) {
		struct kpatch_shipped_site field = shipped_field(record, form, i);
		_cleanup_free_ char *problem = NULL;

		if (is_field(&field) && !field_apply(beside->running, record, &field,
						     place->address, code, place->seen, &problem))
			return false;
	}
	for (uint32_t i = 0; i < form->nr_fields; i++) {
		struct kpatch_shipped_site field = shipped_field(record, form, i);

		if (!is_field(&field) && is_permitted(&inner, &field, field.length))
			memcpy(code + field.offset, place->seen + field.offset, field.length);
	}
	return true;
}

/* Where the NOPs at the end of a form begin, which the kernel joins with those behind it. */
static size_t start_of_nops(const struct shipped_record *record,
			    const struct kpatch_shipped_form *form)
{
	if (is_nops(record->data + form->bytes, form->length))
		return 0;
	for (uint32_t i = 0; i < form->nr_fields; i++) {
		struct kpatch_shipped_site field = shipped_field(record, form, i);

		if (field.kind == KPATCH_SITE_NOPS && field.offset + field.length == form->length)
			return field.offset;
	}
	return form->length;
}

/* NOPs from @at to the end of the site, or of the longest one that begins there. */
static bool is_filled(const struct place *place, size_t at, size_t length)
{
	const unsigned char *expected = place->expected + length, *seen = place->seen + length;
	size_t behind = place->length - length;

	if (is_nops(expected, behind) && is_nops(place->seen + at, place->length - at))
		return true;
	return memcmp(expected, seen, behind) == 0 && is_nops(place->seen + at, length - at);
}

/* apply_alternatives(); arch/x86/kernel/jump_label.c */
static bool is_one_of_forms(const struct place *place, const struct kpatch_shipped_site *site)
{
	const struct shipped_record *record = place->beside->record;
	unsigned char code[SHIPPED_SITE_MAX];

	for (uint32_t i = 0; i < site->nr; i++) {
		struct kpatch_shipped_form form = shipped_form(record, site, i);
		size_t end = start_of_nops(record, &form);

		if (put_form(place, &form, code) && memcmp(code, place->seen, end) == 0 &&
		    is_filled(place, end, site->length))
			return true;
	}
	return false;
}

/* ftrace_replace_code(): to a trampoline, which can be anywhere. */
static bool is_traced(const struct place *place)
{
	return place->seen[0] == CALL || is_nops(place->seen, place->length);
}

/* arch/x86/kernel/static_call.c, __static_call_transform(): "xor %eax, %eax" of five bytes */
static bool is_return_of_zero(const unsigned char *seen, size_t length)
{
	size_t at = 0;

	while (at < length && (seen[at] == 0x2e || seen[at] == 0x66 || seen[at] == 0x48))
		at++;
	return at + 2 == length && seen[at] == 0x31 && seen[at + 1] == 0xc0;
}

/* Ibid. in 7.2: "ud1 (%edx), %rdi" in the place of a call of __WARN_trap() */
static bool is_warning(const unsigned char *seen, size_t length)
{
	static const unsigned char ud1[] = { 0x67, 0x48, 0x0f, 0xb9, 0x3a };

	return length == sizeof(ud1) && memcmp(seen, ud1, sizeof(ud1)) == 0;
}

/* __static_call_validate() wants a call to stay one, in one of its forms, and a tail call too. */
static bool is_static_call(const struct place *place)
{
	const unsigned char *seen = place->seen;

	if (place->length == 6)
		return memcmp(seen, place->expected, 2) == 0 && seen[0] == 0x0f &&
		       (seen[1] & 0xf0) == 0x80;
	if (place->expected[0] == JMP32)
		return seen[0] == JMP32 ||
		       (seen[0] == RET && is_all(seen + 1, INT3, place->length - 1));
	return seen[0] == CALL || is_nops(seen, place->length) ||
	       is_return_of_zero(seen, place->length) || is_warning(seen, place->length);
}

/* paravirt_patch() in arch/x86/kernel/paravirt.c, alt_replace_call() */
static bool is_paravirt(const struct place *place)
{
	const unsigned char *seen = place->seen;

	if (seen[0] == CALL && place->length >= 5)
		return is_nops(seen + 5, place->length - 5);
	return is_nops(seen, place->length);
}

/* Bytes of "call *%reg" or "jmp *%reg" (emit_indirect()); 0 when it is none. */
static size_t indirect_length(const unsigned char *code, size_t size, bool call, unsigned int reg)
{
	const unsigned char wanted[] = { 0x41, 0xff, (call ? 0xd0 : 0xe0) | (reg & 7) };
	size_t first = reg < 8, length = sizeof(wanted) - first;

	return length <= size && memcmp(code, wanted + first, length) == 0 ? length : 0;
}

/*
 * A thunk that jumps through the register: one with its name, or that the kernel has made
 * (its_init_thunk()).
 */
static bool is_thunk(const struct running *running, uint64_t address, unsigned int reg)
{
	const char *name = kallsyms_thunk_at(&running->symbols, address);
	unsigned char code[3];

	if (name && thunk_register(name) == (int)reg)
		return true;
	return kcore_read(&running->kcore, address, code, sizeof(code)) &&
	       indirect_length(code, sizeof(code), false, reg) != 0;
}

/* patch_retpoline() */
static bool is_retpoline(const struct place *place, unsigned int reg)
{
	const unsigned char *seen = place->seen, *expected = place->expected;
	size_t length = place->length, at = 0, indirect;
	bool conditional, call;

	/* __emit_trampoline() */
	if (memcmp(expected, seen, length - 4) == 0)
		return is_thunk(place->beside->running,
				place->address + length + distance_at(seen + length - 4), reg);
	if (expected[0] == 0x2e)
		expected++;
	call = expected[0] == CALL;
	conditional = expected[0] == 0x0f && (expected[1] & 0xf0) == 0x80;
	if (!call && !conditional && expected[0] != JMP32)
		return false;
	if (conditional) {
		if (seen[0] != (0x70 | ((expected[1] & 0xf) ^ 1)) || seen[1] != length - 2)
			return false;
		at = 2;
	}
	if (at + 3 <= length && memcmp(seen + at, "\x0f\xae\xe8", 3) == 0) /* LFENCE */
		at += 3;
	indirect = indirect_length(seen + at, length - at, call, reg);
	at += indirect;
	while (!call && at < length && seen[at] == INT3)
		at++;
	return indirect && is_nops(seen + at, length - at);
}

/* patch_return() */
static bool is_return(const struct place *place)
{
	const unsigned char *seen = place->seen;
	size_t length = place->length;
	const char *thunk;

	if (seen[0] == RET)
		return is_all(seen + 1, INT3, length - 1);
	if (length < 5 || memcmp(seen, place->expected, length - 4) != 0)
		return false;
	thunk = kallsyms_thunk_at(&place->beside->running->symbols,
				  place->address + length + distance_at(seen + length - 4));
	return thunk && strstr(thunk, "return_thunk");
}

/* patch_call() in arch/x86/kernel/callthunks.c */
static bool is_tracked_call(const struct place *place)
{
	int64_t before = (int64_t)distance_at(place->expected + 1) - distance_at(place->seen + 1);

	return place->seen[0] == place->expected[0] && before > 0 && before <= PADDING_MAX;
}

uint32_t filled_length(const struct shipped_record *record, uint32_t index)
{
	const struct kpatch_shipped_site *site = &record->sites[index], *other = site;
	const struct kpatch_shipped_site *end = record->sites + record->header.nr_sites;
	uint32_t length = site->length;

	if (site->kind != KPATCH_SITE_ALTERNATIVE)
		return length;
	while (other > record->sites && other[-1].offset == site->offset)
		other--;
	for (; other < end && other->offset == site->offset; other++)
		if (other->kind == KPATCH_SITE_ALTERNATIVE && other->length > length)
			length = other->length;
	return length;
}

bool is_permitted(const struct beside *beside, const struct kpatch_shipped_site *site,
		  uint32_t length)
{
	struct place place = { beside, beside->expected + site->offset, beside->seen + site->offset,
			       length, beside->address + site->offset };

	if (memcmp(place.expected, place.seen, place.length) == 0)
		return true;
	switch (site->kind) {
	case KPATCH_SITE_FTRACE:
		return is_traced(&place);
	case KPATCH_SITE_JUMP_LABEL:
	case KPATCH_SITE_ALTERNATIVE:
		return is_one_of_forms(&place, site);
	case KPATCH_SITE_STATIC_CALL:
		return is_static_call(&place);
	case KPATCH_SITE_PARAVIRT:
		return is_paravirt(&place);
	case KPATCH_SITE_RETPOLINE:
		return is_retpoline(&place, site->value);
	case KPATCH_SITE_RETURN:
		return is_return(&place);
	case KPATCH_SITE_LOCK: /* alternatives_smp_unlock() */
		return place.seen[0] == 0xf0 || place.seen[0] == 0x3e;
	case KPATCH_SITE_ENDBR: /* poison_endbr(), apply_ibt_endbr() */
	case KPATCH_SITE_NOPS: /* optimize_nops() */
		return is_nops(place.seen, place.length);
	case KPATCH_SITE_JUMP:
		return is_shorter_jump(&place);
	case KPATCH_SITE_CALL:
		return is_tracked_call(&place);
	case KPATCH_SITE_CONSTANT: /* runtime_const_fixup() in asm/runtime-const.h */
		return true;
	}
	return false;
}
