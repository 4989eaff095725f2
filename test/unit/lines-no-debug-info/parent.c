// SPDX-License-Identifier: GPL-2.0-only
void warn_slowpath_fmt(const char *file, const int line, unsigned int taint, const char *fmt, ...);
void warn_slowpath_fmt(const char *file, const int line, unsigned int taint, const char *fmt, ...)
{
}
