#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
#
# What kpatch says where nothing can be loaded: wrong use, unfit files, no rights.
# Loading itself is tested in a virtual machine.

bats_require_minimum_version 1.5.0

kpatch=${KPATCH:-$BATS_TEST_DIRNAME/../../kpatch/kpatch}

setup()
{
	cd "$BATS_TEST_TMPDIR" || return
	release=$(uname -r)
}

# refused STATUS IDENTIFIER ARGUMENT...: one message line that ends in the identifier.
refused()
{
	local status_wanted=$1 id=$2 out status=0

	shift 2
	out=$("$kpatch" "$@" 2>&1 >stdout) || status=$?
	echo "status $status: $out"
	[ "$status" -eq "$status_wanted" ]
	[ "$(wc -l <<<"$out")" -eq 1 ]
	[[ $out = "kpatch: error: "*" [$id]" ]]
	[ ! -s stdout ]
}

# module FILE KEY=VALUE...: an object file with this .modinfo and no more.
module()
{
	local file=$1 entry

	shift
	for entry; do
		printf '.section .modinfo,"a"\n.asciz "%s"\n' "$entry"
	done | gcc -c -x assembler -o "$file" -
}

livepatch()
{
	module "$1" livepatch=Y license=GPL name=livepatch_test "vermagic=$release SMP mod_unload " "${@:2}"
}

# The build-id by a way of its own: readelf on the note section of an object file.
running_build_id()
{
	printf '.section .notes,"a",@note\n.incbin "/sys/kernel/notes"\n' |
		gcc -c -x assembler -o notes.o - &&
		readelf -n notes.o 2>/dev/null | sed -n 's/^ *Build ID: //p' | head -n 1
}

need_root()
{
	[ "$(id -u)" -eq 0 ] || skip "needs root"
}

@test "no arguments: usage on standard error" {
	run bash -c '"$1" 2>usage' -- "$kpatch"
	[ "$status" -eq 1 ]
	[ -z "$output" ]
	[[ $(<usage) = Usage:* ]]
}

@test "help names every subcommand, and each has --help" {
	run "$kpatch" help
	[ "$status" -eq 0 ]
	for subcommand in load unload verify list info status signal version; do
		[[ $output = *"  $subcommand "* ]]
		run "$kpatch" "$subcommand" --help
		[ "$status" -eq 0 ]
		[[ $output = "Usage: kpatch $subcommand"* ]]
		[ "$("$kpatch" help "$subcommand")" = "$output" ]
		run "$kpatch" help
	done
}

@test "every identifier of a message is in the man page" {
	top=$BATS_TEST_DIRNAME/../..
	sed 's/\\-/-/g' "$top/man/kpatch.1" >page
	grep -hoE '\<(error|warning)\("[a-z-]+"' "$top"/kpatch/*.c | cut -d '"' -f 2 | sort -u >ids
	[ "$(wc -l <ids)" -gt 30 ]
	# and what is told in the core module's words; kernel.c logs why that itself is not loaded
	find "$top/kmod/core" -name '*.c' ! -name kernel.c -exec grep -hoE '\[[a-z-]+\]\\n"' {} + |
		sed 's/\[\(.*\)\].*/\1/' | sort -u >core-ids
	[ "$(wc -l <core-ids)" -gt 12 ]
	while read -r id; do
		echo "$id"
		grep -qx "\.BR $id [,.]" page
	done < <(cat ids core-ids)
}

