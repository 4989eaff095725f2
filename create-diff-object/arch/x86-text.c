// SPDX-License-Identifier: GPL-2.0-only
/* Instructions one by one, and as text, by Zydis. */
#include "arch.h"
#include "create-diff-object/describe.h"
#include "create-diff-object/util.h"
#include "x86-shape.h"
#include "x86.h"

#include <Zycore/Format.h>
#include <Zydis/Zydis.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* What the text of an instruction is made from. */
struct text_source {
	const struct object *obj;
	const struct section *sec;
	uint64_t at;
	/* Zydis' own functions for fields without a relocation */
	ZydisFormatterFunc print_disp, print_imm, print_address;
};

static bool decode(const struct section *sec, uint64_t at, ZydisDecodedInstruction *insn,
		   ZydisDecodedOperand *operands)
{
	ZydisDecoder decoder;

	return sec->data && at < sec->size &&
	       ZYAN_SUCCESS(ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64,
					     ZYDIS_STACK_WIDTH_64)) &&
	       ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder, sec->data + at, sec->size - at, insn,
						   operands));
}

bool x86_read_insn(const struct section *sec, uint64_t at, struct insn *insn)
{
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	ZydisDecodedInstruction decoded;

	if (!decode(sec, at, &decoded, operands))
		return false;
	insn->length = decoded.length;
	insn->operation = decoded.mnemonic;
	insn->rela = rela_within(sec, at, at + decoded.length);
	insn->branch = decoded.attributes & ZYDIS_ATTRIB_IS_RELATIVE &&
		       decoded.raw.imm[0].is_relative;
	insn->call = decoded.meta.category == ZYDIS_CATEGORY_CALL;
	insn->jump = decoded.meta.category == ZYDIS_CATEGORY_UNCOND_BR ||
		     decoded.meta.category == ZYDIS_CATEGORY_COND_BR ||
		     decoded.meta.category == ZYDIS_CATEGORY_RET;
	/* Behind those that are not next compilers put one that is never reached. */
	insn->ends = decoded.meta.category == ZYDIS_CATEGORY_UNCOND_BR ||
		     decoded.meta.category == ZYDIS_CATEGORY_RET ||
		     decoded.mnemonic == ZYDIS_MNEMONIC_INT3;
	insn->to = insn->branch ? at + decoded.length + decoded.raw.imm[0].value.u : 0;
	insn->shape = x86_shape(sec, at, &decoded, operands);
	insn->noise = x86_is_noise(&decoded, operands);
	return true;
}

/* The relocation of the field that @context prints: the displacement or an immediate operand. */
static const struct rela *field_rela(const ZydisFormatterContext *context)
{
	const struct text_source *source = context->user_data;
	const ZydisDecodedInstruction *insn = context->instruction;
	uint64_t field = context->operand->type == ZYDIS_OPERAND_TYPE_MEMORY
				 ? insn->raw.disp.offset
				 : insn->raw.imm[0].offset;

	if (!field)
		return NULL;
	return rela_within(source->sec, source->at + field, source->at + field + 1);
}

static ZyanStatus append(ZydisFormatterBuffer *buffer, const char *text)
{
	ZyanString *string;
	ZyanStatus status = ZydisFormatterBufferAppend(buffer, ZYDIS_TOKEN_SYMBOL);

	if (ZYAN_SUCCESS(status))
		status = ZydisFormatterBufferGetString(buffer, &string);
	if (ZYAN_SUCCESS(status))
		status = ZyanStringAppendFormat(string, "%s", text);
	return status;
}

static ZyanStatus append_target(const struct text_source *source, ZydisFormatterBuffer *buffer,
				const struct rela *rela)
{
	char *text = describe_target(source->obj, rela);
	ZyanStatus status = append(buffer, text);

	free(text);
	return status;
}

static ZyanStatus print_disp(const ZydisFormatter *formatter, ZydisFormatterBuffer *buffer,
			     ZydisFormatterContext *context)
{
	const struct text_source *source = context->user_data;
	const struct rela *rela = field_rela(context);

	if (!rela)
		return source->print_disp(formatter, buffer, context);
	/* "[rax+" has to be written, too */
	return append(buffer, "+") == ZYAN_STATUS_SUCCESS ? append_target(source, buffer, rela)
							  : ZYAN_STATUS_FAILED;
}

static ZyanStatus print_imm(const ZydisFormatter *formatter, ZydisFormatterBuffer *buffer,
			    ZydisFormatterContext *context)
{
	const struct text_source *source = context->user_data;
	const struct rela *rela = field_rela(context);

	if (!rela)
		return source->print_imm(formatter, buffer, context);
	return append(buffer, "$") == ZYAN_STATUS_SUCCESS ? append_target(source, buffer, rela)
							  : ZYAN_STATUS_FAILED;
}

/* A jump inside of the function: as an offset in it. */
static ZyanStatus print_address(const ZydisFormatter *formatter, ZydisFormatterBuffer *buffer,
				ZydisFormatterContext *context)
{
	const struct text_source *source = context->user_data;
	const struct rela *rela = field_rela(context);
	char text[32];
	ZyanU64 to;

	if (rela)
		return append_target(source, buffer, rela);
	if (ZYAN_FAILED(ZydisCalcAbsoluteAddress(context->instruction, context->operand,
						 context->runtime_address, &to)))
		return source->print_address(formatter, buffer, context);
	snprintf(text, sizeof(text), "+0x%" PRIx64, (uint64_t)to);
	return append(buffer, text);
}

