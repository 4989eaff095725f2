// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(unsigned int value);
int show(unsigned int value)
{
	return value + 1;
}

int other(unsigned int value);
int other(unsigned int value)
{
	switch (value) {
	case 0:
		return 17;
	case 1:
		return 4;
	case 2:
		return 99;
	case 3:
		return 23;
	case 4:
		return 58;
	}
	return -1;
}
