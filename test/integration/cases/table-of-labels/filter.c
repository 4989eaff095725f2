// SPDX-License-Identifier: GPL-2.0-only
/* Print how much of a datagram a classic filter lets through: 15 - 5 bytes. */
#include <err.h>
#include <linux/filter.h>
#include <stdio.h>
#include <sys/socket.h>

#define NR(x) (sizeof(x) / sizeof((x)[0]))

int main(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_IMM, 5),
		BPF_STMT(BPF_ALU | BPF_NEG, 0),
		BPF_STMT(BPF_ALU | BPF_ADD | BPF_K, 15),
		BPF_STMT(BPF_RET | BPF_A, 0),
	};
	struct sock_fprog program = { .len = NR(code), .filter = code };
	char bytes[100] = { 0 };
	int sockets[2];
	ssize_t got;

	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, sockets))
		err(1, "socketpair");
	if (setsockopt(sockets[0], SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)))
		err(1, "SO_ATTACH_FILTER");
	if (send(sockets[1], bytes, sizeof(bytes), 0) != sizeof(bytes))
		err(1, "send");
	got = recv(sockets[0], bytes, sizeof(bytes), 0);
	if (got < 0)
		err(1, "recv");
	printf("%zd\n", got);
	return 0;
}
