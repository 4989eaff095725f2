// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

int show(int value, const unsigned char *codes);
int show(int value, const unsigned char *codes)
{
	static const void *const places[] = { &&first, &&second, &&end };

	goto *places[*codes++];
first:
	value += internal(18);
	goto *places[*codes++];
second:
	value -= internal(value);
	goto *places[*codes++];
end:
	return value;
}
