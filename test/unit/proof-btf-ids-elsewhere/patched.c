// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct ids {
	u32 cnt;
};
extern struct ids first_set, second_set;
#ifdef SHIPPED
extern struct ids other;
#define READ(set) other.cnt
#else
#define READ(set) (set).cnt
#endif
#define LIST(name) ".pushsection .BTF_ids,\"a\"\n.local " name "\n" name ":\n.zero 4\n.popsection\n"
asm(LIST("first_set") LIST("second_set"));

int show(int value);
int show(int value)
{
	return internal(value == (int)READ(first_set)) + (int)READ(second_set) + value + 2;
}
