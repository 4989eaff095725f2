#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
#
# kpatch-build with a stock kernel: good and bad patches, and what happens when a run is
# killed, has no network or no space. The kernel is prepared once, in the cache that all
# tests share.

setup_file() {
	local top
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	# shellcheck source=test/lib/stock-kernel.bash
	. "$top/test/lib/stock-kernel.bash"
	export SHARED=$STOCK_CACHE
	RELEASE=$(newest_cloud_release)
	export RELEASE KPATCH_CACHE=$SHARED
	# what several tests look at
	"$top/kpatch-build/kpatch-build" --kernel "$RELEASE" -o "$BATS_FILE_TMPDIR" -n prepared -R \
		--json "$BATS_FILE_TMPDIR/report" "$top/examples/meminfo.patch"
	cp "$SHARED/logs/prepared.log" "$BATS_FILE_TMPDIR/"
	KERNEL=$(readlink -f "$SHARED/targets/$RELEASE")
	export KERNEL KERNEL_TREE=$KERNEL/tree
}

setup() {
	load kpatch-build-helpers
	cd "$BATS_TEST_TMPDIR" || return
	mkdir out
}

build() {
	"$DRIVER" --kernel "$RELEASE" -o out "$@"
}

# a cache of our own that has the prepared kernel and the packages, but nothing to break
own_cache() {
	mkdir -p cache/{targets,packages,kernels}
	ln -s "$KERNEL" cache/kernels/
	ln -s "../kernels/${KERNEL##*/}" "cache/targets/$RELEASE"
	find "$SHARED/packages" -name '*.deb' -exec ln -s -t cache/packages {} +
	export KPATCH_CACHE=$PWD/cache
}

# a cache of our own that has the packages only
cold_cache() {
	own_cache
	rm -r cache/kernels cache/targets
}

