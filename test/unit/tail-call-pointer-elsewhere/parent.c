// SPDX-License-Identifier: GPL-2.0-only
int apply(int (*function)(int), int value);
int apply(int (*function)(int), int value)
{
	return function(value);
}
