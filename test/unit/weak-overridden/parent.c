// SPDX-License-Identifier: GPL-2.0-only
int show(int value);
int show(int value)
{
	return value * 5;
}
