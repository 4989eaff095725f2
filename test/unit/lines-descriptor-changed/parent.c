// SPDX-License-Identifier: GPL-2.0-only
int dynamic_pr(void *d, const char *t);
int dynamic_pr(void *d, const char *t)
{
	return t && d;
}
