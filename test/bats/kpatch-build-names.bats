#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2016,SC2030,SC2031
#
# Units that a change of a header leaves as they are, by names alone.

setup() {
	TOP=$BATS_TEST_DIRNAME/../..
	NAMES=$TOP/kpatch-build/unit-names/unit-names
	cd "$BATS_TEST_TMPDIR" || exit
	mkdir original patched
	cat >original/x.h <<-'END'
		#ifndef X_H
		#define X_H
		#define LIMIT 12
		#define COUNT 3
		#define SPARE 5
		#define LONE 6	/* is it?
			a comment */
		#define PASTE(a, b) a##b
		#define DEFINE_THING(n) static inline int n##_get(void) { return 4; }
		struct usual { int a; enum kind { KIND_A, KIND_B } kind; };
		struct spare { int a; enum spare_kind { SPARE_A, SPARE_B } kind; } __attribute__((packed));
		enum { FREE_A, FREE_B };
		enum { LONE_A, LONE_B };
		typedef unsigned int number;
		typedef struct { int x; } spare_t;
		static inline int used_fn(struct usual *u) { return u->a + COUNT; }
		static inline __attribute__((pure)) struct spare *spare_fn(struct spare *s)
		{
		#ifdef CONFIG_Z
			s++;
		#else
			asm("");
		#endif
			return s->a + SPARE ? s : 0;
		}
		int proto_used(int);
		extern struct spare *proto_spare(int, struct usual *);
		extern int var_used;
		extern int var_spare;
		#ifdef CONFIG_X
		static inline int cond(void) { return 1; }
		#else
		static inline int cond(void) { return 2; }
		#endif
		static inline int split(int x)
		#ifdef CONFIG_Y
		{ return x; }
		#else
		{ return x + 1; }
		#endif
		#ifdef CONFIG_Y
		static inline int torn(int x) {
		#else
		static inline int torn(long x) {
		#endif
			return x + 7; }
		static inline int behind(void) { return 8; }
		static inline int pasted_fn(void) { return 3; }
		DEFINE_THING(thing)
		void *memcpy(void *to, const void *from, unsigned long n);
		#endif
	END
	cat >original/x.c <<-'END'
		#include "x.h"
		#if LIMIT > 10 && !defined(TESTED)
		int first(struct usual *u) { return used_fn(u) + FREE_B + proto_used(var_used); }
		#endif
		#if UNDEFINED
		int second;
		#endif
		struct pair { int list[64]; };
		struct pair third(number n, struct pair *p) { return p[n + PASTE(pasted_, fn)() + behind()]; }
		int idle(void) { return cond() + split(1) + torn(2); }
	END
	echo x.h >changed
}

# judge UNIT NAMES: without the text of the patched header, where NAMES is not empty.
judge() {
	local patched=$PWD/patched
	[[ -z $2 ]] || patched=$PWD/none
	(cd patched && KPATCH_ORIGINAL=$OLDPWD/original KPATCH_PATCHED=$patched KPATCH_CC=${COMPILER:-gcc} \
		KPATCH_CHANGED=$OLDPWD/changed KPATCH_ADDED='' KPATCH_NAMES=$2 \
		"$TOP/kpatch-build/compare-unit/compare-unit" ${FLAGS:+"$FLAGS"} -c -o x.o "$1")
	head -n 1 patched/x.o.verdict
}

# names SED: what the header's change is known by, as kpatch-build hands it on.
names() {
	sed -E "$1" original/x.h >patched/x.h
	if "$NAMES" changed original/x.h patched/x.h >list; then
		{ echo "file x.h"; cat list; } >known
	else
		: >known
	fi
}

# is VERDICT SED: unused by names alone, or asked, or macro: so for a new macro's words; and what is unused
# is so where both texts are read.
is() {
	local verdict
	names "$2"
	verdict=$(judge x.c "$PWD/known")
	echo "$2: $verdict ($(paste -sd ' ' known))"
	[[ $1 == unused || $verdict == "failed patched" ]]
	[[ $1 != macro ]] || grep -q '^macro ' known
	[[ $1 != unused || $verdict == unused ]]
	sed -n 's/^names \(.*\)/x.c \1 ./p' patched/x.o.verdict >units
	[ "$("$NAMES" unaffected units known)" = "$([[ $1 == asked && -s known ]] || echo x.c)" ]
	cp original/x.c patched/x.c
	[[ $1 == asked ]] || [[ $(judge x.c '') == @(same|unused) ]]
}

@test "what has names that a unit does not depend on is unused" {
	is unused '1s/^/\/* a comment *\/ /'
	is unused 's/LONE 6/LONE 7/'
	is unused '/LONE 6/d; s/^a comment \*\///'
	is unused 's/struct spare \{ int a/struct spare { long a/'
	is unused 's/SPARE_A,/SPARE_A = 3,/'
	is unused 's/LONE_A,/LONE_A, LONE_C,/'
	is unused 's/\{ int x; \}/{ long x; }/'
	is unused 's/s->a \+ SPARE/s->a - SPARE/'
	is unused 's/CONFIG_Z/CONFIG_ZZ/'
	is unused '/inline.*spare_fn/,/^\}/d'
	is unused 's/proto_spare\(int,/proto_spare(long,/'
	is unused '/proto_spare/d'
	is unused 's/extern int var_spare/extern long var_spare/'
	is unused '/^extern int var_used/s/^/struct new; struct newer { struct usual u; };\nint fresh(struct usual *);\n/'
	# to the end of what is there
	is unused '/^DEFINE_THING/{h;d}; /^struct usual/{s/^/static inline int one(void) { return COUNT; }\n/}; /^void \*memcpy/{x;G}'
}

@test "of a function that stays although nobody calls it, no names are told" {
	local attribute
	for attribute in used __used__ __constructor__ __weak__; do
		names "/^#define LIMIT/s/^/static __attribute__(($attribute)) int kept(void) { return 1; }\n/"
		[ ! -s known ]
	done
	names '/^#define LIMIT/s/^/static __bpf_kfunc int kept(void) { return 1; }\n/'
	[ ! -s known ]
	names '/^#define LIMIT/s/^/static __attribute__((pure)) int kept(void) { return 1; }\n/'
	grep -qx 'name kept' known
}

@test "what has a name that a unit can depend on is asked for" {
	is asked 's/LIMIT 12/LIMIT 13/'
	is asked 's/COUNT 3/COUNT 4/'
	# in a function that is not used: what the preprocessor is asked for
	is asked 's/SPARE 5/SPARE 6/'
	is asked 's/struct usual \{ int a/struct usual { long a/'
	is asked 's/KIND_A,/KIND_A = 3,/'
	is asked 's/FREE_A,/FREE_A = 3,/'
	is asked 's/unsigned int number/unsigned long number/'
	is asked 's/u->a \+ COUNT/u->a - COUNT/'
	is asked 's/proto_used\(int/proto_used(long/'
	is asked 's/extern int var_used/extern long var_used/'
	is asked 's/return 3/return 4/'
	is asked 's/return 8/return 9/'
	is asked 's/unsigned long n/unsigned int n/'
	# macros that were none
	is macro '1s/^/#define ANOTHER (1 + \\\n LIMIT)\n/'
	is asked '1s/^/#define TESTED 1\n/'
	is asked '1s/^/#define UNDEFINED 1\n/'
	FLAGS=-w is asked '1s/^/#define UNDEFINED 1\n/'
	is asked '1s/^/#define first second\n/'
	is asked '1s/^/#define proto_used(x) (x)\n/'
}

# macros SED: those that may have been none
macros() {
	names "$1"
	sed -n 's/^macro //p' list | sort -u | paste -sd ' '
}

@test "macros that may have been none" {
	[ -z "$(macros 's/LIMIT 12/LIMIT 13/')" ]
	[ -z "$(macros 's/int a/long a/; /LIMIT 12/d')" ]
	[ "$(macros 's/LONE 6/LONE 7/; s/LIMIT 12/LIMIT_2 12/')" = LIMIT_2 ]
	[ "$(macros 's/SPARE 5/SPARE(x) 5/')" = SPARE ]
	[ "$(macros 's/^#define PASTE.*/#define PASTE 3/')" = PASTE ]
	# that one may not be seen
	[ "$(macros '/LIMIT 12/d; /ifdef CONFIG_Z/s/$/\n#define LIMIT 12/')" = LIMIT ]
	[ "$(macros '/LIMIT 12/d; /CONFIG_X/s/$/\n#define LIMIT 12/')" = LIMIT ]
	sed -i '1s/^/#undef FIRST\n#undef SECOND\n/' original/x.h
	[ "$(macros '1d')" = FIRST ]
	[ "$(macros 's/int a/long a/')" = "" ]
}

@test "what may declare something else is asked for" {
	is asked 's/DEFINE_THING\(thing\)/DEFINE_THING(thang)/'
	is asked 's/ifdef CONFIG_X/ifndef CONFIG_X/'
	is asked 's/return 2/return 5/'
	is asked 's/x \+ 1/x + 2/'
	is asked 's/x \+ 7/x + 6/'
	is asked '/^#define LIMIT/s/^/#include "y.h"\n/'
	is asked '/^struct usual/s/^/#pragma pack(1)\n/'
	is asked '/^struct usual/s/^/struct packed { _Pragma("pack(1)") int a; };\n/'
	is asked '/^struct usual/s/^/int global(void) { return 1; }\n/'
	is asked '/^struct usual/s/^/static int variable = 1;\n/'
	is asked '/^struct usual/s/^/asm(".globl x");\n/'
	is asked '/^struct usual/s/^/int other(void) __attribute__((weak));\n/'
	is asked '/^struct usual/s/^/static struct { int a; } anonymous;\n/'
	is asked '/^struct usual/s/^/enum { MAKE_ENUM(x) };\n/'
	is asked '/^struct usual/s/^/static inline DEFINE(x) { return 1; }\n/'
	is asked '/^struct usual/s/^/struct spare (first)(struct usual *u);\n/'
	is asked '/^struct usual/s/^/struct late { enum __attribute__((packed)) { FREE_B } free; };\n/'
	is asked '/^struct usual/s/^/enum fresh : int { FREE_B };\n/'
}

@test "a unit that reads another changed file is asked for" {
	echo y.h >>changed
	sed -i '1s/^/#include "y.h"\n/' original/x.c
	echo 'int y;' >original/y.h
	names 's/LONE 6/LONE 7/'
	[ "$(judge x.c "$PWD/known")" = "failed patched" ]
	echo "file y.h" >>known
	[ "$(judge x.c "$PWD/known")" = unused ]
}

@test "a unit that the patch changes itself is asked for" {
	echo x.c >>changed
	names 's/LONE 6/LONE 7/'
	[ "$(judge x.c "$PWD/known")" = "failed patched" ]
}

@test "of what a killed run has left, whole lines count" {
	names 's/LONE 6/LONE 7/'
	judge x.c "$PWD/known"
	sed -n 's/^names \(.*\)/x.c \1 ./p' patched/x.o.verdict >units
	[ "$("$NAMES" unaffected units known)" = x.c ]
	head -c -2 units >half
	[ -z "$("$NAMES" unaffected half known)" ]
	{ head -c 99 units; echo; cat units; } >both
	[ "$("$NAMES" unaffected both known)" = x.c ]
	{ head -c 11 units; echo ' .'; } >short
	[ -z "$("$NAMES" unaffected short known)" ]
}

@test "what is made a macro is looked for where units have its word" {
	mkdir tree run
	note() { :; }
	. "$TOP/kpatch-build/steps/reach-known.bash"
	# shellcheck disable=SC2034
	KERNEL=$PWD INDEX=$PWD KEPT=$PWD RUN=$PWD/run LOG=$PWD/log REACH_NAMES=$PWD/run/names
	printf '%s\n' x.h a.c b.c c.c y.h >files
	echo '#define OTHER 1' >tree/x.h
	echo 'int a(void) { return __is_defined(NEW); }' >tree/a.c
	echo 'int b(void) { return NEWER + ANEW; }' >tree/b.c
	echo '#include "y.h"' >tree/c.c
	echo 'static inline int y(void) { return __is_defined(NEW); }' >tree/y.h
	printf '%s .\n' 'a.c 1 2' 'b.c 1 3' 'c.c 1 4 5' >reads
	echo x.h >run/changed
	known_units() {
		printf '%s\n' 'file x.h' "$@" >run/names
		reach_mentions
		printf '%s\n' a.c b.c c.c | reach_reads_known run/reads | paste -sd ' '
	}
	[ "$(known_units)" = "a.c b.c c.c" ]
	[ "$(known_units 'name NEW')" = "a.c b.c c.c" ]
	[ "$(known_units 'name NEW' 'macro NEW')" = b.c ]
	# who reads the header has the word, too
	[ "$(known_units 'macro OTHER')" = "" ]
	[ "$(known_units 'macro NOWHERE')" = "a.c b.c c.c" ]
	# IS_MODULE(NEW)
	[ "$(known_units 'macro NEW_MODULE')" = b.c ]
	# another run adds a unit when the files are searched already
	sed -i '/^c.c/d' reads
	xargs() {
		command xargs "$@" || true
		echo 'c.c 1 4 5 .' >>"$KEPT/reads"
	}
	[ "$(known_units 'macro NEW')" = b.c ]
}

# reasons HOW: of x.c, whose names and files are kept.
reasons() {
	local -A REASONS=() REASON_NAMES=()
	reach_reasons
	echo "$1: ${REASONS[x.c]-} ${REASON_NAMES[x.c]-} (y.c: ${REASONS[y.c]-})"
	[ "${REASONS[x.c]}" = "$1" ]
	[ "${REASONS[y.c]}" = "${2-a change in x.h}" ]
	[ -z "${REASONS[own.c]-}${REASONS[made.c]-}" ]
}

@test "why a unit is another one: names that reach it, macros too, or the header" {
	# shellcheck source=/dev/null
	. "$TOP/kpatch-build/steps/reach-known.bash"
	mkdir kept index
	KEPT=$PWD/kept INDEX=$PWD/index RUN=$PWD REACH_NAMES=$PWD/known UNIT_NAMES=$NAMES
	UNITS=(x.c own.c y.c made.c) SCOPE_FILES=(x.h)
	declare -A OWN=([own.c]=1) verdicts=([x.c]="changed first" [own.c]="changed first" [y.c]=changed [made.c]="failed original")
	printf '%s\n' x.c x.h >index/files
	echo 'x.c 1 2 .' >kept/reads
	changes() {
		names "$1"
		sort -u known -o known
		judge x.c "$PWD/known"
		sed -n 's/^names \(.*\)/x.c \1 ./p' patched/x.o.verdict >kept/names
	}
	changes 's/COUNT 3/COUNT 4/; s/LONE 6/LONE 7/'
	[ "$("$NAMES" common kept/names known x.c other.c)" = "x.c COUNT" ]
	[ -z "$("$NAMES" common kept/names known other.c)" ]
	reasons "the change of COUNT"
	changes 's/COUNT 3/COUNT 4/; s/u->a \+/u->a -/; s/LONE 6/LONE 7/'
	reasons "the change of COUNT, used_fn"
	# a file that may have had the word of a macro
	echo x.c >mentions
	reasons "a change in x.h"
	rm mentions
	echo 'macro ANOTHER' >>known
	reasons "a change in x.h"
	# what else there is
	changes 's/COUNT 3/COUNT 4/; s/u->a \+/u->a -/; s/LIMIT 12/LIMIT 13/; s/8; }/9; }/'
	reasons "a change in x.h"
	# a file of which that is not known
	changes 's/COUNT 3/COUNT 4/'
	SCOPE_FILES=(x.h own.c y.h)
	printf '%s\n' x.c x.h y.h >index/files
	printf '%s\n' x.h own.c y.h >changed
	reasons "the change of COUNT" "a changed header"
	echo 'x.c 1 2 3 .' >kept/reads
	reasons "a change in x.h, y.h" "a changed header"
	: >known
	echo 'x.c 1 2 .' >kept/reads
	reasons "a change in x.h" "a changed header"
	# nothing is kept
	KEPT=""
	reasons "a changed header" "a changed header"
	SCOPE_FILES=(x.h)
	reasons "a change in x.h"
}

@test "only gcc is asked by options of gcc, and not where the tokens of macros come from" {
	printf '#!/bin/sh\necho "$*" >>"%s/calls"\nexec gcc "$@"\n' "$PWD" >recording
	chmod +x recording
	COMPILER=$PWD/recording
	names 's/LONE 6/LONE 7/'
	[ "$(judge x.c "$PWD/known")" = unused ]
	grep -q -- ' -ftrack-macro-expansion=0' calls
	: >calls
	judge x.c ''
	[ -s calls ]
	! grep -E -- '-ftrack|-dU' calls || false
}