@test "version" {
	run "$kpatch" version
	[ "$status" -eq 0 ]
	[[ $output =~ ^kpatch\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
	[ "$("$kpatch" --version)" = "$output" ]
}

@test "wrong use" {
	refused 1 usage frobnicate
	refused 1 usage help frobnicate
	refused 1 usage load
	refused 1 usage load --frobnicate
	refused 1 usage load --all file.ko
	refused 1 usage load --timeout
	refused 1 usage load --timeout 0 file.ko
	refused 1 usage load --timeout -1 file.ko
	refused 1 usage load --timeout 5s file.ko
	refused 1 usage load --timeout 99999999999999999999 file.ko
	refused 1 usage unload
	refused 1 usage list something
	refused 1 usage info
	refused 1 usage version 1
}

@test "a full disk under the output is an error" {
	[ -w /dev/full ] || skip "no /dev/full"
	run bash -c '"$1" help 2>&1 >/dev/full' -- "$kpatch"
	[ "$status" -eq 1 ]
	[[ $output = *"[write-failed]" ]]
}

@test "load: not root" {
	need_root
	livepatch test.ko
	chmod a+rx . test.ko
	run setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all "$kpatch" load test.ko
	if [ "$status" -eq 126 ] || [ "$status" -eq 127 ]; then
		skip "the tree is not readable for others"
	fi
	[ "$status" -eq 10 ]
	[[ $output = *"[not-root]" ]]
}

@test "load: root without the capability" {
	need_root
	livepatch test.ko
	run setpriv --bounding-set=-sys_module "$kpatch" load test.ko
	[ "$status" -eq 10 ]
	[[ $output = *"[not-root]" ]]
}

@test "load and info: no such file" {
	refused 1 file-unreadable info ./missing.ko
	refused 1 file-unreadable verify some_patch
	run "$kpatch" verify some_patch
	[[ $output = "kpatch: error: some_patch: no such file: give the module's file, "* ]]
	need_root
	refused 1 file-unreadable load ./missing.ko
	refused 1 file-unreadable unload ./missing.ko
}

@test "not an ELF file" {
	echo "just text" >text.ko
	: >empty.ko
	mkdir directory.ko
	printf '\177ELF' >short.ko
	for file in text empty directory short; do
		refused 1 not-elf info ./$file.ko
	done
	need_root
	refused 1 not-elf load text.ko
}

@test "ELF files that are no livepatch modules" {
	module ordinary.ko license=GPL name=ordinary
	echo 'int f(void) { return 1; }' | gcc -c -x c -o plain.ko -
	cp "$kpatch" program.ko
	for file in ordinary plain program; do
		refused 1 not-a-livepatch info ./$file.ko
	done
	need_root
	refused 1 not-a-livepatch load ordinary.ko
}

@test "the core module is no patch" {
	module kpatch.ko name=kpatch license=GPL
	for command in load info; do
		refused 1 not-a-livepatch "$command" kpatch.ko
		[[ $("$kpatch" "$command" kpatch.ko 2>&1) = *"this is the core module"* ]]
	done
	module other.ko name=other license=GPL
	refused 1 not-a-livepatch load other.ko
	[[ $("$kpatch" load other.ko 2>&1) = *"an ordinary module"* ]]
}

@test "the unit for boot asks for no livepatch support, which patches of the core module do without" {
	unit=$BATS_TEST_DIRNAME/../../contrib/kpatch.service
	grep -q '^ConditionDirectoryNotEmpty=' "$unit"
	run ! grep -q '^Condition.*/sys/kernel/livepatch' "$unit"
}

@test "damaged module information" {
	printf '.section .modinfo,"a"\n.ascii "livepatch=Y"\n' | gcc -c -x assembler -o cut.ko -
	printf '.section .modinfo,"a",@nobits\n.space 8\n' | gcc -c -x assembler -o nobits.ko -
	module slash.ko livepatch=Y name=../..
	module long.ko livepatch=Y "name=$(printf 'x%.0s' {1..80})"
	refused 1 bad-module info cut.ko
	refused 1 not-a-livepatch info nobits.ko
	refused 1 bad-module info slash.ko
	refused 1 bad-module info long.ko
	# a copy that ended early
	module whole.ko livepatch=Y name=whole
	"$kpatch" info whole.ko
	for bytes in 1 64 "$(($(stat -c %s whole.ko) - 64))"; do
		head -c "-$bytes" whole.ko >short.ko
		refused 1 bad-module info short.ko
		[[ $("$kpatch" info short.ko 2>&1) = *"its end is missing"* ]]
	done
}

@test "load: made for another kernel" {
	need_root
	livepatch wrong.ko kpatch_build_id=0011223344556677 kpatch_kernel=1.2.3-other
	refused 2 wrong-kernel load wrong.ko
	refused 2 wrong-kernel load ./wrong.ko ./wrong.ko
}

@test "load: wrong version magic" {
	need_root
	for vermagic in "1.2.3-other SMP" "${release}x SMP" "${release%?} SMP" ""; do
		module wrong.ko livepatch=Y name=livepatch_test "vermagic=$vermagic" \
			"kpatch_build_id=$(running_build_id)"
		refused 2 wrong-vermagic load wrong.ko
	done
}

@test "load: which build of a module it is for, and nobody can tell" {
	need_root
	for value in zram :0011 ../zram:0011 ""; do
		module wrong.ko kpatch_backend=core name=livepatch_test "vermagic=$release SMP" \
			"kpatch_build_id=$(running_build_id)" "kpatch_module_build_id=$value"
		refused 1 bad-module load wrong.ko
	done
}

@test "load, unload, list: no livepatch support" {
	need_root
	[ ! -e /sys/kernel/livepatch ] || skip "this kernel has livepatch support"
	livepatch test.ko "kpatch_build_id=$(running_build_id)"
	refused 10 no-livepatch load test.ko
	refused 10 no-livepatch unload livepatch_test
	refused 10 no-livepatch unload test.ko
	refused 10 no-livepatch list
}

@test "unload and info: names" {
	refused 5 not-loaded info no-such-livepatch
	refused 1 bad-name info .hidden
	need_root
	refused 1 bad-name unload ""
	refused 1 bad-name unload "$(printf 'x%.0s' {1..80})"
}

# note NAME...: the ELF note that kpatch-build leaves in a module whose addresses may outlive it
# (kmod/patch/kpatch-info.h), as sysfs has it.
note()
{
	{
		printf '.section .note.kpatch,"a",@note\n.long 7, 2f - 1f, 1\n.asciz "kpatch"\n.balign 4\n1:\n'
		printf '.asciz "%s"\n' "$@"
		printf '2: .balign 4\n'
	} | gcc -c -x assembler -o note.o - && objcopy -O binary -j .note.kpatch note.o /dev/stdout
}

# sysfs: makes sys/, a kernel with the livepatch livepatch_test.
sysfs()
{
	rm -rf sys
	mkdir -p sys/kernel/livepatch/livepatch_test sys/module/livepatch_test/notes
	echo 1 >sys/kernel/livepatch/livepatch_test/enabled
	echo 0 >sys/kernel/livepatch/livepatch_test/transition
	echo live >sys/module/livepatch_test/initstate
	echo OK >sys/module/livepatch_test/taint
}

# in_sysfs ARGUMENT...: kpatch, which sees sys/ as /sys. The kernel has no module of that name.
in_sysfs()
{
	unshare --mount bash -c 'mount --bind sys /sys && exec "$@"' -- "$kpatch" "$@"
}

# goes TEXT OPTION...: livepatch_test is unloaded with that text; a kernel without modules, or that lets nobody remove one,
# ends it when all but the removal is done.
goes()
{
	local status=0 text=$1

	shift
	in_sysfs unload "$@" livepatch-test >stdout 2>stderr || status=$?
	cat stdout stderr
	if [ "$status" -eq 0 ]; then
		[ "$(<stdout)" = "$text" ]
	else
		grep -q ': cannot remove the module: ' stderr
		[ "$(wc -l <stderr)" -eq 1 ]
	fi
}

need_sysfs()
{
	need_root
	unshare --mount mount --bind . /sys 2>/dev/null || skip "no right to mount"
	[ ! -e /sys/module/livepatch_test ] || skip "this kernel has a module of that name"
}

@test "unload: what may outlive the module keeps it, unless --outlives says otherwise" {
	local status
	need_sysfs
	for force in "" --force; do
		sysfs
		note keep operations >sys/module/livepatch_test/notes/.note.kpatch
		status=0
		# shellcheck disable=SC2086 # an option or none
		in_sysfs unload $force livepatch-test >stdout 2>stderr || status=$?
		cat stderr
		[ "$status" -eq 2 ]
		[ ! -s stdout ]
		[ "$(wc -l <stderr)" -eq 1 ]
		grep -qE '^kpatch: error: livepatch_test: .* keep, operations, .* \[address-outlives\]$' stderr
		for word in --keep-module --outlives; do
			grep -qe "$word" stderr
		done
		[ "$(<sys/kernel/livepatch/livepatch_test/enabled)" = 1 ]
	done
	goes "livepatch_test: disabled and removed" --outlives
	[ "$(<sys/kernel/livepatch/livepatch_test/enabled)" = 0 ]
	# one that was replaced, or is disabled: only its module is there
	sysfs
	rm -r sys/kernel/livepatch/livepatch_test
	note keep >sys/module/livepatch_test/notes/.note.kpatch
	status=0
	in_sysfs unload livepatch-test >stdout 2>stderr || status=$?
	[ "$status" -eq 2 ]
	grep -q ' keep, .*\[address-outlives\]$' stderr
	goes "livepatch_test: disabled and removed" --outlives
}

@test "unload: modules without such addresses go as before" {
	need_sysfs
	sysfs
	goes "livepatch_test: disabled and removed"
	[ "$(<sys/kernel/livepatch/livepatch_test/enabled)" = 0 ]
	# notes of others, another note of ours
	sysfs
	for text in '.long 4, 4, 1; .asciz "GNU"; .long 1' '.long 7, 4, 9; .asciz "kpatch"; .balign 4; .asciz "abc"'; do
		printf '.section .note.kpatch,"a",@note\n%s\n' "$text" | gcc -c -x assembler -o note.o -
		objcopy -O binary -j .note.kpatch note.o sys/module/livepatch_test/notes/.note.kpatch
		echo 1 >sys/kernel/livepatch/livepatch_test/enabled
		goes "livepatch_test: disabled and removed"
		[ "$(<sys/kernel/livepatch/livepatch_test/enabled)" = 0 ]
	done
}

@test "unload: --keep-module leaves the module, with its code, in memory" {
	need_sysfs
	sysfs
	note keep >sys/module/livepatch_test/notes/.note.kpatch
	in_sysfs unload --keep-module livepatch-test >stdout 2>stderr
	cat stdout stderr
	[ "$(<stdout)" = "livepatch_test: disabled; its module stays loaded" ]
	[ ! -s stderr ]
	[ "$(<sys/kernel/livepatch/livepatch_test/enabled)" = 0 ]
}

@test "unload: a damaged note of ours keeps the module" {
	local status
	need_sysfs
	sysfs
	for size in 1 12 21 25; do
		note keep operations | head -c "$size" >sys/module/livepatch_test/notes/.note.kpatch
		status=0
		in_sysfs unload livepatch-test >stdout 2>stderr || status=$?
		cat stderr
		[ "$status" -eq 2 ]
		grep -q '\[address-outlives\]$' stderr
		[ "$(<sys/kernel/livepatch/livepatch_test/enabled)" = 1 ]
	done
	# text without an end, control characters, many names
	note $'ke\\033[31mep' n{1..40} >sys/module/livepatch_test/notes/.note.kpatch
	in_sysfs unload livepatch-test 2>stderr || status=$?
	cat stderr
	run ! grep -q $'\033' stderr
	[ "$(wc -c <stderr)" -lt 1000 ]
	grep -q ' and 3[0-9] more' stderr
}

@test "unload: what may outlive a patch of the core module keeps it, too" {
	local status=0
	need_sysfs
	sysfs
	mkdir -p sys/kernel/kpatch
	mv sys/kernel/livepatch/livepatch_test sys/kernel/kpatch/
	echo enabled >sys/kernel/kpatch/livepatch_test/state
	note keep >sys/module/livepatch_test/notes/.note.kpatch
	in_sysfs unload livepatch-test >stdout 2>stderr || status=$?
	cat stderr
	[ "$status" -eq 2 ]
	grep -q '^kpatch: error: livepatch_test: .* keep, .*\[address-outlives\]$' stderr
	[ "$(<sys/kernel/kpatch/livepatch_test/enabled)" = 1 ]
	echo disabled >sys/kernel/kpatch/livepatch_test/state
	in_sysfs unload --keep-module livepatch-test >stdout
	[ "$(<stdout)" = "livepatch_test: disabled; its module stays loaded" ]
	goes "livepatch_test: removed" --outlives
}

@test "list and info: the addresses that may outlive a patch" {
	need_sysfs
	sysfs
	note keep operations >sys/module/livepatch_test/notes/.note.kpatch
	for command in list "info livepatch-test"; do
		# shellcheck disable=SC2086 # words
		in_sysfs $command >stdout
		cat stdout
		grep -qx '  may outlive it: keep, operations' stdout
		# shellcheck disable=SC2086
		in_sysfs $command --json >object
		[ "$(jq -c '.patches[0].outlives' object)" = '["keep","operations"]' ]
	done
	rm sys/module/livepatch_test/notes/.note.kpatch
	run ! grep outlive <(in_sysfs list)
	in_sysfs list --json >object
	[ "$(jq -c '.patches[0].outlives' object)" = null ]
}

@test "info: what kpatch-build wrote" {
	livepatch info.ko kpatch_version=9.8.7 kpatch_build_id=abc123 kpatch_kernel=1.2.3-other \
		kpatch_backend=livepatch kpatch_patch=a.patch:sha256:00ff \
		kpatch_patch=b:c.patch:sha256:11ee kpatch_cve=CVE-2000-1 kpatch_cve=CVE-2000-2 \
		kpatch_replace=0 kpatch_outlives=keep kpatch_outlives=operations
	run "$kpatch" info info.ko
	echo "$output"
	[ "$status" -eq 0 ]
	for line in 'name: +livepatch_test' 'made by: +9\.8\.7' 'build-id: +abc123' \
		'for kernel: +1\.2\.3-other' 'back end: +livepatch' 'patch: +a\.patch' 'sha256 00ff' \
		'patch: +b:c\.patch' 'sha256 11ee' 'CVE: +CVE-2000-1' 'CVE: +CVE-2000-2' \
		'replace: +no' 'signed: +no' 'outlives: +keep' 'outlives: +operations'; do
		grep -qE "$line" <<<"$output"
	done
	printf '~Module signature appended~\n' >>info.ko
	"$kpatch" info info.ko | grep -qE 'signed: +yes'
}

# json STATUS ARGUMENT...: one JSON object on standard output, with that exit status in it.
json()
{
	local status_wanted=$1 status=0

	shift
	"$kpatch" "$@" >object 2>stderr || status=$?
	cat object stderr
	[ "$status" -eq "$status_wanted" ]
	[ "$(jq -s length object)" -eq 1 ]
	[ "$(jq .exit_status object)" -eq "$status" ]
	[ "$(jq .version object)" -eq 1 ]
	[ "$(jq -r .kpatch object)" = "$("$kpatch" version | cut -d ' ' -f 2)" ]
}

@test "json: wrong use, with the message in the object and on standard error" {
	for subcommand in load unload info; do
		json 1 $subcommand --json
		[ "$(jq -r .command object)" = $subcommand ]
		[ "$(jq -r '.messages[0] | .kind + " " + .id' object)" = "error usage" ]
		[ "$(jq -r '.messages[0] | "kpatch: error: \(.text) [\(.id)]"' object)" = "$(<stderr)" ]
	done
	json 1 load --frobnicate --json
	json 1 list --json something
	json 1 status something --json
	json 1 signal something --json
	refused 1 usage version --json
	refused 1 file-unreadable info -- ./--json
	run "$kpatch" load --json --help
	[ "$status" -eq 0 ]
	[[ $output = "Usage: kpatch load"* ]]
}

@test "json: load, with the reason why not" {
	need_root
	livepatch wrong.ko kpatch_build_id=0011223344556677 kpatch_kernel=1.2.3-other
	json 2 load --json wrong.ko
	[ "$(jq -r '.messages[].id' object)" = wrong-kernel ]
	[ "$(jq '.patches | length' object)" -eq 0 ]
}

@test "json: list and status of a kernel without livepatches" {
	[ ! -e /sys/kernel/livepatch ] && [ ! -e /sys/kernel/kpatch ] || skip "this kernel has some"
	json 10 list --json
	[ "$(jq -r '.messages[].id' object)" = no-livepatch ]
	json 0 status --json
	[ "$(jq -c .patches object)" = '[]' ]
}

@test "json: info of a file" {
	livepatch info.ko kpatch_version=9.8.7 kpatch_build_id=abc123 kpatch_backend=livepatch \
		kpatch_patch=a/b.patch:sha256:00ff kpatch_patch=c.patch:sha256:11ee \
		kpatch_cve=CVE-2000-1 kpatch_replace=1 kpatch_outlives=keep
	json 0 info --json info.ko
	[ "$(jq -c '.files[0] | [.path, .name, .made_by, .backend, .build_id, .kernel, .replace, .signed]' object)" = \
		'["info.ko","livepatch_test","9.8.7","livepatch","abc123",null,true,false]' ]
	[ "$(jq -c '.files[0].patches' object)" = \
		'[{"file":"a/b.patch","sha256":"00ff"},{"file":"c.patch","sha256":"11ee"}]' ]
	[ "$(jq -c '.files[0].cves' object)" = '["CVE-2000-1"]' ]
	[ "$(jq -c '.files[0].outlives' object)" = '["keep"]' ]
	[ ! -s stderr ]
	records | gcc -c -x assembler -o records.ko -
	json 0 info --json info.ko records.ko
	[ "$(jq -c '.files | length' object)" -eq 2 ]
	[ "$(jq -c '.files[0].functions' object)" = '[]' ]
	[ "$(jq -c '.files[1] | [.patches, .cves, .outlives]' object)" = '[[],[],[]]' ]
	[ "$(jq -c '.files[1].functions | sort_by(.name)' object)" = \
		'[{"object":"vmlinux","name":"first_function","position":0},{"object":"some_module","name":"second_function","position":2}]' ]
}

@test "json: bytes of others that are no UTF-8" {
	local bad good=$'\303\244 \342\202\254 \360\237\230\200'

	livepatch good.ko "kpatch_patch=$good.patch:sha256:00"
	json 0 info --json good.ko
	[ "$(jq -r '.files[0].patches[0].file' object)" = "$good.patch" ]
	# alone, cut short, too long, a surrogate, beyond the end
	for bad in '\200' '\303' '\342\202' '\300\257' '\340\200\257' '\355\240\200' '\364\220\200\200' '\377'; do
		livepatch bad.ko "kpatch_patch=x${bad}y.patch:sha256:00"
		json 0 info --json bad.ko
		[[ $(jq -r '.files[0].patches[0].file' object) =~ ^x\?+y\.patch$ ]]
		iconv -f UTF-8 -t UTF-8 object >/dev/null
	done
}

# operation NAME ATTEMPTS [BLOCKER]: as the core module shows it, in sysfs/NAME.
operation()
{
	mkdir -p "sysfs/$1"
	echo patching >"sysfs/$1/state"
	echo "$2" >"sysfs/$1/attempts"
	echo "${3:-}" >"sysfs/$1/blockers"
}

@test "signal: who is in the way of the operation that is tried, not of one that waits in line" {
	need_root
	unshare --mount true 2>/dev/null || skip "needs a mount namespace"
	sleep 1000 3>&- &
	sleeper=$!
	operation after 0
	operation first 7 "$sleeper hrtimer_nanosleep sleep"
	operation later 0
	cat >in-namespace <<-'END'
		mount -t tmpfs none /sys/kernel && mkdir /sys/kernel/kpatch && cp -r sysfs/* /sys/kernel/kpatch/
		exec "$@"
	END
	run unshare --mount bash in-namespace "$kpatch" signal --json
	kill "$sleeper"
	echo "$output"
	[ "$status" -eq 3 ]
	grep -v '^kpatch: ' <<<"$output" >object
	[ "$(jq -r '.patches[] | .name, .stopped[].pid' object)" = $'first\n'"$sleeper" ]
	[[ $(jq -r '.messages[-1].text' object) = "first: "* ]]
}

@test "load: --force is not for patches of the core module" {
	need_root
	module core.ko kpatch_backend=core license=GPL name=core_test "vermagic=$release SMP" \
		"kpatch_build_id=$(running_build_id)"
	refused 2 force-unsupported load --force core.ko
	refused 2 force-unsupported load --force ./core.ko ./core.ko
}

@test "info: no control characters of others reach the terminal" {
	livepatch rude.ko 'kpatch_patch=a\033[2Jb.patch:sha256:00'
	run "$kpatch" info rude.ko
	[ "$status" -eq 0 ]
	[[ $output = *"a?[2Jb.patch"* ]]
	[[ $output != *$'\033'* ]]
}

# The records of kmod/patch/kpatch-records.h, as create-diff-object writes them.
records()
{
	cat <<-'END'
		.section .modinfo,"a"
		.asciz "livepatch=Y"
		.asciz "name=records"
		.section .kpatch.strings,"a"
		1: .asciz "first_function"
		2: .asciz "second_function"
		3: .asciz "vmlinux"
		4: .asciz "some_module"
		.section .kpatch.funcs,"a"
		.quad f, 2b, 4b, 2, 10, 20
		.quad f, 1b, 3b, 0, 10, 20
		.text
		f: ret
	END
}

@test "info: the functions of the records" {
	records | gcc -c -x assembler -o records.ko -
	run "$kpatch" info records.ko
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output = *"  vmlinux: first_function"* ]]
	[[ $output = *"  some_module: second_function (number 2 of that name)"* ]]
}

@test "info: damaged files end in a message, or in less information" {
	local size status

	records | gcc -c -x assembler -o whole.ko -
	size=$(stat -c %s whole.ko)
	for ((at = 0; at < size; at += 7)); do
		head -c "$at" whole.ko >cut.ko
		status=0
		"$kpatch" info cut.ko >/dev/null 2>&1 || status=$?
		[ "$status" -le 1 ]
		cp whole.ko broken.ko
		printf '\377\377\377' | dd of=broken.ko bs=1 seek="$at" conv=notrunc status=none
		status=0
		"$kpatch" info broken.ko >/dev/null 2>&1 || status=$?
		[ "$status" -le 1 ]
	done
}

# A task of user space that is ending has no memory of its own any more, but will leave. Here it has ended
# and nobody has asked for its status.
@test "a task that ends is no thread of the kernel" {
	local top=$BATS_TEST_DIRNAME/../..

	cat >show.c <<-'END'
		#include <stdio.h>
		#include <unistd.h>
		#include <sys/wait.h>
		#include "kpatch/blockers.h"

		int main(void)
		{
			struct blockers blockers = { 0 };
			pid_t child = fork();
			siginfo_t info;
			char pid[16];

			if (!child)
				_exit(0);
			waitid(P_PID, child, &info, WEXITED | WNOWAIT);
			snprintf(pid, sizeof(pid), "%d", (int)child);
			blockers_add(&blockers, pid, "some", "function", "sleeps in function");
			blockers_show(&blockers);
			return 0;
		}
	END
	cc -D_GNU_SOURCE -DKPATCH_VERSION='""' -I"$top" -o show show.c "$top"/kpatch/{blockers,task,files,message,json}.c \
		"$top/lib/printable.c" -ljson-c
	./show 2>said
	cat said
	grep -q "sleeps in function" said
	[ "$(wc -l <said)" -eq 1 ]
}
