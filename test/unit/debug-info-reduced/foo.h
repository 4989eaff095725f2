/* SPDX-License-Identifier: GPL-2.0-only */
struct foo {
	int a;
	int b;
};
