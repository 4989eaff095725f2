// SPDX-License-Identifier: GPL-2.0-only
/*
 * In the running kernel: is /proc/kallsyms what positions (positions.c) says, for every
 * symbol? compare-kallsyms TABLE [MODULE]; without MODULE it is about vmlinux. Prints the
 * first that differ and how many there are; exit status 0: none.
 */
#include <err.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_MAX_TEXT "511" /* KSYM_NAME_LEN of Linux 6.1, without the NUL */

struct row {
	const char *name;
	const char *section;
	long position; /* 0: the name is unique */
	uint64_t address;
};

struct rows {
	struct row *rows;
	size_t nr, max;
};

#define MAX_SECTIONS 256

/* How far the symbols of a section are from where the file has them. */
struct distance {
	const char *section;
	uint64_t high; /* of the addresses: the highest bit */
	uint64_t distance;
};

struct distances {
	struct distance list[MAX_SECTIONS];
	size_t nr;
};

static void add(struct rows *to, struct row row)
{
	if (to->nr == to->max) {
		to->max = to->max ? 2 * to->max : 1024;
		to->rows = reallocarray(to->rows, to->max, sizeof(*to->rows));
		if (!to->rows)
			err(2, "out of memory");
	}
	to->rows[to->nr++] = row;
}

static int by_name(const void *a, const void *b)
{
	const struct row *ra = a, *rb = b;
	int cmp = strcmp(ra->name, rb->name);

	if (cmp)
		return cmp;
	return ra->position < rb->position ? -1 : ra->position > rb->position;
}

static void sort(struct rows *rows)
{
	qsort(rows->rows, rows->nr, sizeof(*rows->rows), by_name);
}

static FILE *open_file(const char *path)
{
	FILE *f = fopen(path, "re");

	if (!f)
		err(2, "%s", path);
	return f;
}

static char *copy(const char *text)
{
	char *new = strdup(text);

	if (!new)
		err(2, "out of memory");
	return new;
}

/* Lines NAME POSITION ADDRESS SECTION. A position of -1 is none that lasts. */
static void read_table(struct rows *table, const char *path)
{
	char name[512], section[512];
	FILE *f = open_file(path);
	struct row row;

	while (fscanf(f, "%" NAME_MAX_TEXT "s %ld %" SCNx64 " %" NAME_MAX_TEXT "s", name,
		      &row.position, &row.address, section) == 4) {
		row.name = copy(name);
		row.section = copy(section);
		add(table, row);
	}
	if (!feof(f))
		errx(2, "%s: not a table", path);
	fclose(f);
}

/* Lines ADDRESS TYPE NAME [MODULE], in the kernel's order; positions are counted later. */
static void read_kallsyms(struct rows *kallsyms, const char *module)
{
	FILE *f = open_file("/proc/kallsyms");
	char *line = NULL, name[512], of[512];
	struct row row = { 0 };
	size_t size = 0;
	int fields;

	while (getline(&line, &size, f) > 0) {
		fields = sscanf(line, "%" SCNx64 " %*c %" NAME_MAX_TEXT "s [%" NAME_MAX_TEXT "[^]]",
				&row.address, name, of);
		if (fields < 2)
			errx(2, "/proc/kallsyms: %s", line);
		if (fields == 3 ? !module || strcmp(of, module) : !!module)
			continue;
		row.name = copy(name);
		row.position++;
		add(kallsyms, row);
	}
	free(line);
	fclose(f);
}

/* What read_kallsyms() has left, in the order of names, becomes positions as in the table. */
static void count_positions(struct rows *kallsyms)
{
	struct row *row;

	for (row = kallsyms->rows; row < kallsyms->rows + kallsyms->nr; row++) {
		bool first = row == kallsyms->rows || strcmp(row[-1].name, row->name);
		bool last = row + 1 == kallsyms->rows + kallsyms->nr ||
			    strcmp(row[1].name, row->name);

		if (first)
			row->position = !last;
		else
			row->position = row[-1].position + 1;
	}
}

static const struct row *find(const struct rows *rows, const char *name, long position)
{
	struct row key = { .name = name, .position = position };

	return bsearch(&key, rows->rows, rows->nr, sizeof(key), by_name);
}

static struct distance *find_distance(struct distances *distances, const struct row *in)
{
	for (size_t i = 0; i < distances->nr; i++) {
		struct distance *d = &distances->list[i];

		if (d->high == in->address >> 63 && !strcmp(d->section, in->section))
			return d;
	}
	return NULL;
}

static void measure(struct distances *distances, const struct rows *kallsyms, const struct row *row)
{
	const struct row *there = find(kallsyms, row->name, row->position);

	if (!there || find_distance(distances, row))
		return;
	if (distances->nr == MAX_SECTIONS)
		errx(2, "more than %d sections", MAX_SECTIONS);
	distances->list[distances->nr++] = (struct distance){ row->section, row->address >> 63,
							      there->address - row->address };
}

/*
 * The kernel moves a section as a whole: a symbol whose name is unique tells how far, or
 * where there is none, the first. The per-CPU section of vmlinux, which is not moved, also has
 * symbols that stand in the kernel's image.
 */
static void measure_all(struct distances *distances, const struct rows *table,
			const struct rows *kallsyms)
{
	for (size_t i = 0; i < table->nr; i++) {
		if (!table->rows[i].position)
			measure(distances, kallsyms, &table->rows[i]);
	}
	for (size_t i = 0; i < table->nr; i++) {
		if (table->rows[i].position > 0)
			measure(distances, kallsyms, &table->rows[i]);
	}
}

/* Kernels differ in whether kallsyms has its own tables; create-diff-object takes it for no. */
static bool is_expected(const struct rows *table, const struct row *row)
{
	return find(table, row->name, row->position) || find(table, row->name, -1) ||
	       !strncmp(row->name, "kallsyms_", strlen("kallsyms_"));
}

static void complain(size_t *wrong, const struct row *row, const char *what)
{
	if ((*wrong)++ < 20)
		printf("%s,%ld (%" PRIx64 ") %s\n", row->name, row->position, row->address, what);
}

static size_t compare(const struct rows *table, const struct rows *kallsyms,
		      struct distances *distances)
{
	const struct row *row, *other;
	size_t wrong = 0;

	for (row = table->rows; row < table->rows + table->nr; row++) {
		const struct distance *d = find_distance(distances, row);

		if (row->position < 0)
			continue;
		other = find(kallsyms, row->name, row->position);
		if (!other)
			complain(&wrong, row, "is not there");
		else if (!d || other->address - row->address != d->distance)
			complain(&wrong, other, "is another one than in the table");
	}
	for (row = kallsyms->rows; row < kallsyms->rows + kallsyms->nr; row++) {
		if (!is_expected(table, row))
			complain(&wrong, row, "is not in the table");
	}
	return wrong;
}

int main(int argc, char **argv)
{
	struct rows table = { 0 }, kallsyms = { 0 };
	struct distances distances = { 0 };
	size_t wrong;

	if (argc < 2 || argc > 3)
		errx(2, "use: compare-kallsyms TABLE [MODULE]");
	read_table(&table, argv[1]);
	read_kallsyms(&kallsyms, argc == 3 ? argv[2] : NULL);
	sort(&table);
	sort(&kallsyms);
	count_positions(&kallsyms);
	measure_all(&distances, &table, &kallsyms);
	wrong = compare(&table, &kallsyms, &distances);
	printf("%zu symbols, %zu wrong\n", kallsyms.nr, wrong);
	return wrong != 0;
}
