// SPDX-License-Identifier: GPL-2.0-only
/* A static call's key, and its trampoline. */
unsigned long __SCK__choose, __SCK__another;
void __SCT__choose(void);
void __SCT__choose(void)
{
}
