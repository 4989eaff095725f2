// SPDX-License-Identifier: GPL-2.0-only
#include "users.h"
#include "util.h"

#include <stdlib.h>

struct users {
	struct user *list; /* by target */
	size_t *first; /* of each section; one more for the end of the last */
};

static bool is_user(const struct section *sec)
{
	return !sec->split && (sec->kind == KIND_TABLE || sec->shdr.sh_flags & SHF_EXECINSTR);
}

/* Counts for each section those of the sections before it. */
static size_t count_users(const struct object *obj, size_t *first)
{
	const struct section *sec;
	const struct rela *rela;
	size_t i, nr = 0, of_this;

	for_each_section (obj, sec) {
		if (!is_user(sec))
			continue;
		for_each_rela (sec, rela)
			first[rela->target]++;
	}
	for (i = 0; i <= obj->nr_sections; i++) {
		of_this = first[i];
		first[i] = nr;
		nr += of_this;
	}
	return nr;
}

/* Leaves each first[] at the end of its section's, which is where those of the next begin. */
static void list_users(const struct object *obj, struct users *users)
{
	const struct section *sec;
	const struct rela *rela;

	for_each_section (obj, sec) {
		if (!is_user(sec))
			continue;
		for_each_rela (sec, rela)
			users->list[users->first[rela->target]++] =
				(struct user){ section_index(obj, sec),
					       (uint32_t)(rela - sec->relas) };
	}
}

const struct user *find_users(struct object *obj, uint32_t target, size_t *nr)
{
	struct users *users = obj->users;
	size_t start;

	if (!users) {
		users = obj->users = xcalloc(1, sizeof(*users));
		users->first = xcalloc(obj->nr_sections + 1, sizeof(*users->first));
		users->list = xcalloc(count_users(obj, users->first), sizeof(*users->list));
		list_users(obj, users);
	}
	start = target ? users->first[target - 1] : 0;
	*nr = users->first[target] - start;
	return users->list + start;
}

void free_users(struct object *obj)
{
	if (obj->users) {
		free(obj->users->list);
		free(obj->users->first);
	}
	free(obj->users);
	obj->users = NULL;
}

bool is_private(const struct object *obj, uint32_t function)
{
	uint64_t entry = entry_offset(obj, &obj->sections[function]);
	size_t i;

	for (i = 1; i < obj->nr_symbols; i++) {
		const struct symbol *sym = &obj->symbols[i];

		if (sym->section == function && (sym->bind != STB_LOCAL || sym->value != entry) &&
		    sym->type != STT_SECTION)
			return false;
	}
	return true;
}

bool is_stored(const struct object *obj, uint32_t function)
{
	const struct section *sec;
	const struct rela *rela;

	for_each_section (obj, sec) {
		if (sec->split || sec->kind == KIND_TABLE || sec->shdr.sh_flags & SHF_EXECINSTR ||
		    !(sec->shdr.sh_flags & SHF_ALLOC))
			continue;
		for_each_rela (sec, rela) {
			if (rela->target == function)
				return true;
		}
	}
	return false;
}
