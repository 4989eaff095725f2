/* SPDX-License-Identifier: GPL-2.0-only */
/* FNV-1a of 64 bits. */
#ifndef HASH_H
#define HASH_H

#include <stdint.h>

/* hash_number - a number into a hash that began as HASH_START; a byte as the method has it */
#define HASH_START UINT64_C(14695981039346656037)
static inline uint64_t hash_number(uint64_t hash, uint64_t number)
{
	return (hash ^ number) * UINT64_C(1099511628211);
}

#endif /* HASH_H */
