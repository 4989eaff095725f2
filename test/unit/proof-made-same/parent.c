// SPDX-License-Identifier: GPL-2.0-only
void __x86_indirect_thunk_rax(void);
void __x86_indirect_thunk_rax(void)
{
}
