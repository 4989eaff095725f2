// SPDX-License-Identifier: GPL-2.0-only
extern const int vdso_data[4];
const int vdso_data[4] = { 1, 2, 3, 4 };