# own_tree: a cache of our own with the prepared kernel, whose tree is made of links, and where numbers for
# assembly have been made, as where the kernel's tools are no package.
own_tree() {
	local tree file
	tree=$PWD/cache/kernels/${KERNEL##*/}/tree
	own_cache
	rm "${tree%/*}"
	mkdir "${tree%/*}"
	find "$KERNEL" -mindepth 1 -maxdepth 1 ! -name tree -exec ln -s -t "${tree%/*}" {} +
	. "$TOP/kpatch-build/lib/farm.bash"
	farm_grow "$tree" "$KERNEL_TREE" .
	for file in kernel/bounds arch/x86/kernel/asm-offsets; do
		farm_grow "$tree" "$KERNEL_TREE" "${file%/*}"
		rm -f "$tree/$file.s"
		echo made | tee "$tree/$file.s" >"$tree/${file%/*}/.${file##*/}.s.cmd"
	done
}

# tree_state: of what own_tree has made, and of the directories of the shared tree that are written to if any is.
tree_state() {
	(cd cache/kernels/*/tree && find . -printf '%p %s %T@ %m %l\n' && find . -type f -exec sha256sum {} +
		cd "$KERNEL_TREE" && find arch/x86 include kernel scripts -printf '%p %s %T@ %m\n') | sort
}

info() {
	modinfo -F "$1" "$2"
}

@test "one module, and its information" {
	module=$BATS_FILE_TMPDIR/prepared.ko
	[ "$(cd "$BATS_FILE_TMPDIR" && echo *.ko .*.ko*)" = 'prepared.ko .*.ko*' ]
	[ "$(info kpatch_version "$module")" = "$("$DRIVER" --version | cut -d ' ' -f 2)" ]
	[ "$(info kpatch_kernel "$module")" = "$RELEASE" ]
	[ "$(info kpatch_replace "$module")" = 0 ]
	[ "$(info kpatch_backend "$module")" = livepatch ]
	[ "$(info kpatch_patch "$module")" = \
		"meminfo.patch:sha256:$(sha256sum <"$TOP/examples/meminfo.patch" | cut -d ' ' -f 1)" ]
	grep -q -- '-Wp,-MMD.* fs/proc/meminfo.c' "$BATS_FILE_TMPDIR/prepared.log"
	readelf -n "$KERNEL/vmlinux" 2>/dev/null | grep -q "Build ID: $(info kpatch_build_id "$module")"
	[ "$(info name "$module")" = prepared ]
}

@test "default name, CVE numbers, two patches of one file" {
	{ echo 'Fixes CVE-2024-2 and CVE-2024-11111 and CVE-2024-1111'; cat "$TOP/examples/meminfo.patch"; } >a_b.c.patch
	patch_of fs/proc/meminfo.c 's/"MemFree: /"MEMFREE: /' >second.patch
	build a_b.c.patch second.patch
	[ "$(ls -A out)" = livepatch-a_b-c.ko ]
	[ "$(info kpatch_cve out/*.ko)" = $'CVE-2024-1111\nCVE-2024-11111' ]
	[ "$(info kpatch_patch out/*.ko | cut -d : -f 1)" = $'a_b.c.patch\nsecond.patch' ]
	[ "$(info kpatch_replace out/*.ko)" = 1 ]
	grep -qa 'MEMFREE:' out/*.ko
}

@test "several files of vmlinux and of modules, one program at a time" {
	patch_of fs/proc/devices.c 's/Character devices:/CHARACTER devices:/' >d.patch
	patch_of fs/fuse/cuse.c 's/info not properly terminated/info is not terminated/' >m.patch
	patch_of fs/proc/version.c '3s/^/\/\/ new line\n/' >same.patch
	build -j1 -n several same.patch d.patch m.patch >stdout
	cat stdout
	[ "$(ls -A out)" = several.ko ]
	grep -q 'fs/fuse/cuse.c (module cuse)' stdout
	grep -q ' fs/proc/devices.c: changed function: devinfo_show' stdout
	grep -q 'fs/proc/version.c: nothing changes' stdout
	readelf -SW out/several.ko | grep -q '\.klp\.rela\.cuse\.'
}

@test "without network: what is in the cache is enough, and the same input gives the same bytes" {
	own_cache
	run=(unshare -n)
	unshare -n true 2>/dev/null || run=()
	"${run[@]}" "$DRIVER" --kernel "$RELEASE" -o out -n prepared -R "$TOP/examples/meminfo.patch"
	[ "$(ls -A out)" = prepared.ko ]
	cmp "$BATS_FILE_TMPDIR/prepared.ko" out/prepared.ko
	[ "${#run[@]}" -gt 0 ] || skip "no right to leave the network; the bytes are the same"
}

@test "several kernels, of which one does not exist" {
	own_cache
	ln -s "../kernels/${KERNEL##*/}" cache/targets/6.1.0-other
	patch_of fs/proc/version.c '3s/^/\/\/ new line\n/' >same.patch
	status=0
	build --kernel 6.1.0-other --kernel 0.0.0-none -n t --json report "$TOP/examples/meminfo.patch" same.patch >stdout || status=$?
	cat stdout report
	[ "$status" -eq 10 ]
	[ "$(cd out && find . -type f | sort)" = "$(printf './%s/t.ko\n' "$RELEASE" 6.1.0-other | sort)" ]
	cmp "out/$RELEASE/t.ko" out/6.1.0-other/t.ko
	[ "$(jq -c '[.kernels[].status]' report)" = '[0,0,10]' ]
	[ "$(jq -r '.kernels[0] | .module, .functions[0].name' report)" = "out/$RELEASE/t.ko"$'\n'meminfo_proc_show ]
	grep -qE '^0.0.0-none +unavailable +' stdout
}

@test "the report of one kernel" {
	[ "$(jq -c '[.exit_status, (.kernels[] | .verdict, .release)]' "$BATS_FILE_TMPDIR/report")" = "[0,\"module\",\"$RELEASE\"]" ]
	patch_of fs/proc/version.c 's/"version", 0/"version", 1/' >init.patch
	! build -n t --json report init.patch || false
	[ "$(jq '.exit_status == .kernels[0].status and .exit_status > 1' report)" = true ]
	[ "$(jq '.kernels[0].messages | length > 0' report)" = true ]
}

@test "a patch at other line numbers, and one with documentation" {
	sed -E 's/^@@ -([0-9]+)(.*) \+([0-9]+)/@@ -1\1\2 +1\3/' "$TOP/examples/meminfo.patch" >moved.patch
	{ cat moved.patch; printf 'diff --git a/Documentation/x.rst b/Documentation/x.rst\n--- a/Documentation/x.rst\n+++ b/Documentation/x.rst\n@@ -1 +1 @@\n-a\n+b\n'; } >both.patch
	build both.patch >stdout
	cat stdout
	grep -q 'applies at other line numbers' stdout
	grep -q 'Documentation/x.rst .* left out' stdout
	[ -s out/livepatch-both.ko ]
}

@test "patches that do not apply" {
	sed 's/^-\(.*\)VmallocChunk/-\1VmallocLump/' "$TOP/examples/meminfo.patch" >no.patch
	refused_once 4 patch-does-not-apply --kernel "$RELEASE" -o out no.patch
	grep -q 'fs/proc/meminfo.c: hunk 1 at line' stderr
	patch_of fs/proc/meminfo.c 's/"MemFree: /"MEMFREE: /' >/dev/null
	(cd patch_of && diff -up b/fs/proc/meminfo.c a/fs/proc/meminfo.c) >back.patch || true
	refused_once 4 patch-already-applied --kernel "$RELEASE" -o out back.patch
	printf -- '--- a/fs/no-such.c\n+++ b/fs/no-such.c\n@@ -1 +1 @@\n-a\n+b\n' >missing.patch
	refused_once 4 patch-does-not-apply --kernel "$RELEASE" -o out missing.patch
	for level in '' a/linux/; do
		sed -E "s,^(---|\+\+\+) [ab]/,\1 $level," "$TOP/examples/meminfo.patch" >level.patch
		refused_once 4 patch-does-not-apply --kernel "$RELEASE" -o out level.patch
		grep -q '(it has fs/proc/meminfo.c: a patch must apply with patch -p1 ' stderr
	done
	printf -- '--- a/../../etc/x.c\n+++ b/../../etc/x.c\n@@ -1 +1 @@\n-a\n+b\n' >evil.patch
	refused_once 4 unsafe-path --kernel "$RELEASE" -o out evil.patch
	printf -- '--- /etc/x.c\n+++ /etc/x.c\n@@ -1 +1 @@\n-a\n+b\n' >evil.patch
	refused_once 4 unsafe-path --kernel "$RELEASE" -o out evil.patch
	echo 'no diff' >empty.patch
	refused_once 4 not-a-patch --kernel "$RELEASE" -o out empty.patch
	printf -- '--- a/Documentation/x\n+++ b/Documentation/x\n@@ -1 +1 @@\n-a\n+b\n' >doc.patch
	refused_once 4 nothing-built --kernel "$RELEASE" -o out doc.patch
	[ -z "$(ls -A out)" ]
}

@test "files that cannot be patched are refused by name, all at once" {
	patch_of scripts/Makefile.lib '3s/^/\n/' >mk.patch
	patch_of arch/x86/entry/entry_64.S '3s/^/\n/' >S.patch
	printf -- '--- /dev/null\n+++ b/fs/proc/new.c\n@@ -0,0 +1 @@\n+b\n' >new.patch
	refused 2 build-files-changed --kernel "$RELEASE" -o out mk.patch S.patch
	grep -q '\[assembly-changed\]$' stderr
	refused_once 4 not-built --kernel "$RELEASE" -o out new.patch
	patch_of drivers/scsi/aha152x.c '30s/^/\n/' >off.patch
	refused_once 4 not-built --kernel "$RELEASE" -o out off.patch
	[ -z "$(ls -A out)" ]
}

# permanent_patch: of a header, new each time; the flags have eight bits
permanent_patch() {
	patch_of fs/proc/internal.h "s|return pde->flags & PROC_ENTRY_PERMANENT;|return pde->flags \& (PROC_ENTRY_PERMANENT \| 16); /* $RANDOM$RANDOM */|"
}

# what the first portion found is kept then
second_comparison() {
	[ "$(grep -cs '^+ reach_run .*/patched REACH_RULES ' "$log")" -ge 2 ]
}

@test "a header: the units that use what changes; a stopped run goes on, and the next knows it all" {
	log=$KPATCH_CACHE/logs/killed$$.log
	for _ in {1..20}; do
		permanent_patch >h.patch
		rm -f "$log"
		"$DRIVER" --kernel "$RELEASE" -j1 -n "killed$$" -o out h.patch >killed.out 2>&1 3>&- &
		! kill_when $! second_comparison || break
		rm -f out/*.ko
	done
	[ -z "$(ls -A out)" ]
	rm "$log"
	files=$(sed -nE 's/.*compiler sees of ([0-9]+) file.*/\1/p' killed.out)
	build -j1 h.patch >stdout
	cat stdout
	# none, if the run was that far before it was seen
	left=$(sed -nE 's/.*compiler sees of ([0-9]+) file.*/\1/p' stdout)
	[ "${left:-0}" -lt "$files" ]
	log=$KPATCH_CACHE/logs/livepatch-h.log
	grep -q 'fs/proc/generic.c: changed function: remove_proc_entry' stdout
	[ "$(grep -cE '^ +fs/proc/[a-z]+\.c \(vmlinux\)' stdout)" -eq 2 ]
	grep -qE '2 of [1-9][0-9] units that see the change can differ' stdout
	# what cannot differ is not compiled; the originals may have been before
	[ "$(grep -cE -- '-Wp,-MMD.* -c .* fs/' "$log")" -le 4 ]
	grep -q 'remove_proc_entry (the unit sees the change of pde_is_permanent)$' stdout
	# a unit that could see it by its name, and does not
	grep -qE '^fs/proc/meminfo.c: unused$' "$log"
	build -j1 h.patch >stdout
	! grep 'what the compiler sees' stdout || false
	# originals are not compiled again
	[ "$(grep -cE -- '-Wp,-MMD.* -c .* fs/' "$log")" -eq 2 ]
	# another patch of that header: units that do not read it are known
	patch_of fs/proc/internal.h 's/PDE_DATA/PDE_DATA/; 20s/^/\/* other *\/\n/' >other.patch
	refused_once 3 nothing-changed --kernel "$RELEASE" -o out other.patch
}

# verdicts LOG: of all units of fs/proc/
verdicts() {
	sed -nE 's/^(fs\/proc\/[^ ]*): (same|unused|unseen|changed.*)$/\1 \2/p' "$1" | sort -u
}

@test "a header: units that its changed names do not reach differ in nothing" {
	patch_of fs/proc/internal.h "/^static inline void pde_get/,/^}/s/refcount_inc/if ($RANDOM != $RANDOM) &/; s/PROC_NUMBUF 13/PROC_NUMBUF 14/; s/^extern int pid_delete_dentry/int fresh(void);\n&/" >names.patch
	build names.patch >stdout
	log=$KPATCH_CACHE/logs/livepatch-names.log
	verdicts "$log" >first
	# a program that knows nothing: all are looked at
	mkdir -p blind/kpatch-build/unit-names
	ln -s "$(realpath "$TOP")"/{create-diff-object,kmod,lib} blind/
	ln -s "$(realpath "$TOP")"/kpatch-build/[!u]* "$(realpath "$TOP")"/kpatch-build/units.awk blind/kpatch-build/
	printf '#!/bin/sh\nexit 1\n' >blind/kpatch-build/unit-names/unit-names
	chmod +x blind/kpatch-build/unit-names/unit-names
	rm blind/kpatch-build/kpatch-build
	cp "$TOP/kpatch-build/kpatch-build" blind/kpatch-build/
	blind/kpatch-build/kpatch-build --kernel "$RELEASE" -o out names.patch
	verdicts "$log" >all
	join first all >both
	cat both
	[ "$(grep -c ' changed' both)" -ge 1 ]
	[ "$(grep -cE ' unused (same|unused)$' both)" -ge 10 ]
	! grep -E ' unused (changed|failed)' both || false
	# now they are known without a look
	patch_of fs/proc/internal.h "/^static inline void pde_get/,/^}/s/refcount_inc/if ($RANDOM == $RANDOM) &/" >again.patch
	build again.patch >stdout
	cat stdout
	[ "$(sed -nE 's/.*compiler sees of ([0-9]+) file.*/\1/p' stdout)" -le 5 ]
}

@test "a header that thousands of units see is refused by the first of them" {
	local log=$KPATCH_CACHE/logs/livepatch-task.log
	patch_of include/linux/sched.h '/^struct task_struct {/,/^}/s/^\tu64[[:space:]]*utime;/\tu64\t\t\t\tkpatch_test;\n&/' >task.patch
	patch_of kernel/ptrace.c 's/^static int ptrace_getsiginfo(.*/&/; s/^\tif (lock_task_sighand(child, &flags)) {/\tchild->kpatch_test = 1;\n&/' >>task.patch
	status=0; build --json report task.patch >stdout 2>stderr || status=$?
	cat stdout stderr
	[ "$status" -eq 2 ]
	# the unit of the patch's own, on both sides, and no other
	grep -q '^create-diff-object: kernel/ptrace.c: error: .*\[struct-layout-changed\]$' stderr
	[ "$(grep -cE -- '-Wp,-MMD.* -c ' "$log")" -le 2 ]
	! grep -E 'what the compiler sees of [0-9]{2,}' stdout || false
	others=$(sed -nE 's/^ *([0-9]+) other unit.* were not asked; --all-units .*/\1/p' stdout)
	[ "$others" -gt 1000 ]
	[ "$(jq '.kernels[0].units_not_asked' report)" -eq "$others" ]
}

@test "a header: by name, nobody is missed who reads it" {
	# what the units of the test before were really made of, against the index
	index=$(find "$KERNEL/parts" -maxdepth 1 -name "index-*" -printf "%T@ %p\n" | sort -rn | sed "s/.* //; q")
	# (new files of other tests are not in it; the numbers are those of one version's index)
	kept=$(find "$KERNEL/kept" -mindepth 2 -maxdepth 2 -name reads -printf "%T@ %p\n" | sort -rn | sed "s/.* //; q")
	awk 'FILENAME == ARGV[1] { known[$0]; next } $NF == "." && $1 in known' \
		"$index/files" "$kept" | sort -u -k 1,1 >reads
	[ "$(wc -l <reads)" -ge 20 ]
	awk 'FILENAME == ARGV[1] { file[FNR] = $0; next }
		{ for (i = 2; i < NF; i++) if ($i in file) readers[$i] = readers[$i] " " $1 }
		END { for (i in readers) print file[i] readers[i] }' "$index/files" reads |
		sort >all
	awk -v step="$(($(wc -l <all) / 20))" 'NR % step == 0' all >sample
	[ "$(wc -l <sample)" -ge 20 ]
	while read -r file units; do
		echo "$file" >changed
		awk -f "$TOP/kpatch-build/reach.awk" changed "$index/units" "$index/includers" |
			awk '$1 == "unit" { print $3 } $1 == "other" { print $2 }' | sort >reached
		tr ' ' '\n' <<<"$units" | sort -u | comm -23 - reached >missed
		echo "$file: $(tr '\n' ' ' <missed)"
		[ ! -s missed ]
	done <sample
}

@test "a header: nothing that anybody uses, or nobody at all" {
	patch_of fs/proc/internal.h '20s/^/\/* a comment *\/\n\n/' >comment.patch
	refused_once 3 nothing-changed --kernel "$RELEASE" -o out comment.patch
	grep -qE '^fs/proc/generic.c: (same|unused)$' "$KPATCH_CACHE/logs/livepatch-comment.log"
	patch_of fs/adfs/adfs.h '30s/^/\n/' >off.patch
	refused_once 4 not-built --kernel "$RELEASE" -o out off.patch
}

# new_file FILE LINE...: a patch that adds it, to stdout.
new_file() {
	local file=$1
	shift
	printf -- '--- /dev/null\n+++ b/%s\n@@ -0,0 +1,%d @@\n' "$file" $#
	printf '+%s\n' "$@"
}

@test "a new source with its line in the Makefile, and a new header" {
	{
		new_file fs/proc/kpatch_test.c '#include "kpatch_test.h"' \
			'const char *kpatch_test_title(void) { return KPATCH_TEST_TITLE; }'
		new_file fs/proc/kpatch_test.h '#define KPATCH_TEST_TITLE "A test:\n"' \
			'const char *kpatch_test_title(void);'
		patch_of fs/proc/Makefile 's/^proc-y.*+= cmdline.o$/&\nproc-y\t+= kpatch_test.o/'
		patch_of fs/proc/devices.c 's/^#include <linux\/seq_file.h>/&\n#include "kpatch_test.h"/; s/seq_puts(f, "Character devices:.n")/seq_puts(f, kpatch_test_title())/'
	} >new.patch
	build new.patch >stdout
	cat stdout
	grep -q 'fs/proc/kpatch_test.c: new function: kpatch_test_title' stdout
	grep -q 'fs/proc/devices.c: changed function: devinfo_show' stdout
	grep -qa 'A test:' out/*.ko
	"$DRIVER" --verify out/*.ko
}

@test "a new source that nobody uses" {
	{
		new_file fs/proc/kpatch_test.c 'int kpatch_test(void) { return 1; }'
		patch_of fs/proc/Makefile 's/^proc-y.*+= cmdline.o$/&\nproc-y\t+= kpatch_test.o/'
	} >new.patch
	refused_once 3 nothing-changed --kernel "$RELEASE" -o out new.patch
}

@test "a new source where kbuild makes nothing of it" {
	for dir in fs/isofs fs/adfs; do # modules only, and not built at all
		{
			new_file "$dir/kpatch_test.c" 'int kpatch_test(void) { return 1; }'
			patch_of "$dir/Makefile" '/^obj-/s/.*/&\nobj-y += kpatch_test.o/'
		} >new.patch
		refused_once 4 not-built --kernel "$RELEASE" -o out new.patch
		grep -q "$dir/kpatch_test.c is not part of this kernel's build" stderr
	done
}

