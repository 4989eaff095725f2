// SPDX-License-Identifier: GPL-2.0-only
/* A line more. */
#include "kernel.h"

#define TEXT_OF(x) #x
#define TEXT(x)	   TEXT_OF(x)

int moved(int value);
int moved(int value)
{
	return internal(__LINE__) + value;
}

int neither_line(void);
int neither_line(void)
{
	return internal(6) + 1;
}

int line_before(int value);
int line_before(int value)
{
	return internal(5) + value;
}

int line_behind(int value);
int line_behind(int value)
{
	return internal(__LINE__) + value;
}

int in_text(int value);
int in_text(int value)
{
	return printk("step 6 of " TEXT(__LINE__) "\n") + value;
}

int in_compare(int value);
int in_compare(int value)
{
	return internal(value == 40) + 2;
}
