// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int before(int value);
int before(int value)
{
	return value;
}

# 1 "head.h" 1
struct head {
	u64 source;
	u64 target;
};

struct head6 {
	u64 sources[2];
	u64 targets[2];
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
	struct head6 *head = data;

	return (int)head->sources[1];
}