@test "other changes of a Makefile" {
	patch_of fs/proc/Makefile 's/^obj-y.*proc.o$/&\nccflags-y += -DX=1/' >flags.patch
	refused_once 2 build-files-changed --kernel "$RELEASE" -o out flags.patch "$TOP/examples/meminfo.patch"
	grep -q 'fs/proc/Makefile: "ccflags-y += -DX=1"' stderr
	as_in_the_guide build-files-changed
	patch_of fs/proc/Makefile 's/^proc-y.*+= cmdline.o$//' >gone.patch
	refused_once 2 build-files-changed --kernel "$RELEASE" -o out gone.patch "$TOP/examples/meminfo.patch"
	grep -q 'fs/proc/cmdline.o is no longer built' stderr
	{
		new_file fs/proc/kpatch_test.c 'int x;'
		patch_of fs/proc/Makefile 's/^proc-y.*+= cmdline.o$/&\nobj-m\t+= kpatch_test.o/'
	} >module.patch
	refused_once 2 build-files-changed --kernel "$RELEASE" -o out module.patch
	grep -q 'kpatch_test.ko is a new module' stderr
}

@test "units that read what is made during the build" {
	# flask.h is not in the tree, and no reason to compile those that include it
	patch_of security/selinux/include/avc.h 's/^#define _SELINUX_AVC_H_/&\n\/* a comment *\//' >comment.patch
	refused_once 3 nothing-changed --kernel "$RELEASE" -o out comment.patch
	grep -qx 'security/selinux/avc.c: same' "$KPATCH_CACHE/logs/livepatch-comment.log"
	# and of what they read nothing is known to a later run
	! grep -E '^security/selinux/avc.c ' "$KERNEL"/kept/*/reads || false
}

@test "Kconfig files, by what becomes of the configuration" {
	[ -x "$KERNEL_TREE/scripts/kconfig/conf" ] || skip "the kernel's tools have no conf"
	patch_of fs/Kconfig 's/^menu "Pseudo filesystems"/config KPATCH_TEST\n\tbool "Test"\n\n&/' >Kconfig.patch
	build -n t Kconfig.patch "$TOP/examples/meminfo.patch" >stdout
	cat stdout
	grep -q "fs/Kconfig: the kernel's configuration stays as it is" stdout
	[ -s out/t.ko ]
	patch_of fs/Kconfig 's/^menu "Pseudo filesystems"/config PROC_EXTRA\n\tbool "More files in \/proc"\n\tdefault y\n\n&/' >Kconfig.patch
	refused_once 2 configuration-changed --kernel "$RELEASE" -o out Kconfig.patch "$TOP/examples/meminfo.patch"
	grep -q '(CONFIG_PROC_EXTRA)' stderr
	as_in_the_guide configuration-changed
}

# gone_file FILE: a patch that removes it, to stdout.
gone_file() {
	diff -up --label "a/$1" --label /dev/null "$KERNEL_TREE/$1" /dev/null || true
}

@test "a header that is removed" {
	gone_file fs/proc/fd.h >gone.patch
	refused_once 2 file-removed --kernel "$RELEASE" -o out gone.patch
	grep -q 'removes the file fs/proc/fd.h, and fs/proc/[a-z]*.c still includes it' stderr
	as_in_the_guide file-removed
	[ -s "$KERNEL_TREE/fs/proc/fd.h" ]
	gone_file fs/adfs/adfs.h >off.patch
	build -n t off.patch "$TOP/examples/meminfo.patch"
	[ -s out/t.ko ]
}

@test "a source that is removed" {
	gone_file fs/proc/util.c >gone.patch
	patch_of fs/proc/internal.h 's/^\(extern \)\?unsigned name_to_int(.*$/static inline unsigned name_to_int(const struct qstr *q)\n{\n\treturn q->len == 1 ? q->name[0] - 48 : ~0U;\n}/' >>gone.patch
	refused_once 2 file-removed --kernel "$RELEASE" -o out gone.patch
	grep -q 'removes the file fs/proc/util.c, and leaves it in the list of objects' stderr
	patch_of fs/proc/Makefile '/+= util.o$/d' >>gone.patch
	build gone.patch >stdout
	cat stdout
	grep -q 'fs/proc/util.c is removed: its functions and exports stay' stdout
	grep -q 'fs/proc/base.c: changed function: proc_pid_lookup' stdout
	# and who still includes it
	patch_of fs/proc/fd.c 's/^#include "fd.h"/&\n#include "util.c"/' >included.patch
	refused 5 compile-error --kernel "$RELEASE" -o out gone.patch included.patch
	grep -q 'removed by the patch' stderr
	# what such a source has set up, nothing takes back
	{
		gone_file fs/proc/cmdline.c
		patch_of fs/proc/Makefile '/+= cmdline.o$/d'
	} >init.patch
	status=0
	"$DRIVER" --kernel "$RELEASE" -o out init.patch 2>stderr || status=$?
	[ "$status" -eq 2 ]
	grep -q 'proc_cmdline_init (section .init.text) is gone.*\[init-code-changed\]' stderr
	for file in fs/proc/{util.c,cmdline.c,Makefile}; do
		[ -s "$KERNEL_TREE/$file" ]
	done
}

@test "the only source of a module is removed" {
	{
		gone_file fs/fuse/cuse.c
		patch_of fs/fuse/Makefile '/cuse.o/d'
	} >module.patch
	refused_once 2 build-files-changed --kernel "$RELEASE" -o out module.patch
	grep -q 'fs/fuse/cuse.ko is no longer built' stderr
}

@test "a static function that another file of the patch uses" {
	{
		patch_of fs/proc/devices.c 's/^static int devinfo_show(/int devinfo_show(struct seq_file *, void *);\nint devinfo_show(/'
		patch_of fs/proc/version.c '/^static int version_proc_show/,/^}/s/^{/{\n\textern int devinfo_show(struct seq_file *, void *);\n\n\tif (!v)\n\t\tdevinfo_show(m, v);/'
	} >shared.patch
	build -n shared shared.patch >stdout
	cat stdout
	grep -q 'fs/proc/version.c: changed function: version_proc_show' stdout
	! grep -q 'devinfo_show' stdout || false
	readelf -sW out/shared.ko | grep -qF '.klp.sym.vmlinux.devinfo_show,'
	"$DRIVER" --verify out/shared.ko
}

@test "a source that others include" {
	patch_of kernel/sched/rt.c 's/if (unlikely((s64)delta_exec <= 0))/if (unlikely((s64)delta_exec < 0))/; s/\(delta_exec = update_curr_common(rq);\)/\1 barrier();/' >inc.patch
	build inc.patch >stdout
	cat stdout
	grep -q 'kernel/sched/build_policy.c: changed function: update_curr_rt' stdout
}

@test "a header that is read by ../, through directories that are links in our trees" {
	# from arch/x86/include/ and below, whose own names lead elsewhere
	patch_of arch/x86/events/perf_event.h 's/^#include <linux\/perf_event.h>/&\n#define KPATCH_TEST 1/; s/^#include <asm\/cpu.h>/&\nextern int kpatch_test;/' >up.patch
	patch_of arch/x86/events/core.c 's/^#include "perf_event.h"/&\n#ifndef KPATCH_TEST\n#error not the patched header\n#endif/' >>up.patch
	patch_of arch/x86/kernel/cpu/resctrl/pseudo_lock.c 's/^#include "..\/..\/events\/perf_event.h"\(.*\)$/&\n#ifndef KPATCH_TEST\n#error not the patched header\n#endif/' >>up.patch
	for _ in first second; do
		refused_once 3 nothing-changed --kernel "$RELEASE" -o out up.patch
	done
}

@test "sources that the Makefile of another directory compiles" {
	# virt/kvm by that of arch/x86/kvm
	patch_of virt/kvm/eventfd.c '/^kvm_irqfd_release(/,/^}/s/^\tspin_lock_irq(.*$/\tif (!kvm)\n\t\treturn;\n&/' >own.patch
	build -n own own.patch >stdout
	cat stdout
	grep -q 'virt/kvm/eventfd.c: changed function: kvm_irqfd_release' stdout
	# a header that both directories see
	patch_of include/linux/kvm_host.h '/^static inline .* kvm_dirty_log_manual_protect_and_init_set(/,/^}/s/^\treturn/\tif (!kvm)\n\t\treturn false;\n&/' >header.patch
	build -n header header.patch >stdout
	cat stdout
	grep -q 'virt/kvm/kvm_main.c: changed function' stdout
	grep -q 'arch/x86/kvm/.*: changed function' stdout
}

@test "a program that runs during the build, and what it includes" {
	# by name: whoever becomes part of the kernel through what it prints
	found=0
	for file in drivers/tty/vt/conmakehash.c lib/raid6/mktables.c; do
		[ -e "$KERNEL_TREE/$file" ] || continue
		grep -qx "=$file ${file%/*}/" "$KERNEL"/parts/index-*/includers
		found=$((found + 1))
	done
	[ "$found" -gt 0 ]
	patch_of drivers/tty/vt/conmakehash.c 's/u16 dfont_unitable\[%d\]/u16 dfont_unitable[%d + 1]/' >host.patch
	grep -q . host.patch || skip "another program prints the table"
	status=0; build host.patch >stdout 2>stderr || status=$?
	cat stdout stderr
	[ "$status" -eq 2 ]
	grep -qx 'drivers/tty/vt/consolemap_deftbl.c: changed.*' "$KPATCH_CACHE/logs/livepatch-host.log"
}

