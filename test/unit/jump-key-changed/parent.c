// SPDX-License-Identifier: GPL-2.0-only
struct static_key {
	unsigned long enabled;
	unsigned long entries;
};
struct static_key first, second;
