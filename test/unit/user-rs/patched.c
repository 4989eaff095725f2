// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value);
int show(int value)
{
	if (value) {
		static int _rs = 1;

		return _rs += 3;
	} else {
		static int _rs = 2;

		return _rs -= 5;
	}
}
