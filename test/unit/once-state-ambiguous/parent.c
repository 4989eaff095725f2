// SPDX-License-Identifier: GPL-2.0-only
void once(void *done);
void once(void *done)
{
}
