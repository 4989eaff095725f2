/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "report.h"

/*
 * write_json - write the report to @path as doc/diff-report.md describes it
 *
 * @status is the exit status that will follow. The file appears complete or not at all.
 * Returns 0, or -1 with *@error set to a text that must be freed.
 */
int write_json(const struct diff *diff, const struct items *items, int status, const char *path,
	       char **error);

#endif /* REPORT_JSON_H */
