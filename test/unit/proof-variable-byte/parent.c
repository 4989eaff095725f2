// SPDX-License-Identifier: GPL-2.0-only
int use(void *address);
int use(void *address)
{
	return address != (void *)0;
}
