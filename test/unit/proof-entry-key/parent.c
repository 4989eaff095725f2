// SPDX-License-Identifier: GPL-2.0-only
struct {
	long enabled, entries;
} key, other_key;
