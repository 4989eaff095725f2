// SPDX-License-Identifier: GPL-2.0-only
#include "program.h"

#include <fcntl.h>
#include <search.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the program holds: sets of tsearch(3). */
static struct held {
	void *memory, *files, *fds, *elfs;
} held;

static jmp_buf at_exit;
static int exit_status;

/*
 * Which code a child has reached is told to libFuzzer through this: its counters, which
 * are in the process. There are none where the compiler did not make any.
 */
extern uint8_t __start___sancov_cntrs[] __attribute__((weak));
extern uint8_t __stop___sancov_cntrs[] __attribute__((weak));
extern void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));
static uint8_t *child_counters;
static bool had_child;
static pid_t living_child; /* 0: none that anybody would have to end */

static int by_address(const void *a, const void *b)
{
	return (uintptr_t)a < (uintptr_t)b ? -1 : (uintptr_t)a > (uintptr_t)b;
}

static void *hold(void **set, void *what)
{
	if (what)
		tsearch(what, set, by_address);
	return what;
}

static void drop(void **set, void *what)
{
	if (what)
		tdelete(what, set, by_address);
}

static void *from_fd(int fd)
{
	return (void *)((intptr_t)fd + 1);
}

static void close_fd(void *what)
{
	close((int)((intptr_t)what - 1));
}

static void close_file(void *what)
{
	fclose(what);
}

static void end_elf(void *what)
{
	elf_end(what);
}

static void release_all(void)
{
	tdestroy(held.elfs, end_elf);
	tdestroy(held.files, close_file);
	tdestroy(held.fds, close_fd);
	tdestroy(held.memory, free);
	memset(&held, 0, sizeof(held));
}

static size_t nr_counters(void)
{
	return (size_t)(__stop___sancov_cntrs - __start___sancov_cntrs);
}

/* One that the program has left behind; it mostly is gone, and that is no error. */
static void end_living_child(void)
{
	if (living_child && !waitpid(living_child, NULL, WNOHANG)) {
		kill(living_child, SIGKILL);
		waitpid(living_child, NULL, 0);
	}
	living_child = 0;
}

static void take_child_counters(void)
{
	size_t i;

	for (i = 0; had_child && i < nr_counters(); i++) {
		if (child_counters[i] > __start___sancov_cntrs[i])
			__start___sancov_cntrs[i] = child_counters[i];
	}
	had_child = false;
}

int program_run(int (*call)(void *arg), void *arg)
{
	if (!setjmp(at_exit))
		exit_status = call(arg);
	end_living_child();
	take_child_counters();
	release_all();
	return exit_status;
}

void program_exit(int status)
{
	exit_status = status;
	longjmp(at_exit, 1);
}

static bool in_child;

static void say_nothing(void)
{
}

/*
 * Called by the sanitizer before it prints a report. A child's would take longer than all the
 * rest, as it looks up the names of functions.
 */
void __asan_on_error(void);
void __asan_on_error(void)
{
	if (in_child)
		_exit(99);
}

static void end_child(int number)
{
	if (nr_counters())
		memcpy(child_counters, __start___sancov_cntrs, nr_counters());
	_exit(0);
}

/* A child may crash, that is what it is for: nobody shall take it for a crash of ours. */
static void calm_child(void)
{
	static const int signals[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGALRM, SIGINT };
	size_t i;

	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		signal(signals[i], SIG_DFL);
	if (__sanitizer_set_death_callback)
		__sanitizer_set_death_callback(say_nothing);
	close(STDERR_FILENO);
	signal(SIGTERM, end_child);
	in_child = true;
}

pid_t program_fork(void)
{
	pid_t child;

	if (nr_counters() && !child_counters) {
		child_counters = mmap(NULL, nr_counters(), PROT_READ | PROT_WRITE,
				      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		if (child_counters == MAP_FAILED)
			abort();
	}
	if (nr_counters())
		memset(child_counters, 0, nr_counters());
	child = fork();
	if (!child)
		calm_child();
	if (child > 0)
		living_child = child;
	had_child = child > 0 && nr_counters();
	return child;
}

/* The child that is told to end shall leave its counters before. */
int program_kill(pid_t pid, int number)
{
	return kill(pid, number == SIGKILL ? SIGTERM : number);
}

/* What may take long shall not take that long here. */
unsigned int program_alarm(unsigned int seconds)
{
	return alarm(seconds > 4 ? 4 : seconds);
}

int program_socketpair(int domain, int type, int protocol, int fds[2])
{
	int ret = socketpair(domain, type, protocol, fds);

	if (!ret) {
		hold(&held.fds, from_fd(fds[0]));
		hold(&held.fds, from_fd(fds[1]));
	}
	return ret;
}

void program_child_exit(int status)
{
	if (nr_counters())
		memcpy(child_counters, __start___sancov_cntrs, nr_counters());
	_exit(status);
}

void *program_malloc(size_t size)
{
	return hold(&held.memory, malloc(size));
}

void *program_calloc(size_t n, size_t size)
{
	return hold(&held.memory, calloc(n, size));
}

void *program_realloc(void *p, size_t size)
{
	void *q;

	/* forgotten when it fails: a program that does not end then is not one of ours */
	drop(&held.memory, p);
	q = realloc(p, size);
	return hold(&held.memory, q);
}

void *program_reallocarray(void *p, size_t n, size_t size)
{
	size_t bytes;

	return __builtin_mul_overflow(n, size, &bytes) ? NULL : program_realloc(p, bytes);
}

void program_free(void *p)
{
	drop(&held.memory, p);
	free(p);
}

int program_vasprintf(char **s, const char *fmt, va_list ap)
{
	int n = vasprintf(s, fmt, ap);

	if (n >= 0)
		hold(&held.memory, *s);
	return n;
}

ssize_t program_getline(char **line, size_t *size, FILE *f)
{
	ssize_t n;

	drop(&held.memory, *line);
	n = getline(line, size, f);
	hold(&held.memory, *line);
	return n;
}

Elf *program_elf_begin(int fd, Elf_Cmd cmd, Elf *ref)
{
	return hold(&held.elfs, elf_begin(fd, cmd == ELF_C_READ_MMAP ? ELF_C_READ : cmd, ref));
}

Elf *program_elf_memory(char *image, size_t size)
{
	return hold(&held.elfs, elf_memory(image, size));
}

int program_elf_end(Elf *elf)
{
	drop(&held.elfs, elf);
	return elf_end(elf);
}

int program_open(const char *path, int flags, ...)
{
	int fd = open(path, flags, 0600);

	if (fd >= 0)
		hold(&held.fds, from_fd(fd));
	return fd;
}

int program_close(int fd)
{
	drop(&held.fds, from_fd(fd));
	return close(fd);
}

FILE *program_fopen(const char *path, const char *mode)
{
	return hold(&held.files, fopen(path, mode));
}

FILE *program_fdopen(int fd, const char *mode)
{
	drop(&held.fds, from_fd(fd));
	return hold(&held.files, fdopen(fd, mode));
}

int program_fclose(FILE *f)
{
	drop(&held.files, f);
	return fclose(f);
}

static ssize_t swallow(void *cookie, const char *text, size_t size)
{
	return (ssize_t)size;
}

FILE *program_sink(void)
{
	static FILE *sink;

	if (!sink)
		sink = fopencookie(NULL, "w", (cookie_io_functions_t){ .write = swallow });
	return sink;
}
