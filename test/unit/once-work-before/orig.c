// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

/* DO_ONCE() of linux/once.h, Linux 6.1 */
bool __do_once_start(bool *done, u64 *flags);
void __do_once_done(bool *done, struct static_key *key, u64 *flags, void *module);
void get_random_bytes(void *buffer, int size);

extern u32 old_secret;
extern u64 counter;

u32 hashed(u32 value);
u32 hashed(u32 value)
{
	static bool __attribute__((__section__(".data.once"))) ___done;
	static struct static_key ___once_key = { 1, 0 };
	u64 flags;

	if (static_branch(&___once_key)) {
		if (__do_once_start(&___done, &flags)) {
			get_random_bytes(&old_secret, sizeof(old_secret));
			__do_once_done(&___done, &___once_key, &flags, NULL);
		}
	}
	return value * old_secret;
}
