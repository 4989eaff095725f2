#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
#
# The options of create-diff-object. What it decides is tested in test/unit.
#
# shellcheck disable=SC2016,SC2154 # backticks are text; run sets stderr

bats_require_minimum_version 1.5.0

top=$BATS_TEST_DIRNAME/../..
tool=${CREATE_DIFF_OBJECT:-$top/create-diff-object/create-diff-object}

# built CASE: the two objects of a unit case and its parent, in the current directory.
built()
{
	"$top/test/unit/run" --jobs 1 --keep "$BATS_TEST_TMPDIR/built" "$1" >/dev/null || return
	cd "$BATS_TEST_TMPDIR/built/$1" || return
	rm -f explained.* out.*
	mapfile -t facts < <(grep '=' "$top/test/lib/facts")
}

# differ OPTION...: compares what was built.
differ()
{
	env "${facts[@]}" "$tool" "$@" orig/case.o patched/case.o vmlinux parent-symtab \
		Module.symvers livepatch_case out.o
}

# Offsets and sizes depend on the compiler.
without_numbers()
{
	jq -S '(.. | objects | select(has("size")).size) = 0
		| (.. | objects | select(has("offset")).offset) = 0
		| (.. | .text? // empty) |= (tostring | sub("\\+0x[0-9a-f]+"; "+"))'
}

@test "the report is as the document says" {
	built explain-call
	differ --json report
	sed -n '/^```json$/,/^```$/p' "$top/doc/diff-report.md" | sed '/^```/d' >example
	[ "$(without_numbers <report)" = "$(without_numbers <example)" ]
	[ "$(jq .verdict report)" = '"written"' ]
}

@test "the document has all keys of the reports" {
	local name key
	for name in explain-inlined explain-new explain-cold tail-call-part finding-inlined; do
		built "$name"
		differ --json report || [ $? -eq 2 ]
		for key in $(jq -r '.. | objects | keys[]' report | sort -u); do
			grep -q "\`$key\`" "$top/doc/diff-report.md" || {
				echo "$name: $key"
				false
			}
		done
	done
}

@test "without --explain there are functions only" {
	built explain-string
	differ --json report >said
	[ "$(cat said)" = "case.c: changed function: show" ]
	differ --explain >said
	grep -q '^case.c: changed function: show (uses the string "after\\n" instead of' said
	grep -q '^case.c: copied string: ' said
}

@test "an explanation changes no byte of the output" {
	built explain-string
	differ
	mv out.o plain.o
	differ --explain --json report
	cmp plain.o out.o
}

@test "a report that cannot be written leaves no output" {
	built explain-string
	run -1 --separate-stderr differ --json missing/report
	[[ $stderr == "create-diff-object: error: missing/report: No such file or directory [cannot-write]" ]]
	[ ! -e out.o ]
}

@test "a report takes the place of a file only" {
	built explain-string
	mkfifo pipe
	run -1 --separate-stderr differ --json pipe
	[[ $stderr == "create-diff-object: error: pipe is not a file; name one to write to [cannot-write]" ]]
	[ -p pipe ]
	[ ! -e out.o ]
	ln -s there link
	touch there
	run -1 --separate-stderr differ --json link
	[[ $stderr == "create-diff-object: error: link is not a file; "*" [cannot-write]" ]]
	[ -L link ]
}

@test "a message names the output, not what it is called while it is written" {
	built explain-string
	run -1 --separate-stderr env "${facts[@]}" "$tool" orig/case.o patched/case.o vmlinux \
		parent-symtab Module.symvers livepatch_case missing/out.o
	[[ $stderr == "create-diff-object: error: missing/out.o: No such file or directory [cannot-write]" ]]
}

@test "an older report stays until the new one is complete" {
	built explain-string
	echo old >report
	run -1 --separate-stderr differ --json report --explain --facts
	[ "$(cat report)" = old ]
	differ --json report
	[ "$(jq .exit_status report)" = 0 ]
	[ "$(stat -c %a report)" = "$(printf '%o' $((0666 & ~0$(umask))))" ]
	[ "$(compgen -G 'report*')" = report ]
}

@test "--json needs a file" {
	run -1 --separate-stderr "$tool" --json
	[[ $stderr == "create-diff-object: error: --json needs an argument; "*"[usage]" ]]
	[ "${#stderr_lines[@]}" -eq 1 ]
}

@test "an unknown option is told in one line of the usual form" {
	run -1 --separate-stderr "$tool" --jsn
	[[ $stderr == "create-diff-object: error: --jsn is no option; "*"[usage]" ]]
	run -1 --separate-stderr "$tool" -x
	[[ $stderr == "create-diff-object: error: -x is no option; "*"[usage]" ]]
}

@test "an input is not overwritten" {
	built explain-string
	cp orig/case.o before
	run -1 --separate-stderr env "${facts[@]}" "$tool" orig/case.o patched/case.o vmlinux \
		parent-symtab Module.symvers livepatch_case ./orig/case.o
	[[ $stderr == *"./orig/case.o is an input, too; "*"[usage]" ]]
	run -1 --separate-stderr differ --json Module.symvers
	[[ $stderr == *"Module.symvers is an input, too; "*"[usage]" ]]
	cmp before orig/case.o
}

@test "the parent can come through a pipe, ELF or text" {
	built literal-kept
	differ --explain >said
	mv out.o plain.o
	run env "${facts[@]}" "$tool" --explain orig/case.o patched/case.o vmlinux \
		<(cat parent-symtab) Module.symvers livepatch_case out.o
	[ "$status" -eq 0 ]
	[ "$output" = "$(cat said)" ]
	cmp plain.o out.o
	readelf --wide --symbols parent-symtab >text
	env "${facts[@]}" "$tool" --no-proof orig/case.o patched/case.o vmlinux text Module.symvers \
		livepatch_case plain.o
	env "${facts[@]}" "$tool" --no-proof orig/case.o patched/case.o vmlinux <(cat text) Module.symvers \
		livepatch_case out.o
	cmp plain.o out.o
}

@test "the name of the parent has to fit the file" {
	local name file
	built module-local
	cp parent-symtab module
	readelf --wide --symbols module >module.text
	built explain-call
	cp parent-symtab linked
	readelf --wide --symbols linked >linked.text
	cp "$BATS_TEST_TMPDIR"/built/module-local/module* .
	for file in linked linked.text; do
		run -1 --separate-stderr env "${facts[@]}" "$tool" orig/case.o patched/case.o btrfs \
			"$file" Module.symvers livepatch_case out.o
		[[ $stderr == "create-diff-object: error: $file is a linked kernel, and not the module btrfs; "*"[parent-name]" ]]
	done
	for file in module module.text; do
		run -1 --separate-stderr env "${facts[@]}" "$tool" orig/case.o patched/case.o vmlinux \
			"$file" Module.symvers livepatch_case out.o
		[[ $stderr == "create-diff-object: error: $file is a module, and not a linked kernel; "*"[parent-name]" ]]
	done
	run -1 --separate-stderr env "${facts[@]}" "$tool" orig/case.o patched/case.o "" \
		linked Module.symvers livepatch_case out.o
	[[ $stderr == *"PARENT-NAME is empty; "*"[usage]" ]]
}

@test "a note spells a string as C does" {
	built explain-string
	differ --explain >said
	grep -qF 'note: the string "after\n" is a copy in the patch module' said
}

# The name is the first string of the call.
@test "every identifier of a message is in the man page" {
	ids=$(find "$top/create-diff-object" -name '*.c' ! -name 'create-patch-module*' -exec cat {} + |
		tr -s '\n\t ' ' ' |
		grep -oE '\b(fatal|warning|warning_at|warning_in|finding_at|finding_in|note_at)\(([a-z>.-]+, ?)?"[a-z0-9-]+"' |
		sed -E 's/"$//; s/.*"//' | sort -u)
	[ "$(wc -w <<<"$ids")" -gt 50 ]
	for id in $ids nothing-changed; do
		echo "$id"
		grep -qE "^[.](B|BR) (.*\" )?${id//-/\\\\-}( |$)" "$top/man/create-diff-object.1"
	done
}

@test "standard output that cannot be written is an error" {
	built explain-call
	run --separate-stderr bash -c '"$@" >/dev/full' -- env "${facts[@]}" "$tool" \
		orig/case.o patched/case.o vmlinux parent-symtab Module.symvers livepatch_case out.o
	[[ $status -eq 1 && $stderr == *"standard output"*"[cannot-write]" ]]
	[ ! -e out.o ]
	[ -z "$(find . -name 'out.o*')" ]
}

@test "standard output that is closed is an error, and takes no file with it" {
	built explain-call
	echo old >out.o
	run --separate-stderr bash -c '"$@" <&- >&-' -- env "${facts[@]}" "$tool" \
		orig/case.o patched/case.o vmlinux parent-symtab Module.symvers livepatch_case out.o
	[[ $status -eq 1 && $stderr == *"standard output"*"[cannot-write]" ]]
	[ "$(cat out.o)" = old ]
}

@test "report and object are two files" {
	built explain-call
	run -1 --separate-stderr differ --json out.o
	[[ $stderr == *"out.o is to be the report and the object"*"[usage]" ]]
	run -1 --separate-stderr differ --json "$PWD/../${PWD##*/}/out.o"
	[[ $stderr == *"[usage]" ]]
	[ ! -e out.o ]
}

# refusals: the identifiers of exit status 2 and 3 in the manual page, a line each.
refusals()
{
	sed -n '/^\.SS Exit status 2/,/^\.SS Warnings/p' "$top/man/create-diff-object.1" |
		grep -A1 '^\.TP' | sed -nE 's/^\.BR? ([a-z].*)/\1/p' |
		sed 's/", "/\n/g; s/ /\n/g; s/\\-/-/g' | tr -d '"' | grep -E '^[a-z-]+$'
}

# examples: the messages of the guide, a line each, with the case that prints it in front.
examples()
{
	awk '/^create-diff-object: / { message = $0 }
		/^<!-- unit case: / { print $4 "\t" message; message = "" }' "$top/doc/patch-author-guide.md"
}

@test "the guide for authors has a section for each refusal" {
	[ "$(refusals | wc -l)" -ge 40 ]
	for id in $(refusals); do
		echo "$id"
		grep -qxF "### $id" "$top/doc/patch-author-guide.md"
	done
}

@test "the guide for authors has the messages that are printed" {
	local name message places='s/(\+|\$)0x[0-9a-fA-F]+/\1/g'
	places+=";s|$(realpath "$top")/||g"
	mapfile -t names < <(examples | cut -f 1 | sort -u)
	[ "${#names[@]}" -ge 35 ]
	"$top/test/unit/run" --jobs 1 --keep "$BATS_TEST_TMPDIR/built" "${names[@]}" >/dev/null
	while IFS=$'\t' read -r name message; do
		echo "$name: $message"
		# where a compiler puts something is its own business
		sed -E "$places" "$BATS_TEST_TMPDIR/built/$name/out.stderr" |
			grep -qxF -- "$(sed -E "$places" <<<"$message")"
	done < <(examples)
}

# guide_patches: the changed lines of each patch of the guide that has a case, in NUMBER.CASE.
guide_patches()
{
	awk '/^### / { patch = "" }
		/^```/ { on = $0 == "```diff"; next }
		on && /^[-+]/ { patch = patch $0 "\n" }
		/^<!-- unit case: / && patch != "" { printf "%s", patch >(++n "." $4); patch = "" }' \
		"$top/doc/patch-author-guide.md"
}

@test "the guide for authors has the patches that the messages are for" {
	local file pair
	mkdir "$BATS_TEST_TMPDIR/patches"
	cd "$BATS_TEST_TMPDIR/patches"
	guide_patches
	[ "$(find . -type f | wc -l)" -ge 35 ]
	for file in *; do
		echo "$file"
		pair=("$top/test/unit/${file#*.}"/{orig,patched}.[cS])
		diff -U0 "${pair[@]}" | tail -n +3 | grep '^[-+]' | expand | diff - <(expand <"$file")
	done
}
