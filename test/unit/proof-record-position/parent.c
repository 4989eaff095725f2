// SPDX-License-Identifier: GPL-2.0-only
asm(".pushsection .init.text, \"ax\"\n.type show.cold, @function\n"
    "show.cold:\tret\n.size show.cold, . - show.cold\n.popsection");
