// SPDX-License-Identifier: GPL-2.0-only
#define MORE , 60
#include "orig.c"
