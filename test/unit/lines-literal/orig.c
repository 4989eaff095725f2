// SPDX-License-Identifier: GPL-2.0-only
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
	return internal(5) + 1;
}

int line_before(int value);
int line_before(int value)
{
	return internal(__LINE__) + value;
}

int line_behind(int value);
int line_behind(int value)
{
	return internal(5) + value;
}

int in_text(int value);
int in_text(int value)
{
	return printk("step 5 of " TEXT(__LINE__) "\n") + value;
}

int in_compare(int value);
int in_compare(int value)
{
	return internal(value == 41) + 2;
}
