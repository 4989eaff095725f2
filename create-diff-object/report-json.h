/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "report.h"

/*
 * write_json - write the report to @path as doc/diff-report.md describes it
 *
 * @status is the exit status that will follow. The file appears complete or not at all.
 * Returns 0, or an errno when it cannot be written.
 */
int write_json(const struct diff *diff, const struct items *items, int status, const char *path);

#endif /* REPORT_JSON_H */
