// SPDX-License-Identifier: GPL-2.0-only
/* What is known of the parent's symbols, and the questions about them. */
#include "parent.h"
#include "parent-reader.h"
#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * scripts/mksysmap and scripts/kallsyms.c, Linux 6.1 to 7.2, for x86-64. A rule about names
 * takes all symbols of a name or none, so positions depend only on those about kinds: both leave
 * out what is undefined or absolute. Linux 6.12 also knows its own kallsyms_*, which 6.1 does
 * not: they are taken for unknown.
 */
bool vmlinux_keeps(const struct parent_symbol *sym)
{
	static const char *const prefixes[] = {
		"$",
		".L",
		"__efistub_",
		"__crc_",
		"__kstrtab_",
		"__kstrtabns_",
		"__kcfi_typeid_",
		"__mod_device_table__",
		"kallsyms_addresses",
		"kallsyms_offsets",
		"kallsyms_relative_base",
		"kallsyms_num_syms",
		"kallsyms_names",
		"kallsyms_markers",
		"kallsyms_token_table",
		"kallsyms_token_index",
		"kallsyms_seqs_of_names",
	};
	size_t i;

	if (sym->shndx == SHN_UNDEF || sym->shndx == SHN_ABS || sym->type == STT_FILE ||
	    sym->type == STT_SECTION || !*sym->name)
		return false;
	for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (has_prefix(sym->name, prefixes[i]))
			return false;
	}
	return true;
}

bool parent_wants(const struct parent *parent, const char *name, size_t length)
{
	return is_wanted(parent->wanted, name, length);
}

static void begin_group(struct parent *parent, uint32_t order)
{
	grow(parent->groups, parent->nr_groups, parent->max_groups);
	parent->groups[parent->nr_groups++] = (struct file_group){ order, order };
	parent->in_group = true;
}

void parent_note(struct parent *parent, uint32_t order, uint8_t type, uint8_t bind,
		 const char *name, size_t length)
{
	if (type == STT_FILE) {
		parent->has_files = true;
		parent->in_group = false;
		if (parent->any_file || (parent->file && strlen(parent->file) == length &&
					 !memcmp(parent->file, name, length)))
			begin_group(parent, order + 1);
	} else if (bind != STB_LOCAL) {
		parent->in_group = false;
	} else if (parent->in_group) {
		parent->groups[parent->nr_groups - 1].end = order + 1;
	}
}

void parent_add(struct parent *parent, const struct parent_symbol *sym)
{
	uint32_t *last = names_value(&parent->by_name, sym->name);

	grow(parent->symbols, parent->nr, parent->max);
	parent->symbols[parent->nr] = *sym;
	parent->symbols[parent->nr].next = *last;
	*last = (uint32_t)parent->nr++;
}

const char *parent_own(struct parent *parent, const char *name, size_t length)
{
	grow(parent->owned, parent->nr_owned, parent->max_owned);
	return parent->owned[parent->nr_owned++] = xasprintf("%.*s", (int)length, name);
}

void parent_reset(struct parent *parent)
{
	names_free(&parent->by_name);
	parent->wanted = NULL;
	memset(parent->symbols, 0, sizeof(*parent->symbols));
	parent->nr = 1;
}

static const struct parent_symbol *border(const struct parent *parent, const char *name)
{
	const uint32_t *found = names_find(&parent->by_name, name, strlen(name));

	return found ? &parent->symbols[*found] : NULL;
}

static uint16_t section_with(const struct parent *parent, const char *name)
{
	const struct parent_symbol *sym = border(parent, name);

	return sym ? sym->shndx : SHN_UNDEF;
}

/* The text does not name the sections: those of init are where each vmlinux has these two. */
static void find_freed(struct parent *parent)
{
	uint16_t text = section_with(parent, PARENT_INIT_TEXT);
	uint16_t data = section_with(parent, PARENT_INIT_DATA);
	size_t i;

	for (i = 1; i < parent->nr; i++) {
		struct parent_symbol *sym = &parent->symbols[i];

		sym->freed = sym->shndx != SHN_UNDEF && !is_border(sym) &&
			     (sym->shndx == text || sym->shndx == data);
	}
}

