// SPDX-License-Identifier: GPL-2.0-only
#define CALL thrice
#include "orig.c"