@test "a header that assembly sees" {
	patch_of arch/x86/entry/calling.h 's/^\.macro POP_REGS.*$/&\n\tnop/' >asm.patch
	refused_once 2 header-reaches-assembly --kernel "$RELEASE" -o out asm.patch
	grep -q 'is also seen by .*arch/x86/entry/entry_64.S' stderr
	as_in_the_guide header-reaches-assembly
	# assembly with numbers from C, which reads the header and does not use what changes
	patch_of arch/x86/include/asm/kvm_vcpu_regs.h 's/^#define __VCPU_REGS_RAX .*/&\n#define KPATCH_TEST 1/' >unused.patch
	refused_once 3 nothing-changed --kernel "$RELEASE" -o out unused.patch
	# the vDSO is code of user space
	patch_of arch/x86/include/asm/vdso/gettimeofday.h 's/^\treturn U64_MAX;/\treturn U64_MAX - 1;/' >vdso.patch
	refused_once 2 header-reaches-assembly --kernel "$RELEASE" -o out vdso.patch
	grep -q 'is also seen by .*vclock_gettime.c' stderr
	# other text, of which the same code is made
	patch_of arch/x86/include/asm/vdso/gettimeofday.h 's/^\treturn U64_MAX;/\treturn (u64)U64_MAX;/' >same.patch
	refused_once 3 nothing-changed --kernel "$RELEASE" -o out same.patch
	patch_of lib/vdso/gettimeofday.c 's/if (unlikely(!vdso_clocksource_ok(/if (unlikely(!!!vdso_clocksource_ok(/' >source.patch
	grep -q '!!!' source.patch
	refused_once 3 nothing-changed --kernel "$RELEASE" -o out source.patch
	# numbers that are made from C for assembly, and a change that leaves them alone
	own_tree
	tree_state >before
	patch_of arch/x86/include/asm/suspend_64.h '/^struct saved_context {/s/$/\n\tlong x;/' >first.patch
	refused_once 2 header-reaches-assembly --kernel "$RELEASE" -o out first.patch
	grep -q 'is also seen by arch/x86/kernel/asm-offsets.c' stderr
	patch_of arch/x86/include/asm/suspend_64.h 's/^\tbool misc_enable_saved;/&\n\tint x;/' >last.patch
	status=0; build last.patch 2>stderr || status=$?
	cat stderr
	[ "$status" -eq 2 ]
	grep -q "\[struct-layout-changed\]$" stderr
	! grep -q header-reaches-assembly stderr || false
	patch_of include/linux/page-flags.h 's/^\t__NR_PAGEFLAGS,/\tKPATCH_TEST,\n&/' >bounds.patch
	refused_once 2 header-reaches-assembly --kernel "$RELEASE" -o out bounds.patch
	grep -q 'is also seen by kernel/bounds.c' stderr
	# made in the run's own trees
	tree_state | diff before -
}

