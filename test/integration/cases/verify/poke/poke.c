// SPDX-License-Identifier: GPL-2.0-only
/* Writes one byte of the kernel's code, past everything that keeps others from it. */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/vmalloc.h>

static unsigned long address;
module_param(address, ulong, 0);
static unsigned int value;
module_param(value, uint, 0);

static struct page *page_of_code(void)
{
	if (address >= MODULES_VADDR && address < MODULES_END)
		return vmalloc_to_page((void *)address);
	return pfn_to_page(__pa_symbol(address) >> PAGE_SHIFT);
}

static int __init poke_init(void)
{
	struct page *page = page_of_code();
	u8 *writable = page ? vmap(&page, 1, VM_MAP, PAGE_KERNEL) : NULL;

	if (!writable)
		return -ENOMEM;
	writable[offset_in_page(address)] = value;
	vunmap(writable);
	return 0;
}
module_init(poke_init);

static void __exit poke_exit(void)
{
}
module_exit(poke_exit);

MODULE_LICENSE("GPL");
