// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(unsigned int value);
int show(unsigned int value)
{
	switch (value) {
	case 0:
		return 71;
	case 1:
		return 40;
	case 2:
		return 9;
	case 3:
		return 32;
	case 4:
		return 85;
	}
	return -2;
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
