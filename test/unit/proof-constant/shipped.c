// SPDX-License-Identifier: GPL-2.0-only
#define LIMIT 31
#include "orig.c"