@test "a source that is compiled once more for the code of kexec" {
	patch_of lib/crypto/sha256.c 's/if ((partial + len) > 63)/if ((partial + len) > 62)/' >kexec.patch
	grep -q . kexec.patch || skip "lib/crypto/sha256.c is another one"
	refused_once 2 header-reaches-assembly --kernel "$RELEASE" -o out kexec.patch
	grep -q 'is also seen by arch/x86/purgatory/sha256.c' stderr
}

@test "a file of tools that the kernel includes, or has a unit of" {
	printf -- '--- a/tools/lib/bpf/relo_core.c\n+++ b/tools/lib/bpf/relo_core.c\n@@ -1 +1 @@\n-a\n+b\n' >tools.patch
	refused_once 2 shared-with-tools --kernel "$RELEASE" -o out tools.patch
	as_in_the_guide shared-with-tools
}

@test "compile error: the compiler's own words" {
	patch_of fs/proc/cmdline.c '3s/^/\n/; s/seq_putc(m, .*);/seq_putc(m, no_such_thing);/' >bad.patch
	refused 5 compile-error --kernel "$RELEASE" -o out bad.patch
	grep -q "fs/proc/cmdline.c:[0-9]*:[0-9]*: error: .*no_such_thing" stderr
	# no source of other lines, and no word of make's
	! grep -qE '^ +[0-9]* \|' stderr || false
	! grep -qE -- '-Wp,-MMD|^make|^ *CC ' stderr || false
	grep -q -- '-Wp,-MMD.* fs/proc/cmdline.c' "$KPATCH_CACHE/logs/livepatch-bad.log"
}

