// SPDX-License-Identifier: GPL-2.0-only
void once(void *done, void *key);
void once(void *done, void *key)
{
}
