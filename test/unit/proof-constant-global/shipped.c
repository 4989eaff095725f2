// SPDX-License-Identifier: GPL-2.0-only
#define FIRST 31
#include "orig.c"
