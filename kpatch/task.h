/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_TASK_H
#define KPATCH_TASK_H

/* Linux include/linux/sched.h, the same in 6.1 to 7.2. */
#define PF_IO_WORKER 0x00000010
#define PF_KTHREAD   0x00200000

/* Fields 3 and 9 of proc(5), /proc/PID/stat. */
struct task {
	char state;
	unsigned int flags; /* PF_* */
};

/* What a task is and does now; zeroes for one that is gone. */
struct task task_read(const char *pid);

#endif /* KPATCH_TASK_H */
