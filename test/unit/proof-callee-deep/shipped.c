// SPDX-License-Identifier: GPL-2.0-only
#define MASK 5
#include "orig.c"
