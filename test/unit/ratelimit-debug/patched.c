// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct ratelimit {
	struct {
		u32 locked, magic, owner_cpu;
		void *owner;
		const char *name;
	} lock;
	int interval, burst, printed, missed;
	u64 begin, flags;
};

bool limit(struct ratelimit *rs);

/* CONFIG_DEBUG_SPINLOCK, linux/spinlock_types_raw.h */
#define UNLOCKED                                                                               \
	{                                                                                      \
		.magic = 0xdead4ead, .owner_cpu = -1, .owner = (void *)-1L, .name = "_rs.lock" \
	}

#define PRINT(text)                                                                             \
	do {                                                                                    \
		static struct ratelimit _rs = { .lock = UNLOCKED, .interval = 1, .burst = 10 }; \
		if (limit(&_rs))                                                                \
			printk(text);                                                           \
	} while (0)
int show(int value);

int show(int value)
{
	PRINT("first\n");
	PRINT("second\n");
	return value + 2;
}
