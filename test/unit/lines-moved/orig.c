// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define TEXT_OF(x) #x
#define TEXT(x)	   TEXT_OF(x)

int warns(int value);
int warns(int value)
{
	WARN_ON(value);
	return value + 1;
}

int passes_line(int value);
int passes_line(int value)
{
	if (value)
		return internal(__LINE__) + 1;
	return printk("%d\n", __LINE__);
}

int prints_line(int value);
int prints_line(int value)
{
	return printk("overrun at " __FILE__ ":" TEXT(__LINE__) "\n") + value;
}

/* one section, one sequence of the line table: each symbol may set the address again */
#define shared __attribute__((__section__(".ref.text")))

int shared first(int value);
int shared first(int value)
{
	WARN_ON(value < 0);
	return internal(__LINE__) + value;
}

int shared second(int value);
int shared second(int value)
{
	if (value)
		return internal(__LINE__) + value;
	WARN_ON(value > 7);
	return value + 1;
}
