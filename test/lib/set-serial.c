// SPDX-License-Identifier: GPL-2.0-only
/*
 * In the guest: set-serial DEVICE PORT gives a serial line the I/O ports from PORT on, as
 * setserial(8) would; PORT 0 takes them away.
 */
#include <err.h>
#include <fcntl.h>
#include <linux/serial.h>
#include <stdlib.h>
#include <sys/ioctl.h>

int main(int argc, char **argv)
{
	struct serial_struct serial;
	int fd;

	if (argc != 3)
		errx(2, "use: set-serial DEVICE PORT");
	fd = open(argv[1], O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || ioctl(fd, TIOCGSERIAL, &serial))
		err(1, "%s", argv[1]);
	serial.port = (unsigned int)strtoul(argv[2], NULL, 0);
	serial.type = serial.port ? PORT_16550A : PORT_UNKNOWN;
	serial.irq = 0;
	if (ioctl(fd, TIOCSSERIAL, &serial))
		err(1, "%s: TIOCSSERIAL", argv[1]);
	return 0;
}
