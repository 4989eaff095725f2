// SPDX-License-Identifier: GPL-2.0-only
/* As MODULE_INFO() places its strings (include/linux/moduleparam.h, 6.1). */
static const char __attribute__((__used__, __section__(".modinfo"))) show[] = "show=1";
