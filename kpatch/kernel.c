// SPDX-License-Identifier: GPL-2.0-only
/* Facts about the running kernel. */
#include <linux/capability.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "kpatch/cleanup.h"
#include "kpatch/files.h"
#include "kpatch/kernel.h"
#include "kpatch/livepatch.h"
#include "kpatch/message.h"
#include "lib/build-id.h"

char *kernel_release(void)
{
	struct utsname name = { 0 };

	uname(&name);
	return print_string("%s", name.release);
}

char *kernel_build_id(void)
{
	size_t size;
	_cleanup_free_ char *notes = read_file("/sys/kernel/notes", &size);

	return notes ? build_id_from_notes(notes, size) : NULL;
}

char *kernel_signature_rule(void)
{
	_cleanup_free_ char *enforce = read_line("/sys/module/module/parameters/sig_enforce");
	_cleanup_free_ char *lockdown = read_line("/sys/kernel/security/lockdown");

	if (enforce && strcmp(enforce, "Y") == 0)
		return print_string("module.sig_enforce is set");
	/* The level in brackets is the present one (security/lockdown/lockdown.c). */
	if (lockdown && strstr(lockdown, "[integrity]"))
		return print_string("lockdown is on (integrity)");
	if (lockdown && strstr(lockdown, "[confidentiality]"))
		return print_string("lockdown is on (confidentiality)");
	return NULL;
}

static bool may_load_modules(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };

	if (syscall(SYS_capget, &header, data) != 0)
		return geteuid() == 0;
	return data[CAP_TO_INDEX(CAP_SYS_MODULE)].effective & CAP_TO_MASK(CAP_SYS_MODULE);
}

bool kernel_lets_us(const char *what)
{
	if (may_load_modules())
		return true;
	error("not-root", "%s needs root, or the capability CAP_SYS_MODULE: run it with sudo",
	      what);
	return false;
}

bool kernel_has_livepatch(void)
{
	_cleanup_free_ char *release = NULL;

	if (path_exists("%s", LIVEPATCH_DIR))
		return true;
	release = kernel_release();
	error("no-livepatch",
	      "the running kernel %s has no livepatch support (no %s): boot a kernel built with "
	      "CONFIG_LIVEPATCH",
	      release, LIVEPATCH_DIR);
	return false;
}
