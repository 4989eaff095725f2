// SPDX-License-Identifier: GPL-2.0-only
int array[4];