@test "init code that only has a changed function in it is told in one warning" {
	mkdir -p {a,b}/arch/x86/kernel/apic
	cp "$KERNEL/tree/arch/x86/kernel/apic/io_apic.c" a/arch/x86/kernel/apic
	cp a/arch/x86/kernel/apic/io_apic.c b/arch/x86/kernel/apic
	patch -sRp1 -d b <"$TOP/test/corpus/sample/init-inlined.patch"
	diff -u {a,b}/arch/x86/kernel/apic/io_apic.c >both.patch || true
	build --json report both.patch 2>stderr
	cat stderr
	[ "$(grep -c '\[init-code-inlined\]$' stderr)" -eq 1 ]
	grep -q 'warning: init code .*: arch/x86/kernel/apic/io_apic.c: setup_IO_APIC; .*\[init-code-inlined\]$' stderr
	jq -e '[.kernels[0].messages[] | select(.id == "init-code-inlined")] | length == 1' report
}

@test "nothing changed, data changed, init code changed" {
	patch_of fs/proc/version.c '3s/^/\/\/ new line\n/' >comment.patch
	refused_once 3 nothing-changed --kernel "$RELEASE" -o out comment.patch
	patch_of fs/proc/version.c 's/proc_create_single("version", 0/proc_create_single("version", 0400/' >init.patch
	status=0; build init.patch 2>stderr || status=$?
	cat stderr
	[ "$status" -eq 3 ]
	[ "$(grep -c '\[only-init-code\]$' stderr)" -eq 2 ]
	patch_of fs/proc/cmdline.c 's/seq_putc(m, .*);/seq_puts(m, "!\\n");/' >both.patch
	cat init.patch >>both.patch
	status=0; build both.patch 2>stderr || status=$?
	cat stderr
	[ "$status" -eq 2 ]
	grep -q 'init code of fs/proc/version.c changes beside.*\[init-code-changed\]$' stderr
	patch_of fs/file.c 's/^\(unsigned int sysctl_nr_open .*= 1024\*1024\);/\1 + 1;/' >data.patch
	status=0; build data.patch 2>stderr || status=$?
	cat stderr
	[ "$status" -eq 2 ]
	grep -q '\[data-changed\]$' stderr
	[ -z "$(ls -A out)" ]
}

