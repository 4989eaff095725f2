// SPDX-License-Identifier: GPL-2.0-only
/*
 * measure RUNS SECONDS LIMIT STATUS COMMAND...: run a whole process several times.
 *
 * Prints one line: median, fastest and slowest wall clock seconds, the median of the
 * processor seconds, the peak resident KiB of the largest process of the command, and the
 * number of runs. No further run begins when SECONDS are over. A run that takes more than LIMIT
 * processor seconds is ended, and the line is "over LIMIT". Exit status 1, and the status that
 * was seen, when a run does not end with STATUS.
 */
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct sample {
	double wall, cpu;
	long rss; /* KiB */
};

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static double seconds(const struct timeval *tv)
{
	return (double)tv->tv_sec + (double)tv->tv_usec / 1e6;
}

static void silence(void)
{
	int fd = open("/dev/null", O_WRONLY);

	if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0 || dup2(fd, STDERR_FILENO) < 0)
		err(1, "/dev/null");
}

static void limit_time(rlim_t limit)
{
	struct rlimit rlimit = { limit, limit + 1 };

	if (setrlimit(RLIMIT_CPU, &rlimit))
		err(1, "setrlimit");
}

static struct sample run(char **command, rlim_t limit, int expected)
{
	struct sample sample;
	struct rusage usage;
	double start = now();
	int status;
	pid_t child = fork();

	if (child < 0)
		err(1, "fork");
	if (!child) {
		silence();
		limit_time(limit);
		execvp(command[0], command);
		_exit(127);
	}
	if (wait4(child, &status, 0, &usage) != child)
		err(1, "wait4");
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
		printf("over %lu\n", (unsigned long)limit);
		exit(0);
	}
	if (!WIFEXITED(status) || WEXITSTATUS(status) != expected)
		errx(1, "%s: status 0x%x, expected exit status %d", command[0], (unsigned)status,
		     expected);
	sample.wall = now() - start;
	sample.cpu = seconds(&usage.ru_utime) + seconds(&usage.ru_stime);
	sample.rss = usage.ru_maxrss;
	return sample;
}

static int by_wall(const void *a, const void *b)
{
	double wa = ((const struct sample *)a)->wall, wb = ((const struct sample *)b)->wall;

	return wa < wb ? -1 : wa > wb;
}

static int by_cpu(const void *a, const void *b)
{
	double ca = ((const struct sample *)a)->cpu, cb = ((const struct sample *)b)->cpu;

	return ca < cb ? -1 : ca > cb;
}

int main(int argc, char **argv)
{
	int runs = argc > 5 ? atoi(argv[1]) : 0, nr = 0;
	double end, fastest, slowest, median;
	struct sample *samples;
	long rss = 0;

	if (runs < 1)
		errx(1, "usage: measure RUNS SECONDS LIMIT STATUS COMMAND...");
	samples = calloc((size_t)runs, sizeof(*samples));
	if (!samples)
		err(1, "calloc");
	end = now() + atof(argv[2]);
	do {
		samples[nr] = run(argv + 5, (rlim_t)atoi(argv[3]), atoi(argv[4]));
		if (samples[nr].rss > rss)
			rss = samples[nr].rss;
	} while (++nr < runs && now() < end);
	qsort(samples, (size_t)nr, sizeof(*samples), by_wall);
	median = samples[nr / 2].wall;
	fastest = samples[0].wall;
	slowest = samples[nr - 1].wall;
	qsort(samples, (size_t)nr, sizeof(*samples), by_cpu);
	printf("%.4f %.4f %.4f %.4f %ld %d\n", median, fastest, slowest, samples[nr / 2].cpu, rss,
	       nr);
	free(samples);
	return 0;
}
