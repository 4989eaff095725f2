// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

typedef unsigned short u16;
typedef u16 __le16;
typedef u32 __be32;
typedef u32 hash_t;

struct slot {
	u64 key;
	u16 hash;
	u32 list[2];
	struct {
		__be32 length;
	} inner;
	u32 other;
};

struct plain {
	u32 key;
};

int show(struct slot *slot, struct plain *plain);
int show(struct slot *slot, struct plain *plain)
{
	return internal(slot->hash + slot->list[1] + slot->inner.length) + plain->key + slot->other;
}
