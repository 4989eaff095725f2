# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# Exit statuses; the table in the man page follows this one.

readonly EXIT_ERROR=1		# wrong use, or an error of our own
readonly EXIT_REFUSED=2		# cannot be patched live
readonly EXIT_UNCHANGED=3	# the patch changes nothing in the binary
readonly EXIT_PATCH=4		# the patch does not apply or touches nothing that is built
readonly EXIT_COMPILE=5		# the patched source does not compile
readonly EXIT_KERNEL=10		# unknown kernel release
readonly EXIT_PACKAGE=11	# a package is gone from the archive
readonly EXIT_NETWORK=12	# no network
readonly EXIT_SPACE=13		# no space
readonly EXIT_COMPILER=14	# not the kernel's compiler
readonly EXIT_LIVEPATCH=15	# the kernel has no livepatch support
readonly EXIT_MACHINE=16	# a tool, a file or a permission is missing
readonly EXIT_MISMATCH=17	# source, config, vmlinux and Module.symvers do not belong together
