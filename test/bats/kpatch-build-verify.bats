#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2030,SC2031 # each test is a subshell of its own
#
# kpatch-build --verify: the proof of a finished module once more, and modules that were changed
# after they were made.

setup_file() {
	local top
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	# shellcheck source=test/lib/stock-kernel.bash
	. "$top/test/lib/stock-kernel.bash"
	RELEASE=$(newest_cloud_release)
	export RELEASE KPATCH_CACHE=$STOCK_CACHE MODULE=$BATS_FILE_TMPDIR/verified.ko
	"$top/kpatch-build/kpatch-build" -d --kernel "$RELEASE" -o "$BATS_FILE_TMPDIR" -n verified \
		"$top/examples/meminfo.patch" >"$BATS_FILE_TMPDIR/out"
	KERNEL=$(readlink -f "$STOCK_CACHE/targets/$RELEASE")
	export KERNEL
	cp "$(sed -n 's/^files *\([^ ]*\) .*/\1/p' "$BATS_FILE_TMPDIR/out")"/{orig,patched}/fs/proc/meminfo.o \
		--target-directory "$BATS_FILE_TMPDIR" --backup=numbered
}

setup() {
	load kpatch-build-helpers
	cd "$BATS_TEST_TMPDIR" || return
	cp "$MODULE" module.ko
}

# change_record OFFSET BYTES: in the module's first record; BYTES as printf(1) takes them
change_record() {
	objcopy --dump-section .kpatch.shipped=record module.ko other.ko
	printf '%b' "$2" | dd of=record bs=1 seek="$1" conv=notrunc status=none
	objcopy --update-section .kpatch.shipped=record module.ko other.ko
	mv other.ko module.ko
}

# number_at OFFSET: of the first record
number_at() {
	objcopy --dump-section .kpatch.shipped=record module.ko other.ko
	od -An -tu4 -j "$1" -N 4 record | tr -d ' '
}

# text_for OLD NEW: in the module, of the same length
text_for() {
	[ "${#1}" -eq "${#2}" ]
	sed -i "s|$1|$2|" module.ko
}

@test "a module as it was made is proven once more" {
	"$DRIVER" --verify module.ko >out
	cat out
	grep -qx ' *proven   vmlinux: meminfo_proc_show, [0-9]* bytes' out
	grep -q '^verify *1 of 1 proven' out
	[ "$(modinfo -F kpatch_unit module.ko)" = fs/proc/meminfo.c ]
}

@test "another copy of the shipped code" {
	change_record "$(($(number_at 40) + 7))" '\x06'
	refused 2 not-verified --verify module.ko
	grep -q "refused  vmlinux: meminfo_proc_show: the module's copy of the shipped code differs from it at +0x7: 0x06, " stdout
}

@test "other places at which memory may differ" {
	change_record 44 "\\x$(printf %x $(($(number_at 44) - 1)))"
	refused 2 not-verified --verify module.ko
	grep -q 'the module has other places at which memory may differ' stdout
}

@test "a record without a proof" {
	change_record 10 '\0'
	refused 2 not-verified --verify module.ko
	grep -q 'without a proof' stdout
}

@test "a function without a record, and a record without a function" {
	change_record "$(number_at 16)" x
	refused 2 not-verified --verify module.ko
	grep -q 'vmlinux: meminfo_proc_show: the module replaces it and does not record' stdout
	grep -q "xeminfo_proc_show: none of the module's units has that function" stdout
}

@test "a function whose unlikely part has no record" {
	local dir=$BATS_TEST_TMPDIR/cold-changed facts=() first

	"$TOP/test/unit/run" --keep "$BATS_TEST_TMPDIR" cold-changed
	mapfile -t facts < <(grep -v '^#' "$TOP/test/lib/facts")
	verify() {
		env "${facts[@]}" "$TOP/kpatch-build/verify-module/verify-module" module.ko vmlinux \
			"$dir/parent-symtab" "$dir/orig/case.o"
	}
	objcopy --rename-section .discard.kpatch.funcs=.kpatch.funcs "$dir/out.o" module.ko
	verify
	first=$(number_at 4)
	head -c "$first" record >part
	objcopy --update-section .kpatch.shipped=part module.ko other.ko
	mv other.ko module.ko
	run verify
	echo "$output"
	[ "$status" -eq 2 ]
	[[ $output = *'refused  vmlinux: show: the module does not record the shipped code of its part show.cold'* ]]
}

