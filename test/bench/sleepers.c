// SPDX-License-Identifier: GPL-2.0-only
/*
 * sleepers N: so many tasks that sleep, until it is killed, in system calls of several kinds: their
 * stacks differ. One process with threads, which take less memory than as many processes.
 */
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define STACK_SIZE 16384

static int empty_pipe[2];

static void *sleep_somewhere(void *argument)
{
	static const struct timespec long_time = { .tv_sec = 1000000 };
	struct pollfd nobody = { .fd = empty_pipe[0], .events = POLLIN };
	sigset_t none;
	char byte;

	sigemptyset(&none);
	for (;;) {
		switch ((long)argument % 4) {
		case 0:
			nanosleep(&long_time, NULL);
			break;
		case 1:
			poll(&nobody, 1, -1);
			break;
		case 2:
			if (read(empty_pipe[0], &byte, 1) < 0)
				return NULL;
			break;
		default:
			sigsuspend(&none);
		}
	}
}

int main(int argc, char **argv)
{
	long count = argc == 2 ? atol(argv[1]) : 0;
	pthread_attr_t attributes;
	pthread_t thread;
	long i;

	if (count < 1 || pipe(empty_pipe) || pthread_attr_init(&attributes) ||
	    pthread_attr_setstacksize(&attributes, STACK_SIZE))
		return 1;
	for (i = 1; i < count; i++) {
		if (pthread_create(&thread, &attributes, sleep_somewhere, (void *)i)) {
			fprintf(stderr, "sleepers: only %ld tasks\n", i);
			return 1;
		}
	}
	puts("all asleep");
	fflush(stdout);
	sleep_somewhere(NULL);
	return 0;
}
