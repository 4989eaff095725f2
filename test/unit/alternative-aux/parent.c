// SPDX-License-Identifier: GPL-2.0-only
char flags[4];
