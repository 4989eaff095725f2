// SPDX-License-Identifier: GPL-2.0-only
/*
 * lock [-n] FILE COMMAND...: runs the command with FILE locked by flock(2). -n: does not wait, and
 * says why it does not get the lock.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int now = argc > 1 && strcmp(argv[1], "-n") == 0 ? LOCK_NB : 0;
	int fd;

	if (now)
		argv++;
	fd = open(argv[1], O_RDWR | O_CREAT, 0600);
	if (fd < 0 || flock(fd, LOCK_EX | now) < 0) {
		printf("%s\n", strerror(errno));
		return 1;
	}
	execvp(argv[2], argv + 2);
	return 1;
}
