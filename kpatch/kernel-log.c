// SPDX-License-Identifier: GPL-2.0-only
/* What the core module has said in the kernel log. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kpatch/cleanup.h"
#include "kpatch/files.h"
#include "kpatch/kernel-log.h"
#include "kpatch/message.h"

/* A read(2) gives one record, and fails with EINVAL where it does not fit (kernel/printk). */
#define RECORD_SIZE 8192

int kernel_log_open(void)
{
	int log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (log >= 0)
		lseek(log, 0, SEEK_END);
	return log;
}

/*
 * A record is "PRIORITY,NUMBER,TIME,FLAGS;TEXT\n" and more lines about the device. Priorities from
 * 8 on have a facility: a program has written them. NULL when it is none of the kernel's.
 */
static char *text_of(char *record)
{
	char *text = strchr(record, ';');

	if (!text || strtoul(record, NULL, 10) >= 8)
		return NULL;
	text++;
	text[strcspn(text, "\n")] = '\0';
	return text;
}

/* Cut the identifier out of "TEXT [ID]"; NULL when it does not end in one. */
static const char *take_id(char *text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz-";
	char *bracket = strrchr(text, '[');
	size_t length = bracket ? strspn(bracket + 1, letters) : 0;

	if (length == 0 || strcmp(bracket + 1 + length, "]") != 0)
		return NULL;
	bracket[1 + length] = '\0';
	*bracket = '\0';
	if (bracket > text && bracket[-1] == ' ')
		bracket[-1] = '\0';
	return bracket + 1;
}

bool kernel_log_tell_refusals(int log, const char *name, const char *what)
{
	_cleanup_free_ char *start = print_string("kpatch: error: %s: ", name);
	char record[RECORD_SIZE];
	bool found = false;
	ssize_t size;

	/* EPIPE: records were overwritten before they were read; it goes on with the next. */
	while (log >= 0 && ((size = read(log, record, sizeof(record) - 1)) > 0 || errno == EPIPE)) {
		const char *id;
		char *text;

		if (size < 0)
			continue;
		record[size] = '\0';
		text = text_of(record);
		if (!text || strncmp(text, start, strlen(start)) != 0)
			continue;
		text = printable(text + strlen(start));
		id = take_id(text);
		error(id ? id : "insert-refused", "%s: %s", what, text);
		found = true;
	}
	return found;
}