@test "a module whose lock classes are an empty section" {
	local dir=$BATS_TEST_TMPDIR/proof-record-empty-section facts=()

	"$TOP/test/unit/run" --keep "$BATS_TEST_TMPDIR" proof-record-empty-section
	mapfile -t facts < <(grep -v '^#' "$TOP/test/lib/facts")
	objcopy --rename-section .discard.kpatch.funcs=.kpatch.funcs "$dir/out.o" module.ko
	run env "${facts[@]}" "$TOP/kpatch-build/verify-module/verify-module" module.ko sample \
		"$dir/parent-symtab" "$dir/orig/case.o"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output = 'proven   sample: show, '* ]]
}

@test "a patch with callbacks only replaces nothing" {
	mkdir -p {a,b}/fs/proc
	cp "$KERNEL/tree/fs/proc/meminfo.c" a/fs/proc
	cp a/fs/proc/meminfo.c b/fs/proc
	cat >>b/fs/proc/meminfo.c <<-'END'
		#include "kpatch-macros.h"
		static int kpatch_before(patch_object *obj) { return 0; }
		KPATCH_PRE_PATCH_CALLBACK(kpatch_before);
	END
	diff -u a/fs/proc/meminfo.c b/fs/proc/meminfo.c >callback.patch || true
	"$DRIVER" --kernel "$RELEASE" -n callback callback.patch
	"$DRIVER" --verify callback.ko >out
	cat out
	grep -q '^verify *nothing is replaced ' out
}

@test "no records, and damaged ones" {
	objcopy -R .kpatch.shipped module.ko other.ko
	run "$DRIVER" --verify other.ko
	[ "$status" -eq 1 ]
	[[ $output = *'verify-module: error: '*'[no-shipped-code]'* ]]
	change_record 0 x
	run "$DRIVER" --verify module.ko
	[ "$status" -eq 1 ]
	[[ $output = *'verify-module: error: '*'[bad-record]'* ]]
}

