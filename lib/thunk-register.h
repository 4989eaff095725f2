/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_THUNK_REGISTER_H
#define LIB_THUNK_REGISTER_H

/*
 * The register, by its number in an instruction, that an indirect thunk of the kernel's jumps
 * through: __x86_indirect_thunk_rbx, __x86_indirect_its_thunk_rbx and so on
 * (arch/x86/lib/retpoline.S). -1 where @name is none.
 */
int thunk_register(const char *name);

#endif /* LIB_THUNK_REGISTER_H */
