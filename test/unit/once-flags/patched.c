// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#define ONCE_A(text)                                                                 \
	do {                                                                         \
		static bool __attribute__((__section__(".data.unlikely"))) __warned; \
		if (!__warned) {                                                     \
			__warned = 1;                                                \
			printk(text);                                                \
		}                                                                    \
	} while (0)

int show_a(int value);
int show_a(int value)
{
	if (value)
		ONCE_A("first\n");
	else
		ONCE_A("second\n");
	return value * 4;
}

#define ONCE_B(text)                                                                  \
	do {                                                                          \
		static bool __attribute__((__section__(".data..unlikely"))) __warned; \
		if (!__warned) {                                                      \
			__warned = 1;                                                 \
			printk(text);                                                 \
		}                                                                     \
	} while (0)

int show_b(int value);
int show_b(int value)
{
	if (value)
		ONCE_B("first\n");
	else
		ONCE_B("second\n");
	return value * 4;
}

#define ONCE_C(text)                                                             \
	do {                                                                     \
		static bool __attribute__((__section__(".data.once"))) __warned; \
		if (!__warned) {                                                 \
			__warned = 1;                                            \
			printk(text);                                            \
		}                                                                \
	} while (0)

int show_c(int value);
int show_c(int value)
{
	if (value)
		ONCE_C("first\n");
	else
		ONCE_C("second\n");
	return value * 4;
}

#define ONCE_D(text)                                                                   \
	do {                                                                           \
		static bool __attribute__((__section__(".data.once"))) __already_done; \
		if (!__already_done) {                                                 \
			__already_done = 1;                                            \
			printk(text);                                                  \
		}                                                                      \
	} while (0)

int show_d(int value);
int show_d(int value)
{
	if (value)
		ONCE_D("first\n");
	else
		ONCE_D("second\n");
	return value * 4;
}

#define ONCE_E(text)                                                                    \
	do {                                                                            \
		static bool __attribute__((__section__(".data..once"))) __already_done; \
		if (!__already_done) {                                                  \
			__already_done = 1;                                             \
			printk(text);                                                   \
		}                                                                       \
	} while (0)

int show_e(int value);
int show_e(int value)
{
	if (value)
		ONCE_E("first\n");
	else
		ONCE_E("second\n");
	return value * 4;
}
