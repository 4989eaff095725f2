/* SPDX-License-Identifier: GPL-2.0-only */
/* What the patch and the interrupts know of each other. */
#ifndef INTERRUPTS_H
#define INTERRUPTS_H

#include <linux/atomic.h>
#include <linux/percpu.h>

/* As in linux/lcm.h, but for "const": the compiler would make one call of several. */
unsigned long lcm(unsigned long a, unsigned long b);
unsigned long lcm_not_zero(unsigned long a, unsigned long b);

#define ASKED	7919 /* lcm(0, ASKED) and lcm_not_zero(0, ASKED) tell the versions */
#define NEW_LCM 1
#define NEW_LNZ 2

enum version { OLD, NEW, MIXED };

struct interrupt_counts {
	atomic_t interrupts, nmis;
	atomic_t mixed; /* of both */
	atomic_t whole, held; /* checks in the stop that went well */
	atomic_t failed;
};
extern struct interrupt_counts counts;

struct nmi_state {
	unsigned int begun, done; /* NMIs of this CPU */
	enum version last; /* what the last one saw */
};
DECLARE_PER_CPU(struct nmi_state, nmi_state);

struct interrupt_wishes {
	unsigned int pauses; /* in the middle of an NMI */
	int held_cpu; /* its next NMI has to wait for the switch, and to see @held_sees; or -1 */
	enum version held_sees;
};
extern struct interrupt_wishes wishes;

void interrupts_failed(const char *what);
void send_nmi(int cpu);
int next_cpu(void);

/* All CPUs are interrupted all the time, and each sends NMIs to the next one. */
int interrupts_start(void);
void interrupts_stop(void);

#endif /* INTERRUPTS_H */
