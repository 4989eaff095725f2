// SPDX-License-Identifier: GPL-2.0-only
#define CALL NULL
#include "orig.c"
