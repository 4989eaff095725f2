// SPDX-License-Identifier: GPL-2.0-only
int __SCT__choose(int value);
int __SCT__choose(int value)
{
	return value;
}