static void find_sealed(struct parent *parent)
{
	const struct parent_symbol *start = border(parent, PARENT_SEALED_START);
	const struct parent_symbol *end = border(parent, PARENT_SEALED_END);
	size_t i;

	for (i = 1; start && end && i < parent->nr; i++) {
		struct parent_symbol *sym = &parent->symbols[i];

		sym->sealed = sym->shndx == start->shndx && sym->address >= start->address &&
			      sym->address < end->address;
	}
}

static void read_symbols(struct parent *parent, const char *path)
{
	if (parent->is_text)
		parent_read_text(parent, path);
	else
		parent_read_elf(parent, path);
}

/* A pipe is read once, into a file in memory: the symbols are gone through several times. */
static int copy_pipe(int in, const char *path)
{
	int out = memfd_create("parent", MFD_CLOEXEC);
	char buffer[1 << 16];
	ssize_t n;

	if (out < 0)
		fatal("no-memory", "%s: %s", path, strerror(errno));
	while ((n = read(in, buffer, sizeof(buffer))) > 0) {
		if (write(out, buffer, (size_t)n) != n)
			fatal("no-memory", "%s: %s", path, strerror(errno));
	}
	if (n < 0)
		fatal("cannot-open", "%s: %s", path, strerror(errno));
	close(in);
	return out;
}

static void open_parent(struct parent *parent, const char *path)
{
	char magic[SELFMAG] = "";

	parent->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (parent->fd < 0)
		fatal("cannot-open", "%s: %s", path, strerror(errno));
	if (lseek(parent->fd, 0, SEEK_CUR) < 0 && errno == ESPIPE)
		parent->fd = copy_pipe(parent->fd, path);
	if (pread(parent->fd, magic, sizeof(magic), 0) < 0)
		fatal("cannot-open", "%s: %s", path, strerror(errno));
	parent->is_text = memcmp(magic, ELFMAG, SELFMAG);
}

static bool same_module(const char *file, const char *name)
{
	for (; *name; file++, name++) {
		if (*name != (*file == '-' ? '_' : *file))
			return false;
	}
	return !*file || *file == ',';
}

bool parent_depends(const struct parent *parent, const char *module)
{
	const char *s = parent->depends;

	while (s && !same_module(s, module)) {
		s = strchr(s, ',');
		s += s ? 1 : 0;
	}
	return s;
}

