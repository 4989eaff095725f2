// SPDX-License-Identifier: GPL-2.0-only

extern const int limits[];
const int limits[] = { 31, 40, 50 };
