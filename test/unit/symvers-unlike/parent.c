// SPDX-License-Identifier: GPL-2.0-only
/* The linker puts this behind .text, and the symbol before that of orig.c. */
#define LATE __attribute__((__section__("late"), __noinline__))

static int LATE show(int value)
{
	return value * 2;
}

int elsewhere(int value);
int elsewhere(int value)
{
	return show(value) + 7;
}
