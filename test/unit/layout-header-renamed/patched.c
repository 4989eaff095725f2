// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int before(int value);
int before(int value)
{
	return value;
}

# 1 "head.h" 1
struct ends {
	u64 to;
	u64 from;
	u64 by;
};

struct frame {
	int length;
};

int after(struct frame *frame);
# 40 "case.c" 2

int after(struct frame *frame)
{
	return frame->length;
}

int show(void *data);
int show(void *data)
{
	struct ends *head = data;

	return (int)head->from;
}
