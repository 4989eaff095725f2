// SPDX-License-Identifier: GPL-2.0-only
/* The other module of this kind: a module's name is that of its file. */
#include "slowpatch_command.c"
