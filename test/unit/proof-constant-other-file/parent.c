// SPDX-License-Identifier: GPL-2.0-only
static const int limits[] = { 30, 40, 50 };

int elsewhere(int value);
int elsewhere(int value)
{
	return limits[value % 3];
}
