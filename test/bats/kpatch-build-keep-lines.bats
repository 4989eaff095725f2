#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
#
# keep-lines.awk: unchanged lines keep their numbers, at every place where the preprocessor
# allows it, and the code stays the same. A line "L(name)" tells the line it is on.

setup() {
	load kpatch-build-helpers
	cd "$BATS_TEST_TMPDIR" || return
}

# What the preprocessor makes of a file: "name NUMBER" for each L(name).
lines() {
	{ echo '#define L(name) name __LINE__ ;'; echo '#line 1'; cat "$1"; } |
		gcc -E -P -x c - | tr -d '\n' | tr ';' '\n' |
		grep -oE '[a-z0-9_]+ +[0-9]+ *$' | tr -s ' ' | sed 's/ $//'
}

# kept NAME...: these have the numbers they had; the rest of the text is the patched one.
kept() {
	local name
	diff orig.c patched.c >changes || true
	awk -f "$TOP/kpatch-build/keep-lines.awk" - patched.c <changes >kept.c
	cat kept.c
	diff <(grep -v '^#line ' kept.c) patched.c
	for name; do
		echo "$name: $(lines orig.c | grep "^$name ") -> $(lines kept.c | grep "^$name ")"
		lines orig.c | grep -q "^$name "
		[ "$(lines orig.c | grep "^$name ")" = "$(lines kept.c | grep "^$name ")" ]
	done
}

@test "lines are added" {
	printf 'L(a)\nint x;\nL(b)\nL(c)\n' >orig.c
	printf 'L(a)\nint x;\nint y;\nint z;\nL(b)\nL(c)\n' >patched.c
	kept a b c
}

@test "lines are removed" {
	printf 'L(a)\nint x;\nint y;\nint z;\nL(b)\nL(c)\n' >orig.c
	printf 'L(a)\nint x;\nL(b)\nL(c)\n' >patched.c
	kept a b c
}

@test "the first lines are removed" {
	printf 'int x;\nint y;\nL(b)\n' >orig.c
	printf 'L(b)\n' >patched.c
	kept b
}

@test "several hunks, each with its own shift" {
	printf 'L(a)\nint x;\nL(b)\nint y;\nint z;\nL(c)\nint w;\nL(d)\n' >orig.c
	printf 'L(a)\nint x1;\nint x2;\nint x3;\nL(b)\nL(c)\nint w;\nint w2;\nL(d)\n' >patched.c
	kept a b c d
}

@test "a change that moves nothing gets no directive" {
	printf 'L(a)\nint x;\nL(b)\n' >orig.c
	printf 'L(a)\nlong x;\nL(b)\n' >patched.c
	kept a b
	[ "$(grep -c '^#line' kept.c)" -eq 0 ]
}

@test "shifts that cancel out get no second directive" {
	printf 'L(a)\nint x;\nL(b)\nint y;\nL(c)\n' >orig.c
	printf 'L(a)\nint x;\nint n;\nL(b)\nL(c)\n' >patched.c
	kept a b c
}

@test "inside a macro of several lines: only behind it" {
	printf '#define M(x) \\\n\tfoo(x); \\\n\tbar(x); \\\n\tend(x)\nL(a)\n' >orig.c
	printf '#define M(x) \\\n\tfoo(x); \\\n\tnew(x); \\\n\tbar(x); \\\n\tend(x)\nL(a)\n' >patched.c
	kept a
	[ "$(grep -n '^#line' kept.c)" = "6:#line 5" ]
}

@test "inside a comment: only behind it" {
	printf '/*\n * one\n * two (\n */\nL(a)\n' >orig.c
	printf '/*\n * one\n * new\n * two (\n */\nL(a)\n' >patched.c
	kept a
	[ "$(grep -n '^#line' kept.c)" = "6:#line 5" ]
}

@test "a comment that opens at the end of a line of code" {
	printf 'int x; /* one\n two */ int y;\nL(a)\n' >orig.c
	printf 'int x; /* one\n new\n two */ int y;\nL(a)\n' >patched.c
	kept a
	[ "$(grep -n '^#line' kept.c)" = "4:#line 3" ]
}

@test "among arguments in nested parentheses: only behind them" {
	printf 'f(a,\n  g(b,\n    c),\n  d);\nL(a)\n' >orig.c
	printf 'f(a,\n  new,\n  g(b,\n    c),\n  d);\nL(a)\n' >patched.c
	kept a
	[ "$(grep -n '^#line' kept.c)" = "6:#line 5" ]
}

@test "arguments that open on the next line" {
	printf 'int x;\nM\n(1, 2);\nL(a)\n' >orig.c
	printf 'int x;\nint y;\nint z;\nM\n(1, 2);\nL(a)\n' >patched.c
	kept a
	printf 'int x;\nint y;\n#define M(x)\n(1, 2);\nL(a)\n' >orig.c
	printf 'int x;\nM\n(1, 2);\nL(a)\n' >patched.c
	kept a
	[ "$(grep -n '^#line' kept.c)" = "4:#line 5" ]
}

@test "parentheses and quotes in literals and comments do not count" {
	printf 'int x;\nchar a = %s, b = %s;\nchar *s = "((\\"("; // (\nL(a)\n' "'('" "'\"'" >orig.c
	printf 'int x;\nint n;\nchar a = %s, b = %s;\nchar *s = "((\\"("; // (\nint m;\nL(a)\n' \
		"'('" "'\"'" >patched.c
	kept a
	[ "$(grep -c '^#line' kept.c)" -eq 2 ]
}

@test "a string that goes on behind a backslash" {
	printf 'char *s = "one (\\\ntwo";\nint x;\nL(a)\n' >orig.c
	printf 'char *s = "one (\\\nnew \\\ntwo";\nint x;\nL(a)\n' >patched.c
	kept a
	[ "$(grep -n '^#line' kept.c)" = "4:#line 3" ]
}

@test "branches of an #ifdef that both open a parenthesis" {
	printf '#ifdef A\n\tif (a &&\n#else\n\tif (b &&\n#endif\n\t    c)\n\t\td();\n}\nint x;\nL(a)\n' >orig.c
	printf '#ifdef A\n\tif (a &&\n#else\n\tif (b &&\n#endif\n\t    c)\n\t\td();\n}\nint x;\nint y;\nL(a)\n' >patched.c
	kept a
}

@test "a file whose end changes" {
	printf 'L(a)\nint x;\n' >orig.c
	printf 'L(a)\nint x;\nint y;\n' >patched.c
	kept a
	[ "$(grep -c '^#line' kept.c)" -eq 0 ]
}
