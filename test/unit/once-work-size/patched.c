// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

/* DO_ONCE() of linux/once.h, Linux 6.1 */
bool __do_once_start(bool *done, u64 *flags);
void __do_once_done(bool *done, struct static_key *key, u64 *flags, void *module);
void get_random_bytes(void *buffer, int size);

#define get_random_once(buffer, size, first)                                            \
	do {                                                                            \
		static bool __attribute__((__section__(".data.once"))) ___done = first; \
		static struct static_key ___once_key = { 1, first };                    \
		u64 flags;                                                              \
		if (static_branch(&___once_key) && __do_once_start(&___done, &flags)) { \
			get_random_bytes(buffer, size);                                 \
			__do_once_done(&___done, &___once_key, &flags, NULL);           \
		}                                                                       \
	} while (0)

extern u32 old_secret[4];

u32 hashed(u32 value);
u32 hashed(u32 value)
{
	get_random_once(old_secret, 16, 0);
	return value * old_secret[3];
}
