// SPDX-License-Identifier: GPL-2.0-only
int warn_trap(void *entry, int value);
int warn_trap(void *entry, int value)
{
	return entry && value;
}
