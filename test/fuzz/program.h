/* SPDX-License-Identifier: GPL-2.0-only */
/* Calling a program as a function; hooks.h puts these in the place of what they are called after. */
#ifndef FUZZ_PROGRAM_H
#define FUZZ_PROGRAM_H

#include <libelf.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

/*
 * program_run - call @call with @arg; returns what it returned, or its exit status
 *
 * Frees all memory, files and ELF handles that the call has left. Not reentrant.
 */
int program_run(int (*call)(void *arg), void *arg);

void program_exit(int status) __attribute__((noreturn));
void program_child_exit(int status) __attribute__((noreturn));
pid_t program_fork(void);
int program_kill(pid_t pid, int number);
unsigned int program_alarm(unsigned int seconds);
int program_socketpair(int domain, int type, int protocol, int fds[2]);
void *program_malloc(size_t size);
void *program_calloc(size_t n, size_t size);
void *program_realloc(void *p, size_t size);
void *program_reallocarray(void *p, size_t n, size_t size);
void program_free(void *p);
int program_vasprintf(char **s, const char *fmt, va_list ap);
ssize_t program_getline(char **line, size_t *size, FILE *f);
Elf *program_elf_begin(int fd, Elf_Cmd cmd, Elf *ref);
Elf *program_elf_memory(char *image, size_t size);
int program_elf_end(Elf *elf);
int program_open(const char *path, int flags, ...);
int program_close(int fd);
FILE *program_fopen(const char *path, const char *mode);
FILE *program_fdopen(int fd, const char *mode);
int program_fclose(FILE *f);
FILE *program_sink(void);

#endif /* FUZZ_PROGRAM_H */
