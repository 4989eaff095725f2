// SPDX-License-Identifier: GPL-2.0-only
/*
 * watch WAY FUNCTION: counts the calls of a function of the kernel, until SIGTERM, and prints the
 * number. WAY: fentry or fexit (a BPF program), or kprobe (as perf does it). Prints "ready" when it
 * counts. Not perf's event ftrace:function, which begins with all functions of the kernel: an
 * emulated machine does not survive that.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/bpf.h>
#include <linux/btf.h>
#include <linux/perf_event.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "watch: %s: %s\n", what, strerror(errno));
	exit(1);
}

static long number_in(const char *path)
{
	FILE *file = fopen(path, "r");
	long number;

	if (!file || fscanf(file, "%ld", &number) != 1)
		die(path);
	fclose(file);
	return number;
}

static char *content(const char *path)
{
	size_t size = 0, max = 1 << 24;
	char *text = malloc(max);
	int fd = open(path, O_RDONLY);
	ssize_t part;

	if (fd < 0 || !text)
		die(path);
	while ((part = read(fd, text + size, max - size)) > 0)
		size += (size_t)part;
	close(fd);
	return text;
}

/* What follows the head of a type, in bytes: Documentation/bpf/btf.rst. */
static size_t btf_extra(unsigned int kind, unsigned int vlen)
{
	switch (kind) {
	case BTF_KIND_INT:
	case BTF_KIND_VAR:
	case BTF_KIND_DECL_TAG:
		return 4;
	case BTF_KIND_ARRAY:
		return sizeof(struct btf_array);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return vlen * sizeof(struct btf_member);
	case BTF_KIND_ENUM:
		return vlen * sizeof(struct btf_enum);
	case BTF_KIND_ENUM64:
		return vlen * sizeof(struct btf_enum64);
	case BTF_KIND_FUNC_PROTO:
		return vlen * sizeof(struct btf_param);
	case BTF_KIND_DATASEC:
		return vlen * sizeof(struct btf_var_secinfo);
	default:
		return 0;
	}
}

static unsigned int btf_id(const char *function)
{
	const char *btf = content("/sys/kernel/btf/vmlinux");
	const struct btf_header *header = (const void *)btf;
	const char *types = btf + header->hdr_len + header->type_off;
	const char *names = btf + header->hdr_len + header->str_off;
	const char *pos = types;

	for (unsigned int id = 1; pos < types + header->type_len; id++) {
		const struct btf_type *type = (const void *)pos;
		unsigned int kind = BTF_INFO_KIND(type->info);

		if (kind == BTF_KIND_FUNC && strcmp(names + type->name_off, function) == 0)
			return id;
		pos += sizeof(*type) + btf_extra(kind, BTF_INFO_VLEN(type->info));
	}
	errno = ENOENT;
	die(function);
}

static int bpf(int command, union bpf_attr *attr)
{
	return (int)syscall(SYS_bpf, command, attr, sizeof(*attr));
}

/* A program that does nothing; the kernel counts its runs. */
static int bpf_program(const char *function, enum bpf_attach_type type)
{
	static const struct bpf_insn code[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = 0 },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr load = {
		.prog_type = BPF_PROG_TYPE_TRACING,
		.expected_attach_type = type,
		.insns = (uintptr_t)code,
		.insn_cnt = 2,
		.license = (uintptr_t) "GPL",
		.attach_btf_id = btf_id(function),
	};
	union bpf_attr stats = { .enable_stats.type = BPF_STATS_RUN_TIME };
	union bpf_attr attach = { 0 };
	int program;

	if (bpf(BPF_ENABLE_STATS, &stats) < 0)
		die("BPF_ENABLE_STATS");
	program = bpf(BPF_PROG_LOAD, &load);
	if (program < 0)
		die("BPF_PROG_LOAD");
	attach.raw_tracepoint.prog_fd = (unsigned int)program;
	if (bpf(BPF_RAW_TRACEPOINT_OPEN, &attach) < 0)
		die("BPF_RAW_TRACEPOINT_OPEN");
	return program;
}

static uint64_t bpf_runs(int program)
{
	struct bpf_prog_info info = { 0 };
	union bpf_attr attr = { .info = { .bpf_fd = (unsigned int)program,
					  .info_len = sizeof(info),
					  .info = (uintptr_t)&info } };

	if (bpf(BPF_OBJ_GET_INFO_BY_FD, &attr) < 0)
		die("BPF_OBJ_GET_INFO_BY_FD");
	return info.run_cnt;
}

/*
 * Of the kernel itself. A patch module has a function of that name too, so the kernel takes a name
 * for a kprobe no longer when a patch is loaded.
 */
static uint64_t address_of(const char *function)
{
	FILE *file = fopen("/proc/kallsyms", "r");
	char line[512], name[256], end;
	uint64_t address;

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "%" SCNx64 " %*c %255s%c", &address, name, &end) == 3 &&
		    end == '\n' && strcmp(name, function) == 0)
			return address;
	die(function);
}

static int perf_counter(const char *function, int cpu)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = (uint32_t)number_in("/sys/bus/event_source/devices/kprobe/type"),
		.config2 = address_of(function),
	};
	int fd = (int)syscall(SYS_perf_event_open, &attr, -1, cpu, -1, 0);

	if (fd < 0)
		die("perf_event_open");
	return fd;
}

static uint64_t perf_count(int fd)
{
	uint64_t count;

	if (read(fd, &count, sizeof(count)) != sizeof(count))
		die("read");
	return count;
}

static void wait_for_end(void)
{
	sigset_t set;
	int number;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	puts("ready");
	fflush(stdout);
	sigwait(&set, &number);
}

int main(int argc, char **argv)
{
	uint64_t count = 0;

	if (argc != 3)
		return 1;
	if (argv[1][0] == 'f') {
		int program = bpf_program(argv[2], strcmp(argv[1], "fexit") == 0
							   ? BPF_TRACE_FEXIT
							   : BPF_TRACE_FENTRY);

		wait_for_end();
		count = bpf_runs(program);
	} else {
		int cpus = (int)sysconf(_SC_NPROCESSORS_ONLN), fds[64];

		for (int cpu = 0; cpu < cpus && cpu < 64; cpu++)
			fds[cpu] = perf_counter(argv[2], cpu);
		wait_for_end();
		for (int cpu = 0; cpu < cpus && cpu < 64; cpu++)
			count += perf_count(fds[cpu]);
	}
	printf("%llu\n", (unsigned long long)count);
	return 0;
}
