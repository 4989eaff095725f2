// SPDX-License-Identifier: GPL-2.0-only
int another(int value);
int another(int value)
{
	return value;
}
