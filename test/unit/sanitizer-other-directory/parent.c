// SPDX-License-Identifier: GPL-2.0-only
int sizes[8] = { 1 };
