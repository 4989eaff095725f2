// SPDX-License-Identifier: GPL-2.0-only
#define LIMIT 31
#define STEP  2
#include "orig.c"
