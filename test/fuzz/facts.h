/* SPDX-License-Identifier: GPL-2.0-only */
/* The facts of the target kernel that kpatch-build would hand over. */
#ifndef FUZZ_FACTS_H
#define FUZZ_FACTS_H

enum {
	FLAG_MODULE = 1, /* the parent is a module */
	FLAG_NO_FACTS = 2, /* sizes are looked for in the parent's BTF */
};

void set_facts(unsigned int flags);

#endif /* FUZZ_FACTS_H */
