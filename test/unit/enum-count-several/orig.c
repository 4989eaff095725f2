// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

enum {
	CMD_GET,
	CMD_SET,
	__CMD_AFTER_LAST,
	NUM_CMD = __CMD_AFTER_LAST,
	CMD_MAX = __CMD_AFTER_LAST - 1,
};

int show(int cmd);
int show(int cmd)
{
	if (cmd > CMD_MAX)
		return internal(NUM_CMD);
	return cmd == CMD_GET;
}