static void check_name(const struct parent *parent, const char *path, const char *name)
{
	if (!*name)
		fatal("usage", "PARENT-NAME is empty; give vmlinux or the name of the module");
	/* KBUILD_MODNAME (scripts/Makefile.lib, Linux 6.1): made an identifier of C */
	if (name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")])
		fatal("parent-name",
		      "no module is called %s; give the name that lsmod prints for PARENT-NAME, "
		      "which has only letters, digits and underscores",
		      name);
	if (parent->module_name && strcmp(parent->module_name, name))
		fatal("parent-name",
		      "%s is the module %s, and not %s; give its own name for PARENT-NAME, or the "
		      "file of that module",
		      path, parent->module_name, name);
	if (parent->is_linked && !parent->is_vmlinux)
		fatal("parent-name",
		      "%s is a linked kernel, and not the module %s; give the module's file, or "
		      "vmlinux for PARENT-NAME",
		      path, name);
	if (!parent->is_linked && parent->is_vmlinux)
		fatal("parent-name",
		      "%s is a module, and not a linked kernel; give the vmlinux, or the module's "
		      "name for PARENT-NAME",
		      path);
}

struct parent *load_parent(const char *path, const char *name, const struct object *orig,
			   const struct wanted *wanted)
{
	struct parent *parent = xcalloc(1, sizeof(*parent));

	parent->is_vmlinux = is_vmlinux(name);
	parent->symbols = xcalloc(16, sizeof(*parent->symbols));
	parent->max = 16;
	parent->nr = 1;
	open_parent(parent, path);
	if (orig) {
		parent->file = orig->label;
		parent->any_file = !orig->names_file;
	}
	parent->wanted = wanted;
	read_symbols(parent, path);
	check_name(parent, path, name);
	if (orig && !parent->has_files) {
		parent_reset(parent);
		read_symbols(parent, path);
	}
	if (orig)
		parent_locate(parent, orig);
	if (parent->is_text && parent->is_vmlinux)
		find_freed(parent);
	find_sealed(parent);
	return parent;
}

void free_parent(struct parent *parent)
{
	size_t i;

	elf_end(parent->elf);
	close(parent->fd);
	for (i = 0; i < parent->nr_owned; i++)
		free(parent->owned[i]);
	names_free(&parent->by_name);
	free(parent->owned);
	free(parent->module_name);
	free(parent->depends);
	free(parent->groups);
	free(parent->symbols);
	free(parent);
}

bool parent_unlike(const struct parent *parent)
{
	return parent->unlike;
}

Elf *parent_elf(const struct parent *parent)
{
	return parent->elf;
}

const struct parent_symbol *parent_next(const struct parent *parent,
					const struct parent_symbol *sym)
{
	size_t next = sym ? (size_t)(sym - parent->symbols) + 1 : 1;

	return next < parent->nr ? &parent->symbols[next] : NULL;
}

/* The symbols of one name form a list through .next, the last of the file first. */
static const struct parent_symbol *first_named(const struct parent *parent, const char *name)
{
	const uint32_t *last = names_find(&parent->by_name, name, strlen(name));

	return last ? &parent->symbols[*last] : NULL;
}

static const struct parent_symbol *next_named(const struct parent *parent,
					      const struct parent_symbol *sym)
{
	return sym->next ? &parent->symbols[sym->next] : NULL;
}

const struct parent_symbol *parent_numbered(const struct parent *parent, const char *name,
					    uint32_t order)
{
	const struct parent_symbol *sym;

	for (sym = first_named(parent, name); sym; sym = next_named(parent, sym)) {
		if (sym->order == order)
			return sym;
	}
	return NULL;
}

static bool is_candidate(const struct parent *parent, const struct parent_symbol *sym, bool local)
{
	if (!sym->in_kernel || (sym->bind == STB_LOCAL) != local)
		return false;
	return !local || !parent->last ||
	       (sym->order >= parent->first && sym->order < parent->last);
}

const struct parent_symbol *parent_lookup(const struct parent *parent, const char *name, bool local,
					  bool *ambiguous)
{
	const struct parent_symbol *found = NULL, *sym;

	*ambiguous = false;
	for (sym = first_named(parent, name); sym; sym = next_named(parent, sym)) {
		if (!is_candidate(parent, sym, local))
			continue;
		/* a name that occurs once may still be somebody else's */
		if (found || (local && !parent->last))
			*ambiguous = true;
		found = sym;
	}
	return *ambiguous ? NULL : found;
}

static bool comes_before(const struct parent *parent, const struct parent_symbol *a,
			 const struct parent_symbol *b)
{
	if (parent->is_vmlinux && a->address != b->address)
		return a->address < b->address;
	return a->order < b->order;
}

int parent_position(const struct parent *parent, const struct parent_symbol *sym)
{
	const struct parent_symbol *other;
	int rank = 1, all = 0;

	if (sym->init || !sym->in_kernel)
		return -1;
	for (other = first_named(parent, sym->name); other; other = next_named(parent, other)) {
		if (!other->in_kernel)
			continue;
		all++;
		if (other->init ||
		    (parent->is_text && !parent->is_vmlinux && other->shndx != sym->shndx))
			return -1;
		rank += comes_before(parent, other, sym);
	}
	return all == 1 ? 0 : rank;
}
