// SPDX-License-Identifier: GPL-2.0-only
#define TABLE "runtime_ptr_hashtable"
#include "orig.c"
