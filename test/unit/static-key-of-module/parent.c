// SPDX-License-Identifier: GPL-2.0-only
#include "tables.h"

struct static_key fast;
