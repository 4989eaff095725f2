// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

/* DO_ONCE() of linux/once.h, Linux 6.1 */
bool __do_once_start(bool *done, u64 *flags);
void __do_once_done(bool *done, struct static_key *key, u64 *flags, void *module);

#define DO_ONCE(func, first)                                                            \
	do {                                                                            \
		static bool __attribute__((__section__(".data.once"))) ___done = first; \
		static struct static_key ___once_key = { 1, first };                    \
		u64 flags;                                                              \
		if (static_branch(&___once_key) && __do_once_start(&___done, &flags)) { \
			func();                                                         \
			__do_once_done(&___done, &___once_key, &flags, NULL);           \
		}                                                                       \
	} while (0)

void fill(u32 *values);

static u32 secrets[20];

static inline void init_secrets(void)
{
	int i;

	for (i = 0; i < 20; i++) {
		if (internal(i))
			secrets[i] = internal(i + 50);
		else
			printk("no secret\n");
	}
}

u32 hashed(u32 *values, int nr);
u32 hashed(u32 *values, int nr)
{
	u32 sum = 0, more[4] = { 1, 2, 3, 4 };
	int i;

	for (i = 0; i < nr; i++) {
		DO_ONCE(init_secrets, 0);
		if (values[i] == 7)
			printk("seven\n");
		fill(more);
		sum += more[i % 4] ^ values[i] * secrets[i % 20];
	}
	return sum;
}
