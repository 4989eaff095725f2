// SPDX-License-Identifier: GPL-2.0-only
int before(int value);
int before(int value)
{
	return value * 9;
}

int __attribute__((__weak__)) show(int value);
int show(int value)
{
	return value + 1;
}

int behind(int value);
int behind(int value)
{
	return value * 11;
}