@test "source that is not what the kernel was built from" {
	local verify=$TOP/kpatch-build/verify-module/verify-module facts=()

	mapfile -t facts < <(cat "$KERNEL"/parts/*/facts | sort -u)
	env "${facts[@]}" "$verify" module.ko vmlinux "$KERNEL/vmlinux" "$BATS_FILE_TMPDIR/meminfo.o.~1~"
	run env "${facts[@]}" "$verify" module.ko vmlinux "$KERNEL/vmlinux" "$BATS_FILE_TMPDIR/meminfo.o"
	echo "$output"
	[ "$status" -eq 2 ]
	[[ $output = *'refused  vmlinux: meminfo_proc_show: the shipped code is not what the original source compiles to: '* ]]
}

@test "units that the kernel does not have are not looked for outside" {
	text_for kpatch_unit=fs/proc/meminfo.c kpatch_unit=../../../../etc.c
	refused 17 unit-unknown --verify module.ko
	cp "$MODULE" module.ko
	text_for kpatch_unit=fs/proc/meminfo.c kpatch_unit=fs/proc/version.c
	refused 2 not-verified --verify module.ko
}

@test "a module for another kernel" {
	local id other

	id=$(modinfo -F kpatch_build_id module.ko)
	other=0${id#?}
	[ "$other" != "$id" ] || other=1${id#?}
	text_for "kpatch_build_id=$id" "kpatch_build_id=$other"
	refused_once 17 wrong-kernel --verify module.ko
	text_for "kpatch_kernel=${RELEASE:0:3}" "kpatch_kernel=/.;"
	refused_once 1 not-verifiable --verify module.ko
}

# change_section NAME FILE: in the module
change_section() {
	objcopy --update-section "$1=$2" module.ko other.ko
	mv other.ko module.ko
}

# tell KEY=VALUE: in the module information
tell() {
	objcopy --dump-section .modinfo=information module.ko other.ko
	printf '%s\0' "$1" >>information
	change_section .modinfo information
}

# build_id_of OBJECT: of a shipped module or the kernel
build_id_of() {
	readelf -n "$1" | sed -n 's/^ *Build ID: *//p'
}

@test "a module whose init looks for another kernel than it tells" {
	local field
	objcopy --dump-section .kpatch.info=info module.ko other.ko
	cp info untouched
	for field in 0 7 16 35; do
		cp untouched info
		printf '\377' | dd of=info bs=1 seek="$field" conv=notrunc status=none
		change_section .kpatch.info info
		refused_once 17 wrong-kernel --verify module.ko
		grep -q ' its init does not compare that ' stderr
	done
	objcopy --rename-section .kpatch.info=.other.info "$MODULE" other.ko
	refused_once 17 wrong-kernel --verify other.ko
}

@test "a module for another build of a kernel module" {
	local id
	tell kpatch_module_build_id=fuse:00112233
	refused_once 17 wrong-module --verify module.ko
	grep -q 'is for a module fuse with build-id 00112233, which is none of' stderr
	cp "$MODULE" module.ko
	text_for kpatch_unit=fs/proc/meminfo.c kpatch_unit=fs/fuse/readdir.c
	refused_once 17 wrong-module --verify module.ko
	grep -q 'has functions of the module fuse, and does not tell its build-id' stderr
	id=$(build_id_of "$KERNEL/modules/fs@fuse@fuse.ko")
	[ "${#id}" -eq 40 ]
	tell "kpatch_module_build_id=fuse:$id"
	refused 2 not-verified --verify module.ko
	tell "kpatch_module_build_id=fuse:00$id"
	refused_once 17 wrong-module --verify module.ko
	# what only a new source of the patch would be in
	cp "$MODULE" module.ko
	tell "kpatch_module_build_id=fuse:$id"
	"$DRIVER" --verify module.ko
}

@test "what the core module compares is what the module tells" {
	local id
	"$DRIVER" --kernel "$RELEASE" -n module --backend core "$TOP/examples/meminfo.patch"
	"$DRIVER" --verify module.ko
	objcopy --dump-section .kpatch.modules=none module.ko other.ko
	cp module.ko built.ko
	tell kpatch_module_build_id=fuse:00
	refused_once 17 wrong-module --verify module.ko # by which the cache has fuse.ko
	id=$(build_id_of "$KERNEL/modules/fs@fuse@fuse.ko")
	cp built.ko module.ko
	{ printf 'fuse%60s\24%7s' '' '' | tr ' ' '\0'; printf '%b' "$(fold -w 2 <<<"$id" | sed 's/^/\\x/' | tr -d '\n')"; head -c 44 /dev/zero; } >row
	[ "$(stat -c %s row)" -eq "$(stat -c %s none)" ]
	cat row none >rows
	change_section .kpatch.modules rows
	refused_once 17 wrong-module --verify module.ko
	grep -q 'the core module would not compare these' stderr
	tell "kpatch_module_build_id=fuse:$id"
	"$DRIVER" --verify module.ko
	change_section .kpatch.modules none
	refused_once 17 wrong-module --verify module.ko
}

@test "what is no module of ours" {
	refused_once 1 usage --verify
	refused_once 1 usage --verify module.ko module.ko
	refused_once 1 usage --verify --json report module.ko
	refused_once 1 usage --verify --kernel a --kernel b module.ko
	refused_once 1 file-unreadable --verify missing.ko
	echo text >text.ko
	refused_once 1 not-a-module --verify text.ko
	objcopy -R .modinfo module.ko other.ko
	refused_once 1 not-a-module --verify other.ko
	text_for kpatch_unit= kpatch_none=
	refused_once 1 not-verifiable --verify module.ko
}
