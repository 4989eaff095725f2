// SPDX-License-Identifier: GPL-2.0-only
void init_lock(int *lock, void *key);
void init_lock(int *lock, void *key)
{
}
