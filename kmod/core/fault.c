// SPDX-License-Identifier: GPL-2.0-only
#include <linux/atomic.h>
#include <linux/moduleparam.h>

#include "fault.h"

static int fault_at;
module_param(fault_at, int, 0644);

bool fault(void)
{
	int left = READ_ONCE(fault_at);

	if (left > 0)
		WRITE_ONCE(fault_at, left - 1);
	return left == 1;
}