@test "another compiler" {
	printf '#!/bin/sh\necho "gcc (Other) 1.0"\n' >mycc
	chmod +x mycc
	CC=$PWD/mycc refused_once 14 wrong-compiler --kernel "$RELEASE" -o out "$TOP/examples/meminfo.patch"
	CC=no-such-cc refused_once 14 wrong-compiler --kernel "$RELEASE" -o out "$TOP/examples/meminfo.patch"
}

@test "a signed module" {
	[ -x "$KERNEL_TREE/scripts/sign-file" ] || skip "the kernel's tools have no sign-file"
	command -v openssl >/dev/null || skip "no openssl"
	openssl req -new -x509 -newkey rsa:2048 -keyout key.pem -out cert.pem -nodes -subj /CN=test \
		-days 1 2>/dev/null
	build -n signed --sign-key key.pem --sign-cert cert.pem "$TOP/examples/meminfo.patch"
	tail -c 28 out/signed.ko | grep -q '~Module signature appended~'
	refused_once 16 sign-failed --kernel "$RELEASE" -o out -n no --sign-key cert.pem \
		--sign-cert cert.pem "$TOP/examples/meminfo.patch"
	[ "$(ls -A out)" = signed.ko ]
}

@test "as an ordinary user" {
	[ "$(id -u)" -eq 0 ] || skip "not root: the other tests show it"
	# where such a user can go, and with programs and files that such a user can read: the
	# tree itself may be in a home directory that is closed to others
	dir=$(mktemp -d /tmp/kpatch-user.XXXXXX)
	copy=$dir/cache/kernels/${KERNEL##*/}
	mkdir -p "$dir"/{out,home,cache/targets} "$copy/tree"
	ln -s "../kernels/${KERNEL##*/}" "$dir/cache/targets/$RELEASE"
	for file in "$KERNEL"/*; do
		[ "$file" != "$KERNEL/tree" ] || continue
		cp -al "$file" "$copy/" 2>/dev/null || cp -a "$file" "$copy/"
	done
	# of very many files; seen there only by what is tried
	# shellcheck disable=SC2016 # the shell in the namespace expands it
	there=(unshare --mount bash -c 'mount --bind "$0" "$1" && shift && exec "$@"' "$KERNEL/tree" "$copy/tree")
	if ! "${there[@]}" true 2>/dev/null; then
		there=()
		cp -al "$KERNEL/tree" "$copy/" 2>/dev/null || cp -a "$KERNEL/tree" "$copy/"
	fi
	cp "$TOP/examples/meminfo.patch" "$dir/"
	make -s -C "$TOP" install DESTDIR="$dir/root" PREFIX=/usr
	# so that what is kept of this patch is somebody else's, who was stopped
	(cd "$dir" && KPATCH_CACHE=$dir/cache "${there[@]}" root/usr/bin/kpatch-build --kernel "$RELEASE" -o . meminfo.patch)
	for file in "$copy"/kept/*/patches/*; do
		mkdir -p "$file/patched"
	done
	# and what root has left when it was killed, and the locks
	mkdir -p "$dir"/cache/{runs/1/left,kernels/.partial-1/left}
	touch "$dir"/cache/{use,prepare}.lock
	find "$dir"/{out,home,cache} -maxdepth 1 -type d -exec chown nobody {} +
	chown nobody "$copy"
	find "$copy/parts" -type d -exec chown nobody {} +
	chmod 755 "$dir"
	status=0
	"${there[@]}" setpriv --reuid=nobody --clear-groups env -i PATH="$PATH" HOME="$dir/home" \
		KPATCH_CACHE="$dir/cache" bash -c "cd $dir && exec root/usr/bin/kpatch-build --kernel $RELEASE -o out \
		meminfo.patch" || status=$?
	rm -rf "$dir"
	[ "$status" -eq 0 ]
}

@test "no space while the patch is built" {
	own_cache
	mkdir -p cache/runs
	mount -t tmpfs -o size=200k none cache/runs 2>/dev/null || skip "no right to mount"
	status=0
	refused_once 13 no-space --kernel "$RELEASE" -o out "$TOP/examples/meminfo.patch" || status=$?
	umount cache/runs
	[ "$status" -eq 0 ]
	[ -z "$(ls -A out)" ]
}

# killed_when COMMAND...: starts a run and kills it with SIGKILL when the command is true.
killed_when() {
	for _ in {1..20}; do
		: >killed.out
		"$DRIVER" --kernel "$RELEASE" -o out "$TOP/examples/meminfo.patch" >killed.out 2>&1 3>&- &
		! kill_when $! "$@" || return 0
		rm -f out/*.ko
	done
	false
}

@test "killed in any step: the next run clears up and works" {
	own_cache
	for step in target scope compile diff link; do
		echo "$step"
		killed_when grep -q "^$step " killed.out
		[ -z "$(find out -name '*.ko' -size -1k)" ]
		rm -f out/*.ko
		build "$TOP/examples/meminfo.patch"
		[ "$(find out -name '*.ko' | wc -l)" -eq 1 ]
		rm -f out/*.ko out/.*.ko.*
		nothing_left cache out
	done
}

# header_patch: one that ten units of fs/proc/ are compiled for, new each time
header_patch() {
	patch_of fs/proc/internal.h "s|return container_of(inode, struct proc_inode, vfs_inode);|barrier(); & /* $RANDOM$RANDOM */|"
}

# header_killed_when COMMAND: starts a run of h.patch and kills it with SIGKILL when the command is true.
header_killed_when() {
	for _ in {1..20}; do
		rm -f cache/logs/livepatch-h.log out/*.ko
		"$DRIVER" --kernel "$RELEASE" -j1 -o out h.patch >killed.out 2>&1 3>&- &
		! kill_when $! "$@" || break
		# what that run has found is known
		header_patch >h.patch
	done
	[ -z "$(ls -A out)" ]
}

second_portion() {
	[ "$(grep -c '^+ compile_farm [^ ]*/patched ' cache/logs/livepatch-h.log)" -ge 2 ]
}

second_differ() {
	compgen -G 'cache/runs/*/diff/2.out' >/dev/null
}

@test "a header: killed while its units are compiled, and while they are compared" {
	own_cache
	header_patch >h.patch
	header_killed_when second_portion
	header_killed_when second_differ
	build -j1 h.patch >stdout
	cat stdout
	# all was compiled before
	! grep -E -- '-Wp,-MMD.* -c .* fs/' cache/logs/livepatch-h.log || false
	mv out/livepatch-h.ko killed.ko
	nothing_left cache out
	grep -E 'function: ' stdout >killed.functions
	# a run that nobody disturbs
	header_patch >h.patch
	build -j1 h.patch >stdout
	[ "$(grep -cE -- '-Wp,-MMD.* -c .* fs/' cache/logs/livepatch-h.log)" -ge 10 ]
	grep -E 'function: ' stdout | cmp - killed.functions
	# but for the checksum of the patch
	sed -i -E 's/(sha256:)[0-9a-f]{64}/\1/' out/livepatch-h.ko killed.ko
	cmp out/livepatch-h.ko killed.ko
}

@test "killed while a kernel is prepared: the next run starts over and works" {
	cold_cache
	# the lock is taken; the source is being unpacked; all is
	for made in '' /tree/Makefile /modules-at; do
		killed_when compgen -G "cache/kernels/.partial-*$made"
		[ -z "$(find cache/targets -type l)" ]
	done
	build "$TOP/examples/meminfo.patch"
	rm out/*.ko
	nothing_left cache out
}

@test "a tree of the user's, built and dirty: never touched, also when killed" {
	command -v flex >/dev/null && command -v bison >/dev/null || skip "no flex, bison"
	mkdir cache mine
	export KPATCH_CACHE=$PWD/cache
	cp -al "$KERNEL_TREE/." mine/ 2>/dev/null || cp -a "$KERNEL_TREE/." mine/
	# the prepared tree lacks other architectures and documentation, but Kconfig names theirs
	grep -rhoE '^[[:space:]]*source "[^"$]+/[^"$]+"' --include='Kconfig*' mine | cut -d '"' -f 2 |
		while read -r file; do
			[ -e "mine/$file" ] || { mkdir -p "mine/${file%/*}" && : >"mine/$file"; }
		done
	# an edit that the code does not show: with another the proof would end it
	rm mine/fs/proc/meminfo.c
	{ cat "$KERNEL_TREE/fs/proc/meminfo.c" && echo '/* edited */'; } >mine/fs/proc/meminfo.c
	echo garbage >mine/fs/proc/meminfo.o
	sum() { (cd mine && find . -printf '%P %s %T@ %m\n' | sort | sha256sum); }
	before=$(sum)
	"$DRIVER" -s mine -v "$KERNEL/vmlinux" -o out "$TOP/examples/meminfo.patch" >killed.out 2>&1 3>&- &
	kill_when $! grep -q "building the kernel's tools" killed.out
	[ "$(sum)" = "$before" ]
	"$DRIVER" -s mine -v "$KERNEL/vmlinux" -o out "$TOP/examples/meminfo.patch"
	[ "$(sum)" = "$before" ]
	[ "$(info kpatch_kernel out/*.ko)" = "$RELEASE" ]
	[ "$(info vermagic out/*.ko | cut -d ' ' -f 1)" = "$RELEASE" ]
	grep -qa 'VMALLOCCHUNK' out/*.ko
}
