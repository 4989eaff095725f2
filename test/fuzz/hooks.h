/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Makes a program a function that can be called a million times: forced into each of its
 * files by the compiler (-include). The headers come first, so that they declare what
 * they always do.
 *
 * exit() returns to program_run(), which then frees what the program still holds; what
 * the program prints is formatted and thrown away; files are read into memory section
 * by section instead of being mapped, so that the sanitizer sees where each ends
 * (object-file.c for objects, libelf for the others).
 */
#ifndef FUZZ_HOOKS_H
#define FUZZ_HOOKS_H

#include <fcntl.h>
#include <libelf.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "program.h"

#define main		   program_main
#define exit		   program_exit
#define _exit		   program_child_exit
#define fork		   program_fork
#define kill		   program_kill
#define alarm		   program_alarm
#define socketpair	   program_socketpair
#define malloc		   program_malloc
#define calloc		   program_calloc
#define realloc		   program_realloc
#define reallocarray	   program_reallocarray
#define free		   program_free
#define vasprintf	   program_vasprintf
#define getline		   program_getline
#define nanosleep(t, left) ((void)(t)) /* nothing changes by waiting */
#define elf_begin	   program_elf_begin
#define elf_memory	   program_elf_memory
#define elf_end		   program_elf_end
#define open(...)	   program_open(__VA_ARGS__, 0)
#define close		   program_close
#define fopen		   program_fopen
#define fdopen		   program_fdopen
#define fclose		   program_fclose
#undef stdout
#undef stderr
#define stdout	    program_sink()
#define stderr	    program_sink()
#define printf(...) fprintf(program_sink(), __VA_ARGS__)
#define puts(s)	    fprintf(program_sink(), "%s\n", s)
#define putchar(c)  fputc(c, program_sink())

int program_main(int argc, char **argv);

#endif /* FUZZ_HOOKS_H */
