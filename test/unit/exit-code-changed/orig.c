// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define __exit __attribute__((__section__(".exit.text"), __cold__)) notrace

int __exit cleanup(void);
int __exit cleanup(void)
{
	return internal(1);
}
