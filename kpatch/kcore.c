// SPDX-License-Identifier: GPL-2.0-only
/* Reading the running kernel's memory. */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kpatch/cleanup.h"
#include "kpatch/files.h"
#include "kpatch/kcore.h"
#include "kpatch/message.h"

static bool read_at(int fd, uint64_t offset, void *data, size_t size)
{
	char *to = data;

	while (size) {
		ssize_t got = pread(fd, to, size, (off_t)offset);

		if (got < 0 && errno == EINTR)
			continue;
		if (got == 0)
			errno = EFAULT;
		if (got <= 0)
			return false;
		to += got;
		offset += got;
		size -= got;
	}
	return true;
}

/* open_kcore() in fs/proc/kcore.c: CAP_SYS_RAWIO and LOCKDOWN_KCORE. */
static bool explain(const char *path, int err)
{
	_cleanup_free_ char *lockdown = read_line("/sys/kernel/security/lockdown");

	if (err == ENOENT)
		error("memory-unreadable",
		      "the kernel's memory cannot be compared: there is no %s (a kernel without "
		      "CONFIG_PROC_KCORE, or no /proc): leave out the verification",
		      path);
	else if (lockdown && strstr(lockdown, "[confidentiality]"))
		error("memory-unreadable",
		      "the kernel's memory cannot be compared: lockdown is on (confidentiality), "
		      "which closes %s: leave out the verification",
		      path);
	else
		error("memory-unreadable",
		      "the kernel's memory cannot be compared: %s: %s; it needs root, with the "
		      "capability CAP_SYS_RAWIO",
		      path, strerror(err));
	return false;
}

static bool refuse(const char *path)
{
	error("memory-unreadable",
	      "the kernel's memory cannot be compared: %s is not a file of 64-bit memory as it "
	      "should be",
	      path);
	return false;
}

static bool is_elf(const Elf64_Ehdr *header)
{
	return memcmp(header->e_ident, ELFMAG, SELFMAG) == 0 &&
	       header->e_ident[EI_CLASS] == ELFCLASS64 && header->e_ident[EI_DATA] == ELFDATA2LSB &&
	       header->e_phentsize == sizeof(Elf64_Phdr);
}

static bool read_ranges(struct kcore *kcore)
{
	Elf64_Ehdr header;

	if (!read_at(kcore->fd, 0, &header, sizeof(header)) || !is_elf(&header))
		return false;
	kcore->ranges = calloc(header.e_phnum + 1, sizeof(*kcore->ranges));
	if (!kcore->ranges)
		out_of_memory();
	for (size_t i = 0; i < header.e_phnum; i++) {
		Elf64_Phdr segment;

		if (!read_at(kcore->fd, header.e_phoff + i * sizeof(segment), &segment,
			     sizeof(segment)))
			return false;
		if (segment.p_type == PT_LOAD)
			kcore->ranges[kcore->count++] = (struct kcore_range){ segment.p_vaddr,
									      segment.p_filesz,
									      segment.p_offset };
	}
	return kcore->count != 0;
}

bool kcore_open(struct kcore *kcore, const char *path)
{
	*kcore = (struct kcore){ .fd = open(path, O_RDONLY | O_CLOEXEC) };
	if (kcore->fd < 0)
		return explain(path, errno);
	if (read_ranges(kcore))
		return true;
	kcore_close(kcore);
	return refuse(path);
}

void kcore_close(struct kcore *kcore)
{
	if (kcore->fd >= 0)
		close(kcore->fd);
	free(kcore->ranges);
	*kcore = (struct kcore){ .fd = -1 };
}

bool kcore_read(const struct kcore *kcore, uint64_t address, void *data, size_t size)
{
	for (size_t i = 0; i < kcore->count; i++) {
		const struct kcore_range *range = &kcore->ranges[i];

		if (address >= range->address && address - range->address <= range->size &&
		    size <= range->size - (address - range->address))
			return read_at(kcore->fd, range->offset + (address - range->address), data,
				       size);
	}
	errno = EFAULT;
	return false;
}
