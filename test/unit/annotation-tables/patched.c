// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define ANNOTATE                                                                                 \
	asm volatile("1:\n"                                                                      \
		     ".pushsection .discard.unreachable\n\t.long 1b - .\n.popsection\n"          \
		     ".pushsection .discard.reachable\n\t.long 1b - .\n.popsection\n"            \
		     ".pushsection .discard.retpoline_safe\n\t.long 1b - .\n.popsection\n"       \
		     ".pushsection .discard.instr_begin\n\t.long 1b - .\n.popsection\n"          \
		     ".pushsection .discard.instr_end\n\t.long 1b - .\n.popsection\n"            \
		     ".pushsection .discard.noendbr\n\t.long 1b - .\n.popsection\n"              \
		     ".pushsection .discard.unret\n\t.long 1b - .\n.popsection\n"                \
		     ".pushsection .discard.validate_unret\n\t.long 1b - .\n.popsection\n"       \
		     ".pushsection .discard.intra_function_calls\n\t.long 1b - .\n.popsection\n" \
		     ".pushsection .discard.ignore_alts\n\t.long 1b - .\n.popsection\n"          \
		     ".pushsection .discard.func_stack_frame_non_standard\n\t.long 1b - "        \
		     ".\n.popsection\n"                                                          \
		     ".pushsection .discard.ibt_endbr_noseal\n\t.quad 1b\n.popsection\n"         \
		     ".pushsection .discard.unwind_hints\n\t.long 1b - ., 5, 6\n.popsection\n"   \
		     ".pushsection .discard.annotate_data,\"M\",@progbits,8\n\t.long 1b - ., "   \
		     "1\n.popsection\n")

int show(int value);
int show(int value)
{
	ANNOTATE;
	return value + 2;
}

int other(int value);
int other(int value)
{
	ANNOTATE;
	return value + 3;
}
