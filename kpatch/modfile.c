// SPDX-License-Identifier: GPL-2.0-only
/* Reading a module file: its kind, its .modinfo, its signature. */
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kpatch/core.h"
#include "kpatch/message.h"
#include "kpatch/modfile.h"
#include "kpatch/module.h"
#include "lib/elf-section.h"
#include "lib/replaced-functions.h"

/* include/linux/module_signature.h, MODULE_SIG_STRING */
static const char signature_mark[] = "~Module signature appended~\n";

static bool has_signature(int fd)
{
	char end[sizeof(signature_mark) - 1];
	struct stat status;

	if (fstat(fd, &status) != 0 || status.st_size < (off_t)sizeof(end))
		return false;
	return pread(fd, end, sizeof(end), status.st_size - sizeof(end)) == sizeof(end) &&
	       memcmp(end, signature_mark, sizeof(end)) == 0;
}

static bool refuse(struct modfile *file, const char *id, const char *text)
{
	file->problem_id = id;
	file->problem = text;
	return false;
}

static const char *why_unreadable(const char *path)
{
	if (errno == ENOENT && !strchr(path, '.'))
		return "no such file: give the module's file, with .ko, not its name";
	return strerror(errno);
}

static bool open_elf(struct modfile *file)
{
	struct stat status;
	GElf_Ehdr header;

	file->fd = open(file->path, O_RDONLY | O_CLOEXEC);
	if (file->fd < 0 || fstat(file->fd, &status) != 0)
		return refuse(file, "file-unreadable", why_unreadable(file->path));
	elf_version(EV_CURRENT);
	if (S_ISREG(status.st_mode))
		file->elf = elf_begin(file->fd, ELF_C_READ, NULL);
	if (!file->elf || elf_kind(file->elf) != ELF_K_ELF || !gelf_getehdr(file->elf, &header))
		return refuse(file, "not-elf",
			      "not an ELF file, so not a module: give the .ko file");
	if (header.e_type != ET_REL)
		return refuse(file, "not-a-livepatch",
			      "an ELF file, but not a module: give the .ko file");
	/* The headers of the sections are the last of a module but for its signature. */
	if (header.e_shoff > (uint64_t)status.st_size ||
	    header.e_shnum * header.e_shentsize > status.st_size - header.e_shoff)
		return refuse(file, "bad-module", "its end is missing: copy or build it again");
	return true;
}

/* Modules tell their name since 4.14; before, the file's name is all there is. */
static bool find_name(struct modfile *file)
{
	const char *name = modfile_info(file, "name", NULL);

	file->name = module_name(name ? name : file->path);
	if (!file->name)
		return refuse(file, "bad-module",
			      "no module can have the name that it has: build it again");
	printable(file->name);
	return true;
}

bool modfile_is_core(const struct modfile *file)
{
	const char *backend = modfile_info(file, "kpatch_backend", NULL);

	return backend && strcmp(backend, "core") == 0;
}

static bool refuse_ordinary(struct modfile *file)
{
	const char *name = modfile_info(file, "name", NULL);

	if (name && strcmp(name, CORE_MODULE) == 0)
		return refuse(file, "not-a-livepatch",
			      "this is the core module, and no patch: kpatch load inserts it with "
			      "the first patch that needs it");
	return refuse(file, "not-a-livepatch",
		      "not a livepatch module (no livepatch= in its .modinfo): an ordinary module "
		      "is loaded with modprobe");
}

static bool read_modinfo(struct modfile *file)
{
	Elf_Data *data = elf_section_bytes(file->elf, ".modinfo");

	if (data) {
		file->modinfo = data->d_buf;
		file->modinfo_size = data->d_size;
	}
	if (file->modinfo && file->modinfo[file->modinfo_size - 1] != '\0')
		return refuse(file, "bad-module",
			      "its .modinfo is cut off: copy or build it again");
	/* kernel/module/main.c, check_modinfo_livepatch() */
	if (!modfile_info(file, "livepatch", NULL) && !modfile_is_core(file))
		return refuse_ordinary(file);
	return find_name(file);
}

bool modfile_try(struct modfile *file, const char *path)
{
	*file = (struct modfile){ .path = path, .fd = -1 };
	if (open_elf(file) && read_modinfo(file)) {
		file->is_signed = has_signature(file->fd);
		return true;
	}
	modfile_close(file);
	return false;
}

bool modfile_open(struct modfile *file, const char *path)
{
	if (modfile_try(file, path))
		return true;
	error(file->problem_id, "%s: %s", path, file->problem);
	return false;
}

void modfile_close(struct modfile *file)
{
	free(file->name);
	if (file->elf)
		elf_end(file->elf);
	if (file->fd >= 0)
		close(file->fd);
	file->name = NULL;
	file->elf = NULL;
	file->fd = -1;
}

const char *modfile_info(const struct modfile *file, const char *key, const char *previous)
{
	size_t length = strlen(key);
	const char *entry, *end;

	if (!file->modinfo)
		return NULL;
	entry = file->modinfo;
	end = entry + file->modinfo_size;
	if (previous)
		entry = previous + strlen(previous) + 1;
	for (; entry < end; entry += strlen(entry) + 1)
		if (strncmp(entry, key, length) == 0 && entry[length] == '=')
			return entry + length + 1;
	return NULL;
}

struct functions modfile_functions(const struct modfile *file)
{
	struct functions functions = { 0 };
	struct replaced_functions rows;

	replaced_read(&rows, file->elf);
	for (size_t i = 0; i < rows.count; i++)
		functions_add(&functions, rows.items[i].object, rows.items[i].name,
			      rows.items[i].position);
	replaced_free(&rows);
	return functions;
}
