// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

struct info {
	long speed, width, more, last;
};

struct conn {
	const struct info *info;
	int type;
};

static const struct info infos[4] = { { 1, 2, 1 }, { 3, 4, 1 }, { 5, 6, 1 }, { 7, 8, 1 } };

void begin(struct conn *conn, u64 type);
void begin(struct conn *conn, u64 type)
{
	conn->info = &infos[type & 3];
}
