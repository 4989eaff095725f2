// SPDX-License-Identifier: GPL-2.0-only
void debug_print(void *descriptor);
void debug_print(void *descriptor)
{
}
