// SPDX-License-Identifier: GPL-2.0-only
void fatal_path(int value);
void fatal_path(int value)
{
}
