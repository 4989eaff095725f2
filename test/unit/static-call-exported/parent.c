// SPDX-License-Identifier: GPL-2.0-only
int __SCT__tick(int value);
int __SCT__tick(int value)
{
	return value;
}
extern int __SCK__tick;
int __SCK__tick = 1;
