// SPDX-License-Identifier: GPL-2.0-only
void complain(void);
void complain(void)
{
}