static bool set_up(ZydisFormatter *formatter, struct text_source *source)
{
	source->print_disp = print_disp;
	source->print_imm = print_imm;
	source->print_address = print_address;
	return ZYAN_SUCCESS(ZydisFormatterInit(formatter, ZYDIS_FORMATTER_STYLE_ATT)) &&
	       ZYAN_SUCCESS(ZydisFormatterSetHook(formatter, ZYDIS_FORMATTER_FUNC_PRINT_DISP,
						  (const void **)&source->print_disp)) &&
	       ZYAN_SUCCESS(ZydisFormatterSetHook(formatter, ZYDIS_FORMATTER_FUNC_PRINT_IMM,
						  (const void **)&source->print_imm)) &&
	       ZYAN_SUCCESS(ZydisFormatterSetHook(formatter, ZYDIS_FORMATTER_FUNC_PRINT_ADDRESS_ABS,
						  (const void **)&source->print_address));
}

bool x86_print_insn(const struct object *obj, const struct section *sec, uint64_t at, char *text,
		    size_t size)
{
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	struct text_source source = { .obj = obj, .sec = sec, .at = at };
	ZydisDecodedInstruction insn;
	ZydisFormatter formatter;

	return decode(sec, at, &insn, operands) && set_up(&formatter, &source) &&
	       ZYAN_SUCCESS(ZydisFormatterFormatInstruction(&formatter, &insn, operands,
							    insn.operand_count_visible, text, size,
							    at - entry_offset(obj, sec), &source));
}

/* What the text of a shipped instruction is made from. */
struct shipped_source {
	uint64_t size, at, address;
	char *(*name)(const void *ctx, uint64_t field, uint64_t to);
	const void *ctx;
	ZydisFormatterFunc print_imm;
};

static ZyanStatus append_place(const struct shipped_source *source, ZydisFormatterBuffer *buffer,
			       uint64_t field, uint64_t to, const char *before)
{
	char plain[32], *text = source->name(source->ctx, source->at + field, to);
	ZyanStatus status;

	if (to - source->address > source->size)
		snprintf(plain, sizeof(plain), "0x%" PRIx64, to);
	else
		snprintf(plain, sizeof(plain), "+0x%" PRIx64, to - source->address);
	status = append(buffer, before);
	if (ZYAN_SUCCESS(status))
		status = append(buffer, text ? text : plain);
	free(text);
	return status;
}

static ZyanStatus print_shipped_address(const ZydisFormatter *formatter,
					ZydisFormatterBuffer *buffer,
					ZydisFormatterContext *context)
{
	const ZydisDecodedInstruction *insn = context->instruction;
	uint64_t field = context->operand->type == ZYDIS_OPERAND_TYPE_MEMORY
				 ? insn->raw.disp.offset
				 : insn->raw.imm[0].offset;
	ZyanU64 to;

	if (ZYAN_FAILED(ZydisCalcAbsoluteAddress(insn, context->operand, context->runtime_address,
						 &to)))
		return ZYAN_STATUS_FAILED;
	return append_place(context->user_data, buffer, field, to, "");
}

/* An immediate operand may be an address: where it has a name, that is told. */
static ZyanStatus print_shipped_imm(const ZydisFormatter *formatter, ZydisFormatterBuffer *buffer,
				    ZydisFormatterContext *context)
{
	const struct shipped_source *source = context->user_data;
	uint64_t to = context->operand->imm.value.u,
		 field = context->instruction->raw.imm[0].offset;
	char *text = context->instruction->raw.imm[0].size < 32
			     ? NULL
			     : source->name(source->ctx, source->at + field, to);

	if (!text)
		return source->print_imm(formatter, buffer, context);
	free(text);
	return append_place(source, buffer, field, to, "$");
}

bool x86_print_code(const uint8_t *code, uint64_t size, uint64_t at, uint64_t address,
		    char *(*name)(const void *ctx, uint64_t field, uint64_t to), const void *ctx,
		    char *text, size_t text_size)
{
	struct shipped_source source = { size, at, address, name, ctx, print_shipped_imm };
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	ZydisFormatterFunc print_place = print_shipped_address;
	ZydisDecodedInstruction insn;
	ZydisFormatter formatter;
	ZydisDecoder decoder;

	if (at >= size ||
	    ZYAN_FAILED(
		    ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64)) ||
	    ZYAN_FAILED(ZydisDecoderDecodeFull(&decoder, code + at, size - at, &insn, operands)) ||
	    ZYAN_FAILED(ZydisFormatterInit(&formatter, ZYDIS_FORMATTER_STYLE_ATT)) ||
	    ZYAN_FAILED(ZydisFormatterSetHook(&formatter, ZYDIS_FORMATTER_FUNC_PRINT_IMM,
					      (const void **)&source.print_imm)) ||
	    ZYAN_FAILED(ZydisFormatterSetHook(&formatter, ZYDIS_FORMATTER_FUNC_PRINT_ADDRESS_ABS,
					      (const void **)&print_place)))
		return false;
	return ZYAN_SUCCESS(ZydisFormatterFormatInstruction(&formatter, &insn, operands,
							    insn.operand_count_visible, text,
							    text_size, address + at, &source));
}
