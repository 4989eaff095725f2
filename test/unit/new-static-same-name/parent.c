// SPDX-License-Identifier: GPL-2.0-only
int elsewhere(int value);
int elsewhere(int value)
{
	return value;
}
