// SPDX-License-Identifier: GPL-2.0-only
struct later {
	int first, second;
};

struct later *pointer;
