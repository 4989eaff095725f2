// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct ratelimit {
	int lock, interval, burst, printed, missed;
	u64 begin, flags;
};

bool limit(struct ratelimit *rs);

#define PRINT(text)                                                                         \
	do {                                                                                \
		static struct ratelimit _rs = { .lock = 0, .interval = 5000, .burst = 10 }; \
		if (limit(&_rs))                                                            \
			printk(text);                                                       \
	} while (0)
int show(int value);

int show(int value)
{
	PRINT("first\n");
	return value + 2;
}
