/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KPATCH_STATUS_H
#define KPATCH_STATUS_H

/* Exit statuses of kpatch; kpatch(1) holds the same table in words. */
enum status {
	STATUS_OK = 0,
	STATUS_USAGE = 1, /* wrong use, an unfit file, or an error of our own */
	STATUS_REFUSED = 2, /* the running kernel does not accept it */
	STATUS_REVERSED = 3, /* the transition did not complete and was reversed */
	STATUS_STUCK = 4, /* the reversal is not complete either: left reversing */
	STATUS_NO_SUCH = 5, /* no such livepatch */
	STATUS_ENVIRONMENT = 10, /* not root, no livepatch support, ... */
};

#endif /* KPATCH_STATUS_H */
