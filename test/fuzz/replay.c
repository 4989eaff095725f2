// SPDX-License-Identifier: GPL-2.0-only
/* Runs a target on the inputs that are given, without libFuzzer. */
#include "bundle.h"

#include <stdio.h>
#include <stdlib.h>

static uint8_t *read_file(const char *path, size_t *size)
{
	FILE *f = fopen(path, "re");
	uint8_t *data = NULL;
	long n;

	if (f && !fseek(f, 0, SEEK_END) && (n = ftell(f)) >= 0) {
		*size = (size_t)n;
		data = malloc(*size + 1);
		rewind(f);
		if (data && fread(data, 1, *size, f) != *size) {
			free(data);
			data = NULL;
		}
	}
	if (f)
		fclose(f);
	return data;
}

int main(int argc, char **argv)
{
	struct bundle bundle;
	uint8_t *data;
	size_t size;
	int i;

	for (i = 1; i < argc; i++) {
		data = read_file(argv[i], &size);
		if (!data || !bundle_read(&bundle, data, size)) {
			fprintf(stderr, "%s is not an input of this target\n", argv[i]);
			return 1;
		}
		target_run(&bundle);
		free(data);
	}
	return 0;
}
