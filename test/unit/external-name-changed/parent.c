// SPDX-License-Identifier: GPL-2.0-only
int first(int value);
int first(int value)
{
	return value;
}

int second(int value);
int second(int value)
{
	return value;
}
