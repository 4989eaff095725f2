// SPDX-License-Identifier: GPL-2.0-only
static int count;
static int spare;

int add(int value);
int add(int value)
{
	spare += value;
	return spare + count;
}

int set(int value);
int set(int value)
{
	count = value;
	return count + 3;
}
