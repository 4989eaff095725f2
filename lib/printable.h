/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_PRINTABLE_H
#define LIB_PRINTABLE_H

/*
 * Replace the control characters of @text, in place, and return it: names of commands and
 * strings of a module file are others' text and must not steer a terminal.
 */
char *printable(char *text);

#endif /* LIB_PRINTABLE_H */
