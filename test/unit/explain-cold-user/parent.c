// SPDX-License-Identifier: GPL-2.0-only
void fatal_path(const char *text);
void fatal_path(const char *text)
{
}
