#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2030,SC2031,SC2119,SC2190 # each test is a subshell of its own
#
# kpatch-build without a kernel: options, reading of patches, the cache, and the archive.

setup() {
	load kpatch-build-helpers
	cd "$BATS_TEST_TMPDIR" || return
	export KPATCH_CACHE=$PWD/cache
	mkdir out
	printf -- '--- a/fs/x.c\n+++ b/fs/x.c\n@@ -1 +1 @@\n-a\n+b\n' >x.patch
}

files() {
	awk -f "$TOP/kpatch-build/patch-files.awk" "$1"
}

# The steps that find the units; their arrays become global.
source_reach() {
	local file
	for file in "$TOP"/kpatch-build/steps/reach*.bash; do
		# shellcheck source=/dev/null
		. "$file"
	done
}

@test "help and version" {
	"$DRIVER" --help | grep -q '^Usage: kpatch-build '
	[ "$("$DRIVER" --version)" = "kpatch-build $(sed -n 's/^VERSION := //p' "$TOP/Makefile")" ]
}

@test "every option of the help is in the man page and in the completion" {
	for option in $("$DRIVER" --help | grep -oE -- '--[a-z-]+' | sort -u); do
		echo "$option"
		grep -q -- "${option//-/\\\\-}" "$TOP/man/kpatch-build.1"
		grep -q -- "$option" "$TOP/contrib/completion/kpatch-build"
	done
}

@test "every identifier of a message is in the man page" {
	ids=$(cat "$DRIVER" "$TOP"/kpatch-build/*/*.bash "$TOP"/kpatch-build/*/*/*.bash |
		grep -oE '(die|finding) "[$]EXIT_[A-Z]+" [a-z-]+|warn [a-z-]+ "' |
		sed -E 's/ "$//; s/.* //' | sort -u)
	[ "$(wc -w <<<"$ids")" -gt 40 ]
	for id in $ids; do
		echo "$id"
		grep -q "^\.B ${id//-/\\\\-}$" "$TOP/man/kpatch-build.1"
	done
	# and no other
	awk '/^\.SH/ { on = $2 == "MESSAGES" } on && last == ".TP" { print $2 } { last = $0 }' \
		"$TOP/man/kpatch-build.1" | sed 's/\\//g' >listed
	[ "$(wc -l <listed)" -gt 40 ]
	while read -r id; do
		echo "$id"
		grep -rqF --include='*.bash' --include=kpatch-build " $id \"" "$TOP/kpatch-build"
	done <listed
}

# What --verify says is about a module, not about a patch.
@test "each reason to refuse a patch has a section in the guide for authors" {
	ids=$(grep -rhoE --include='*.bash' '(finding|die) "[$]EXIT_REFUSED" [a-z-]+' "$TOP/kpatch-build" |
		sed 's/.* //' | sort -u | grep -vx not-verified)
	[ "$(wc -w <<<"$ids")" -ge 15 ]
	for id in $ids; do
		echo "$id"
		grep -qxF "### $id" "$TOP/doc/patch-author-guide.md"
	done
}

# examples: of the guide, those that need no kernel: a file with the patch and one with the message.
examples() {
	awk '/^```diff$/ { on = 1; patch = ""; next }
		/^```$/ { on = 0; next }
		on { patch = patch $0 "\n"; next }
		/^kpatch-build: error: / { message = $0 }
		/^<!-- patch: fix.patch -->$/ {
			n++
			printf "%s", patch >(n ".patch")
			print message >(n ".message")
		}' "$TOP/doc/patch-author-guide.md"
}

@test "the guide for authors has the messages that are printed" {
	[ -e /etc/debian_version ] || skip "not a Debian"
	archive "$PWD/archive"
	examples
	[ "$(find . -maxdepth 1 -name '*.message' | wc -l)" -ge 4 ]
	for message in *.message; do
		cp "${message%.message}.patch" fix.patch
		cat fix.patch "$message"
		! "$DRIVER" --kernel 6.1.0-9-amd64 -o out fix.patch 2>stderr || false
		cat stderr
		[ "$(grep ': error: ' stderr)" = "$(cat "$message")" ]
	done
}

@test "options that make a proof impossible are named" {
	# shellcheck source=/dev/null
	. "$TOP/kpatch-build/steps/diff.bash"
	# shellcheck disable=SC2317 # called by what is sourced
	warn() { echo "$1: $2"; }
	cd "$BATS_TEST_TMPDIR"
	mkdir diff
	RUN=. KERNEL=.
	printf 'CONFIG_LTO_CLANG=y\n# CONFIG_RANDSTRUCT is not set\nCONFIG_GCC_PLUGIN_LATENT_ENTROPY=y\n' >config
	[ -z "$(diff_name_options)" ]
	echo 'create-diff-object: f.c: error: it is another one [differs-from-shipped]' >diff/1.err
	[[ $(diff_name_options) = "unprovable-options: "*" CONFIG_LTO_CLANG, CONFIG_GCC_PLUGIN_LATENT_ENTROPY, "* ]]
	echo CONFIG_LTO_NONE=y >config
	[ -z "$(diff_name_options)" ]
}

# kernel_with TEXT: a file with this string among its constants.
kernel_with() {
	printf '.section .rodata\n.asciz "%s"\n.section .note.GNU-stack,"",@progbits\n' "$1" |
		gcc -x assembler -c -o vmlinux -
}

# shellcheck disable=SC2016 # make expands it
@test "headers have the names in __FILE__ that they have in the kernel" {
	# shellcheck source=/dev/null
	. "$TOP/kpatch-build/steps/compile.bash"
	cd "$BATS_TEST_TMPDIR"
	mkdir tree
	KERNEL=.
	printf 'ifdef building_out_of_srctree\nKBUILD_CPPFLAGS += -fmacro-prefix-map=$(srcroot)/=\n' >tree/Makefile
	kernel_with ./include/linux/fs.h
	compile_in_tree
	kernel_with include/linux/fs.h
	run compile_in_tree
	[ "$status" -ne 0 ]
	# the flag is there already
	echo 'KBUILD_CPPFLAGS += -fmacro-prefix-map=$(srctree)/=' >tree/Makefile
	compile_in_tree
}

@test "wrong use" {
	refused_once 1 usage
	refused_once 1 usage --no-such-option x.patch
	refused_once 1 usage -c config x.patch
	refused_once 1 usage --kernel 6.1.0 -s . x.patch
	refused_once 1 usage -j 0 x.patch
	grep -q -- '-j wants a number from 1 to 9999, not "0"' stderr
	refused_once 1 usage -n 'a b' x.patch
	refused_once 1 usage -n "$(printf 'x%.0s' {1..60})" x.patch
	refused_once 1 usage -n kpatch x.patch
	grep -q 'the name of the core module' stderr
	refused_once 1 usage -n kpatch.ko --backend core x.patch
	grep -q 'the name of the core module' stderr
	refused_once 1 usage --sign-key key x.patch
	refused_once 1 usage -n '' x.patch
	refused_once 1 usage --kernel '' x.patch
	refused_once 1 usage -o '' x.patch
	refused_once 1 usage --clean x.patch
	refused_once 1 usage --list-kernels one two
	refused_once 1 usage -j
	! grep -q 'unknown option' stderr || false
	refused_once 1 patch-unreadable no-such.patch
	refused_once 16 output-not-writable -o no-such-dir x.patch
	[ ! -e cache ]
}

# core_module NAME DESCRIPTION: a file with a module's information.
core_module() {
	printf '\177ELF\0license=GPL\0description=%s\0name=%s\0vermagic=6.1\0' "$2" "$1"
}

@test "what has the module's name already" {
	description=$(sed -nE 's/^MODULE_DESCRIPTION\("(.*)"\);$/\1/p' "$TOP/kmod/core/main.c")
	[ -n "$description" ]
	mkdir out/livepatch-x.ko
	refused_once 16 output-not-writable -s . -o out x.patch
	grep -qF 'out/livepatch-x.ko is there and is no file' stderr
	rmdir out/livepatch-x.ko
	touch out/livepatch-x.ko
	refused_once 1 not-a-kernel-tree -s . -o out x.patch
	mkdir out/kpatch.ko
	refused_once 1 not-a-kernel-tree -s . -o out x.patch
	refused_once 16 output-not-writable -s . -o out --backend core x.patch
	rmdir out/kpatch.ko
	core_module kpatch 'patched by me' >out/kpatch.ko
	refused_once 16 output-not-writable -s . -o out --backend core x.patch
	grep -qF 'out/kpatch.ko, where the core module goes, is another file' stderr
	core_module livepatch_x "$description" >out/kpatch.ko
	refused_once 16 output-not-writable -s . -o out --backend core x.patch
	core_module kpatch "$description" >out/kpatch.ko
	refused_once 1 not-a-kernel-tree -s . -o out --backend core x.patch
}

@test "a finished module never goes into a directory of its name" {
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/steps/link.bash"
	# shellcheck disable=SC2317 # called by what is tested
	die() { echo "$2"; exit; }
	# shellcheck disable=SC2317
	is_full() { false; }
	mkdir out/m.ko
	echo module >made
	# shellcheck disable=SC2034
	OPT_OUTPUT=out MODULE=m LOG=$PWD/log
	[ "$(link_deliver_file made out/m.ko)" = output-not-writable ]
	[ -z "$(find out/m.ko -mindepth 1)" ]
	[ -z "$(find out -type f)" ]
	rmdir out/m.ko
	link_deliver_file made out/m.ko
	[ "$(<out/m.ko)" = module ]
}

@test "a run that cannot write the core module leaves no module, and tells of none" {
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/steps/link.bash"
	# shellcheck disable=SC2317 # called by what is tested
	die() { echo "$2, module $RESULT"; exit; }
	# shellcheck disable=SC2317
	is_full() { false; }
	mkdir -p run parts/core out/kpatch.ko
	echo module >run/m.ko
	echo core >parts/core/kpatch.ko
	# shellcheck disable=SC2034
	OPT_OUTPUT=out OPT_BACKEND=core OPT_SIGN_KEY="" MODULE=m LOG=$PWD/log RUN=run PARTS=parts
	[ "$(link_deliver)" = "output-not-writable, module " ]
	[ ! -e out/m.ko ]
	rmdir out/kpatch.ko
	link_deliver
	[ "$RESULT $(<out/m.ko), $RESULT_CORE $(<out/kpatch.ko)" = "out/m.ko module, out/kpatch.ko core" ]
}

@test "a part of a kernel that another run has made meanwhile is taken, and nothing stays half made" {
	. "$TOP/kpatch-build/lib/cache.bash"
	. "$TOP/kpatch-build/steps/prepare.bash"
	# shellcheck disable=SC2317 # called by what is tested
	prepare_lock() { :; }
	# shellcheck disable=SC2317
	prepare_unlock() { :; }
	# shellcheck disable=SC2317
	both() { echo own >"$PARTS_PARTIAL/facts"; mkdir parts/key; echo other >parts/key/facts; }
	mkdir parts
	# shellcheck disable=SC2034
	KERNEL=. LOG=$PWD/log
	prepare_part parts/key both
	[ "$(<parts/key/facts)" = other ]
	[ "$(ls -A parts)" = key ]
}

@test "what make rules write below their own directory does not come into the prepared tree" {
	. "$TOP/kpatch-build/lib/farm.bash"
	mkdir -p tree/arch/x86/realmode/rm/more
	touch tree/.config tree/arch/x86/realmode/rm/{Makefile,pasyms.h}
	farm_grow "$PWD/farm" "$PWD/tree" .
	farm_grow "$PWD/farm" "$PWD/tree" arch/x86/realmode
	echo made >farm/arch/x86/realmode/rm/pasyms.h
	[ ! -s tree/arch/x86/realmode/rm/pasyms.h ]
	[ -L farm/arch/x86/realmode/rm/Makefile ]
	[ -L farm/arch/x86/realmode/rm/more ]
	# also where that was the first to be grown
	farm_grow "$PWD/other" "$PWD/tree" .
	farm_grow "$PWD/other" "$PWD/tree" arch/x86/realmode/rm
	[ ! -e other/arch/x86/realmode/rm/pasyms.h ]
}

@test "what the prepared tree has made is made again in a farm alone" {
	. "$TOP/kpatch-build/lib/farm.bash"
	mkdir -p tree/kernel
	touch tree/.config tree/kernel/{bounds.c,.bounds.s.cmd,.gone.o.cmd}
	echo made >tree/kernel/bounds.s
	touch -d @9 tree/kernel/bounds.s
	farm_grow "$PWD/farm" "$PWD/tree" .
	farm_grow "$PWD/farm" "$PWD/tree" kernel
	[ "$(<farm/kernel/bounds.s)" = made ]
	echo again >farm/kernel/bounds.s
	[ "$(<tree/kernel/bounds.s) $(stat -c %Y tree/kernel/bounds.s)" = "made 9" ]
	[ "$(readlink farm/kernel/bounds.c)" = "$PWD/tree/kernel/bounds.c" ]
	[ "$(cd farm/kernel && echo *)" = "bounds.c bounds.s" ]
}

@test "the report names all modules that are written" {
	. "$TOP/kpatch-build/steps/report.bash"
	# shellcheck disable=SC2034
	CHANGES=() RESULT=out/m.ko RESULT_CORE="" LOG=log
	[ "$(report)" = $'module   out/m.ko\nlog      log' ]
	RESULT_CORE=out/kpatch.ko
	[ "$(report)" = $'module   out/m.ko\ncore     out/kpatch.ko\nlog      log' ]
}

@test "options that name what cannot be used" {
	refused_once 16 timing-not-writable --timing no-such-dir/t x.patch
	refused_once 16 sign-key-unreadable --sign-key no-key --sign-cert x.patch x.patch
	refused_once 16 sign-key-unreadable --sign-key x.patch --sign-cert no-cert x.patch
	cp x.patch y.patch
	refused_once 1 patch-given-twice x.patch ./x.patch
	refused_once 1 patch-given-twice x.patch y.patch
	cp x.patch ./-n.patch
	refused_once 1 not-a-kernel-tree -s . -o out -- -n.patch
}

@test "a report that cannot be written" {
	refused_once 16 json-not-writable --json no-such-dir/x x.patch
	refused_once 16 json-not-writable --json out x.patch
	mkfifo pipe
	refused_once 16 json-not-writable --json pipe x.patch
	[ -p pipe ]
}

@test "the report has the messages of all programs" {
	VERBOSE="" PROG=kpatch-build LOG=$PWD/log OPT_KERNEL=6.1.0-1 RESULT="" STARTED_US=0
	PATCHES=("a\"b\\c"$'\n'"d.patch") OPT_JSON=$PWD/report
	declare -A INFO=([release]=6.1.0-1) OWNERS=([fs/x.c]=fs/x)
	CHANGES=("fs/x.c: changed function: f (the unit sees the change of A, B)" "fs/x.c: new function: g")
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/lib/json.bash"
	LOG="" warn one-of-ours "said by us" 2>said
	cat >log <<-END
		warning: said by us [one-of-ours]
		fs/x.c:1:2: error: the compiler's [-Werror=x]
		create-diff-object: fs/x.c: error: it is "so" (fs/x.c:12); leave it out [data-changed]
		create-patch-module: error: no such thing [bad-thing]
	END
	json_kernel 2 >kernel
	json_write 2 kernel kernel
	cat report
	[ "$(jq -r '.patches[0]' report)" = "${PATCHES[0]}" ]
	[ "$(jq -c '[.kernels[1] | .verdict, .status, .kernel, .release]' report)" = '["refused",2,"6.1.0-1","6.1.0-1"]' ]
	[ "$(jq -c '[.kernels[0].messages[] | .kind, .id, .program]' report)" = \
		'["error","data-changed","create-diff-object","error","bad-thing","create-patch-module","warning","one-of-ours","kpatch-build"]' ]
	[ "$(jq -r '.kernels[0].messages[0].text' report)" = 'fs/x.c: it is "so" (fs/x.c:12); leave it out' ]
	[ "$(jq -c '[.kernels[0].functions[] | .name, .change, .object, .reason]' report)" = \
		'["f","changed","fs/x","the unit sees the change of A, B","g","new","fs/x",null]' ]
	jq -e '.kernels[0] | has("module") or has("build_id") | not' report
}

@test "standard output that takes nothing" {
	status=0
	"$DRIVER" --help >&- 2>stderr || status=$?
	[ "$status" -eq 16 ]
	[ "$(grep -c '\[output-closed\]$' stderr)" -eq 1 ]
	status=0
	"$DRIVER" -s . -o out x.patch >/dev/full 2>stderr || status=$?
	cat stderr
	[ "$status" -eq 16 ]
	[ "$(grep -c '\[output-closed\]$' stderr)" -eq 1 ]
	nothing_left cache out
}

@test "installed where make cannot work" {
	mkdir 'a b'
	cp -r "$TOP/kpatch-build" 'a b/'
	DRIVER="$PWD/a b/kpatch-build/kpatch-build" refused_once 16 install-path x.patch
}

@test "a hangup ends a run as an interrupt does" {
	mkdir cache
	hold cache/use.lock
	env --default-signal=HUP "$DRIVER" -s . -o out x.patch 2>stderr 3>&- 8>&- &
	pid=$!
	until_said 'waiting: another run empties the cache' stderr "$pid"
	kill -HUP "$pid"
	let_go
	status=0
	wait "$pid" || status=$?
	[ "$status" -eq 129 ]
	grep -q ': interrupted$' stderr
	nothing_left cache out
}

# ends_while_held LOCK SIGNAL STATUS ARGUMENT...: a run that waits for a lock that is never let go
ends_while_held() {
	local lock=$1 signal=$2 wanted=$3 status=0
	shift 3
	hold "cache/$lock"
	env --default-signal="$signal" "$DRIVER" "$@" >stdout 2>stderr 3>&- 8>&- &
	pid=$!
	until pgrep -P "$pid" -x flock; do
		kill -0 "$pid"
		sleep 0.1
	done
	kill "-$signal" "$pid"
	timeout 60 tail --pid="$pid" -f /dev/null 8>&- || status=$?
	let_go
	[ "$status" -eq 0 ] || { wait "$pid"; return 1; }
	wait "$pid" || status=$?
	cat stdout stderr
	[ "$status" -eq "$wanted" ]
	[ "$(grep -c ': interrupted$' stderr)" -eq 1 ]
	! grep ': error: ' stderr || false
	nothing_left cache out
	# nobody waits for it any more
	flock -n "cache/$lock" true
}

@test "a run that waits for a lock ends at once with a signal" {
	mkdir -p cache
	ends_while_held use.lock TERM 143 -s . -o out x.patch
	ends_while_held use.lock INT 130 -s . -o out x.patch
	ends_while_held use.lock TERM 143 --clean
	[ -e /etc/debian_version ] || skip "not a Debian"
	archive "$PWD/archive"
	ends_while_held apt.lock TERM 143 --kernel 6.1.0-9-cloud-amd64 -o out x.patch
	ends_while_held prepare.lock TERM 143 --kernel 6.1.0-9-cloud-amd64 -o out x.patch
}

@test "an interrupt ends what was started, also when nobody reads the output any more" {
	archive "$PWD/archive"
	mkdir bin
	printf '#!/bin/sh\necho $$ >%s/started\nexec sleep 1000\n' "$PWD" >bin/apt-get
	chmod +x bin/apt-get
	mkfifo pipe
	PATH=$PWD/bin:$PATH "$DRIVER" --kernel 9.9.0-1-amd64 -o out x.patch >pipe 2>&1 &
	pid=$!
	exec 7<pipe
	until [ -s started ]; do
		kill -0 "$pid"
		sleep 0.1
	done
	exec 7<&-
	kill -TERM "$pid"
	! wait "$pid" || false
	# dead, if perhaps nobody has asked for its status
	! grep -s '^State:.[^Z]' "/proc/$(<started)/status" || false
	nothing_left cache out
}

@test "a cache that cannot be used" {
	KPATCH_CACHE="$PWD/a b" refused_once 16 cache-path x.patch
	KPATCH_CACHE=/proc/kpatch refused_once 16 cache-not-writable x.patch
}

@test "a kernel that another version has prepared is not used, and stays" {
	[ -e /etc/debian_version ] || skip "not a Debian"
	archive "$PWD/archive"
	export KPATCH_CACHE=$PWD/cache
	mkdir -p cache/kernels/old cache/targets
	ln -s ../kernels/old cache/targets/6.1.0-9-amd64
	# of the facts none but the format is sure to be there
	for format in format=1 ''; do
		echo "$format" >cache/kernels/old/info
		refused_once 10 unknown-kernel --kernel 6.1.0-9-amd64 -o out x.patch
		grep -q '^kpatch-build: warning: another version .* 6.1.0-9-amd64 .*\[cache-of-other-version\]$' stderr
		[ "$(cat cache/kernels/old/info)" = "$format" ]
	done
}

@test "what is removed does not look whole to who comes after a killed run" {
	. "$TOP/kpatch-build/lib/cache.bash"
	. "$TOP/kpatch-build/lib/kept.bash"
	. "$TOP/kpatch-build/steps/prepare.bash"
	# shellcheck disable=SC2034
	KERNEL=$PWD/cache/kernels/key KEPT=$KERNEL/kept/mine KEPT_PATCH=$KEPT/patches/now PARTS=$KERNEL/parts/mine \
		INDEX=$KERNEL/parts/index-mine
	mkdir -p "$KERNEL"/{kept/other,parts/other} "$KEPT"/{originals,patches/old{1..21}} cache/{roots/gcc,apt,apt@sid}
	touch -d '8 days ago' "$KERNEL"/{kept,parts}/other "$KEPT"/patches/*
	touch cache/apt{,@sid}/updated
	# which is killed at once where it would remove a directory
	eval 'rm() { [ "$1" = -rf ] || command rm "$@"; }'
	kept_trim
	prepare_trim
	(cd "$KERNEL" && echo kept/* parts/*) >left
	[ "$(<left)" = 'kept/mine parts/*' ]
	[ "$(find "$KEPT"/patches/* -maxdepth 0 | wc -l)" -eq 20 ]
	cache_clean
	[ -z "$(compgen -G 'cache/kernels/*')" ] && [ -z "$(compgen -G 'cache/roots/*')" ]
	[ -z "$(compgen -G 'cache/apt*/updated')" ]
}

@test "--clean empties the cache and nothing else" {
	mkdir -p cache/kernels/x cache/packages cache/mine
	"$DRIVER" --clean | grep -q '^removed '
	[ ! -e cache/kernels ] && [ ! -e cache/packages ] && [ -e cache/mine ]
}

@test "a tree that is none, and files that are missing" {
	refused_once 1 not-a-kernel-tree -s . x.patch
	mkdir -p t/kernel && touch t/Makefile t/Kbuild
	refused_once 16 config-missing -s t x.patch
	touch t/.config
	refused_once 16 vmlinux-missing -s t x.patch
	echo 'not ELF' >t/vmlinux
	refused_once 17 not-a-vmlinux -s t x.patch
	printf '\177ELF Linux version 5.4.3 (x)' >t/vmlinux
	refused_once 16 symvers-missing -s t x.patch
	touch t/Module.symvers
	CC=no-such-compiler refused_once 14 wrong-compiler -s t -o out x.patch
	echo "CONFIG_CC_VERSION_TEXT=\"$(gcc --version | head -n 1) but other\"" >t/.config
	refused_once 14 wrong-compiler -s t -o out x.patch
	echo "CONFIG_CC_VERSION_TEXT=\"$(gcc --version | head -n 1)\"" >t/.config
	refused_once 15 no-livepatch -s t -o out x.patch
	grep -q "kernel of $PWD/t was built" stderr
	echo CONFIG_LIVEPATCH=y >>t/.config
	refused_once 2 architecture -s t -o out x.patch
	sed -i "s,$PWD/t,/usr/src/linux," stderr
	as_in_the_guide architecture
	echo CONFIG_X86_64=y >>t/.config
	printf 'VERSION = 6\nPATCHLEVEL = 1\n' >t/Makefile
	refused_once 17 source-mismatch -s t -o out x.patch
	# before anything is copied
	! grep -q unpacking stdout || false
	printf '\177ELF and nothing' >t/vmlinux
	refused_once 17 not-a-vmlinux -s t -o out x.patch
	# shellcheck disable=SC2028 # the compiler reads it
	echo 'const char banner[] = "Linux version 5.4.3 (x) (gcc) #1 SMP\n";' >banner.c
	printf 'VERSION = 5\nPATCHLEVEL = 4\nSUBLEVEL = 3\n' >t/Makefile
	gcc -shared -nostdlib -Wl,--build-id=none -o t/vmlinux banner.c
	refused_once 17 no-build-id -s t -o out x.patch
	gcc -shared -nostdlib -Wl,--build-id -s -o t/vmlinux banner.c
	refused_once 17 not-a-vmlinux -s t -o out x.patch
	grep -q "$PWD/t/vmlinux has no symbols" stderr
	! grep -q unpacking stdout || false
	nothing_left cache out
}

@test "the running kernel: its package version and build-id" {
	. "$TOP/kpatch-build/backends/debian.bash"
	text='Linux version 6.1.0-13-cloud-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) #1 SMP PREEMPT_DYNAMIC Debian 6.1.55-1 (2023-09-29)'
	[ "$(debian_version_in "$text")" = 6.1.55-1 ]
	[ -z "$(debian_version_in 'Linux version 6.1.55 (gcc-12 (Debian 12.2.0-14) 12.2.0) #1')" ]
	. "$TOP/kpatch-build/steps/target.bash"
	if [ -r /sys/kernel/notes ]; then
		[[ $(running_build_id) =~ ^[0-9a-f]{40}$ ]]
	fi
}

@test "the version that vmlinux was built from" {
	set -o pipefail
	shopt -s inherit_errexit
	. "$TOP/kpatch-build/steps/prepare.bash"
	is() {
		echo "$1"
		[ "$(prepare_built_version 6.1 "Linux version $1")" = "$2" ]
	}
	cc='(a@b) (gcc-12 (Debian 12.2.0-14) 12.2.0, GNU ld 2.40)'
	is "6.1.0-9-amd64 $cc #1 SMP PREEMPT_DYNAMIC Debian 6.1.7-1 (2023-01-01)" 6.1.7
	is "6.1.0-9-generic $cc #9-Ubuntu SMP Thu Jan 1 (Ubuntu 6.1.0-9.9-generic 6.1.3)" 6.1.3
	is "6.1.192-foo $cc #1 SMP Thu Jan 1 10:00:00 UTC 2026" 6.1.192
	is "6.1.192 $cc #1 SMP" 6.1.192
	is "6.1.0-rc3-foo $cc #1 SMP" 6.1.0
	is "6.1.0+ $cc #1 SMP" 6.1.0
	is "6.1.0-503.el9 $cc #1 SMP" ''
	is "6.1.0 $cc #1 SMP" 6.1.0
}

@test "source of another version than vmlinux" {
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/steps/prepare.bash"
	# shellcheck disable=SC2317 # called by what is tested
	die() { echo "$2"; exit; }
	# shellcheck disable=SC2317
	warn() { echo "$1"; }
	PARTIAL=$PWD
	mkdir tree
	printf 'VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 192\n' >tree/Makefile
	is() {
		echo "$1"
		printf '\177ELF\nLinux version %s\n' "$1" >vmlinux
		rm -f release
		[ "$(prepare_release vmlinux tree)" = "$2" ]
	}
	is '6.1.192-foo (a@b) (gcc) #1 SMP' ''
	is '6.1.191-foo (a@b) (gcc) #1 SMP' source-mismatch
	is '6.10.192 (a@b) (gcc) #1 SMP' source-mismatch
	is '6.1.0-56-amd64 (a@b) (gcc) #1 SMP Debian 6.1.192-2 (2026-01-01)' ''
	is '6.1.0-56-amd64 (a@b) (gcc) #1 SMP Debian 6.1.190-1 (2026-01-01)' source-mismatch
	is '6.1.0-56-amd64 (a@b) (gcc) #1 SMP' source-version-unknown
}

@test "a copy of a built tree is without the sources that a build has made" {
	. "$TOP/kpatch-build/backends/tree.bash"
	mkdir -p mine/{fs/unicode,lib/raid6,crypto/deep,scripts,arch/x86/realmode/rm} copy
	printf '%s\n' realmode.lds realmode.relocs >mine/arch/x86/realmode/rm/.gitignore
	touch mine/arch/x86/realmode/rm/realmode.{lds,lds.S,relocs} mine/lib/bounds.s
	printf '%s\n' '# made' /utf8data.c '!kept.c' mkutf8data >mine/fs/unicode/.gitignore
	printf '%s\n' 'int*.c' >mine/lib/raid6/.gitignore
	echo '*.lex.c' >mine/scripts/.gitignore
	touch mine/fs/unicode/{utf8data.c,utf8data.c_shipped,kept.c} mine/lib/raid6/{int1.c,neon.c,x.o} \
		mine/lib/{int.c,utf8data.c} mine/crypto/{x.asn1,x.asn1.c,x.asn1.h} mine/crypto/deep/y.asn1.c
	sum() { (cd mine && find . -printf '%P %s %T@ %m\n' | sort | sha256sum); }
	before=$(sum)
	# shellcheck disable=SC2034 # tree_copy reads it
	OPT_SOURCE=$PWD/mine
	tree_copy copy
	[ "$(sum)" = "$before" ]
	[ "$(cd copy && find . -type f ! -name .gitignore | sort | paste -sd ' ')" = \
		"./arch/x86/realmode/rm/realmode.lds.S ./crypto/x.asn1 ./fs/unicode/kept.c ./fs/unicode/utf8data.c_shipped ./lib/int.c ./lib/raid6/neon.c ./lib/utf8data.c" ]
}

@test "a tree is another one when a file changes that code is made from" {
	local file before
	. "$TOP/kpatch-build/backends/tree.bash"
	mkdir -p mine/{kernel,crypto,lib}
	touch mine/{Makefile,Kbuild,.config,Module.symvers} mine/kernel/small.o
	printf '\177ELF' >mine/vmlinux
	# shellcheck disable=SC2034 # backend_target reads them
	OPT_SOURCE=$PWD/mine OPT_CONFIG=$PWD/mine/.config OPT_VMLINUX=$PWD/mine/vmlinux
	backend_target
	before=$TARGET_NAME
	echo built >>mine/kernel/small.o
	backend_target
	[ "$TARGET_NAME" = "$before" ]
	# made again within a second
	touch -d @9.1 mine/vmlinux
	backend_target
	before=$TARGET_NAME
	touch -d @9.2 mine/vmlinux
	backend_target
	[ "$TARGET_NAME" != "$before" ]
	before=$TARGET_NAME
	for file in kernel/a.c lib/b.h crypto/c.asn1 lib/d.c_shipped lib/e.uc lib/f.awk kernel/g.bc lib/h.in; do
		echo x >>"mine/$file"
		backend_target
		echo "$file"
		[ "$TARGET_NAME" != "$before" ]
		before=$TARGET_NAME
	done
}

@test "a module that was built again is taken anew" {
	. "$TOP/kpatch-build/backends/tree.bash"
	. "$TOP/kpatch-build/steps/diff.bash"
	# shellcheck disable=SC2034 # diff_parent reads it
	KERNEL=$PWD/kernel RUN=$PWD/run LOG=$PWD/log
	mkdir -p mine/fs kernel/modules run
	echo "$PWD/mine" >kernel/modules-at
	taken() { diff_parent fs/small && cat "$PARENT_SYMTAB"; }
	echo one >mine/fs/small.ko
	[ "$(taken)" = one ]
	echo two >mine/fs/small.ko
	[ "$(taken)" = two ]
	rm mine/fs/small.ko
	[ "$(taken)" = two ]
}

@test "a change of any source makes a tree another target, what people leave in it does not" {
	. "$TOP/kpatch-build/backends/tree.bash"
	local file files other left name
	files=(x.c x.h x.S Kconfig Makefile Kbuild x.lds.S x.sh x.tbl x.pl x.py x.y x.l .gitignore x.asn1 x.awk x.rs x.uc
		x.c_shipped x.map x.ppm x.bc x.reg opcode-map.txt x.hex x.json build_OID_registry)
	other=(Documentation/Kconfig tools/objtool/list)
	left=(fs/x.o fs/.x.o.cmd fs/.x.c.swp fs/x.c~ fs/x.c.orig fs/x.ko fs/x.mod fs/x.mod.c fs/modules.order lib/libx.a
		.git/index .cache/x.c include/config/auto.conf include/generated/x.h arch/x86/include/generated/x.h
		vmlinux.o .config System.map tags cscope.out fix.patch Documentation/x.rst Documentation/x.c)
	mkdir mine
	for file in "${files[@]/#/fs/}" "${other[@]}" "${left[@]}"; do
		mkdir -p "$(dirname "mine/$file")"
		echo a >"mine/$file"
	done
	ln -s x.c mine/fs/link.c
	touch mine/Module.symvers
	# shellcheck disable=SC2034 # backend_target reads them
	OPT_SOURCE=$PWD/mine OPT_CONFIG=$PWD/x.patch OPT_VMLINUX=$PWD/x.patch
	tree_check_files() { :; }
	backend_target
	for file in "${left[@]}"; do
		name=$TARGET_NAME
		echo bb >>"mine/$file"
		backend_target
		echo "$file"
		[ "$TARGET_NAME" = "$name" ]
	done
	for file in "${files[@]/#/fs/}" "${other[@]}"; do
		name=$TARGET_NAME
		echo bb >>"mine/$file"
		backend_target
		echo "$file"
		[ "$TARGET_NAME" != "$name" ]
	done
	name=$TARGET_NAME
	ln -sf x.h mine/fs/link.c
	backend_target
	[ "$TARGET_NAME" != "$name" ]
}

@test "the running kernel is found under whatever name it was prepared" {
	. "$TOP/kpatch-build/steps/target.bash"
	mkdir -p cache/kernels/0123456789abcdef-1 cache/targets
	printf 'release=6.1\nbuild_id=0123456789abcdef0123\n' >cache/kernels/0123456789abcdef-1/info
	# shellcheck disable=SC2030
	TARGET_NAME=6.1@6.1.1-1
	! target_find || false
	RUNNING_BUILD_ID=0123456789abcdef0123
	# but not of a tree of the user's, which can have edits
	mkdir cache/kernels/0123456789abcdef-{0,2}
	printf 'release=6.1\nbuild_id=0123456789abcdef0123\nsource=tree /x 123\n' |
		tee cache/kernels/0123456789abcdef-{0,2}/info >/dev/null
	target_find
	[ "$KERNEL" = "$PWD/cache/kernels/0123456789abcdef-1" ]
	mv cache/kernels/0123456789abcdef-1 cache/kernels/other
	! target_find || false
	mv cache/kernels/other cache/kernels/0123456789abcdef-1
	target_find
	[ "$KERNEL" = "$PWD/cache/kernels/0123456789abcdef-1" ]
	# shellcheck disable=SC2031 # of another shell that reads this file
	[ "${INFO[release]}" = 6.1 ]
}

@test "patch: plain, with times, and with git's headers" {
	printf -- '--- linux.orig/fs/x.c\t2020-01-01 00:00:00\n+++ linux/fs/x.c\t2020-01-02\n@@ -1 +1 @@\n-a\n+b\n' >p
	[ "$(files p)" = $'file\tchange\tfs/x.c' ]
	printf 'diff --git a/fs/x.c b/fs/x.c\nindex 1..2 100644\n--- a/fs/x.c\n+++ b/fs/x.c\n@@ -1 +1 @@\n-a\n+b\n' >p
	[ "$(files p)" = $'file\tchange\tfs/x.c' ]
}

@test "patch: new, removed and renamed files, links, binaries" {
	printf -- '--- /dev/null\n+++ b/fs/new.c\n@@ -0,0 +1 @@\n+b\n' >p
	[ "$(files p)" = $'file\tnew\tfs/new.c' ]
	printf -- '--- a/fs/old.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-b\n' >p
	[ "$(files p)" = $'file\tgone\tfs/old.c' ]
	printf -- '--- a/fs/new.c\t1970-01-01 00:00:00.000000000 +0000\n+++ b/fs/new.c\t2026-01-02\n@@ -0,0 +1 @@\n+b\n' >p
	[ "$(files p)" = $'file\tnew\tfs/new.c' ]
	printf -- '--- a/fs/old.c\t2026-01-02\n+++ b/fs/old.c\t1969-12-31 19:00:00.000000000 -0500\n@@ -1 +0,0 @@\n-b\n' >p
	[ "$(files p)" = $'file\tgone\tfs/old.c' ]
	printf 'diff --git a/fs/o.c b/fs/n.c\nrename from fs/o.c\nrename to fs/n.c\n' >p
	[ "$(files p)" = $'file\trename\tfs/o.c' ]
	printf -- '--- a/fs/o.c\n+++ b/fs/n.c\n@@ -1 +1 @@\n-a\n+b\n' >>p
	[ "$(files p)" = $'file\trename\tfs/o.c' ]
	printf 'diff --git a/fs/o.c b/fs/o.c\nnew file mode 120000\n' >p
	[ "$(files p)" = $'file\tlink\tfs/o.c' ]
	printf 'diff --git a/fs/o.c b/fs/o.c\nGIT binary patch\n' >p
	[ "$(files p)" = $'file\tbinary\tfs/o.c' ]
}

@test "patch: names in quotation marks, as git writes them" {
	git init -q repo
	mkdir repo/fs
	cd repo
	git config user.name x
	git config user.email x@example.org
	name='fs/mé "1\2".c' tabbed=$'fs/t\tb.c'
	printf 'a\n' >"$name"
	printf 'a\n' >"$tabbed"
	head -c 100 /dev/zero >fs/ö.bin
	seq 50 >fs/ü.c
	git add .
	git commit -qm x
	printf 'b\n' | tee "$name" >"$tabbed"
	printf '\1' >>fs/ö.bin
	git mv fs/ü.c fs/ä.c
	git diff HEAD >../p
	cd ..
	grep -q '^+++ "b/fs/m\\303\\251 \\"1\\\\2\\".c"' p
	printf 'file\tchange\t%s\n' "$name" 'fs/t\tb.c' >wanted
	printf 'file\t%s\n' $'binary\tfs/ö.bin' $'rename\tfs/ü.c' >>wanted
	files p | sort | diff <(sort wanted) -
}

@test "patch: removed lines that look like headers" {
	printf -- '--- a/fs/x.c\n+++ b/fs/x.c\n@@ -1,2 +1,2 @@\n--- a/fs/y.c\n-b\n+++ b/fs/y.c\n+c\n' >p
	[ "$(files p)" = $'file\tchange\tfs/x.c' ]
}

@test "patch: the CVE numbers of its header, and only of that" {
	printf 'Fixes CVE-2024-1086 and CVE-2023-12345.\n---\n--- a/fs/x.c\n+++ b/fs/x.c\n@@ -1 +1 @@\n-CVE-2000-1111\n+b\n' >p
	[ "$(files p | grep '^cve')" = $'cve\tCVE-2024-1086\ncve\tCVE-2023-12345' ]
}

@test "patch: one that ends in the middle" {
	printf -- '--- a/fs/x.c\n+++ b/fs/x.c\n@@ -1,3 +1,3 @@\n a\n' >p
	files p | grep -q truncated
	printf -- '--- a/fs/x.c\n+++ b/fs/x.c\n' >p
	files p | grep -q truncated
}

@test "what looks like a patch and is none yet" {
	printf '%s\n' 'diff --cc fs/x.c' 'index 1,2..3' '--- a/fs/x.c' '+++ b/fs/x.c' '@@@ -1,1 -1,1 +1,2 @@@' '  x' '++y' >p
	[ "$(files p | grep -v fs/x.c)" = $'file\tcombined\t-' ]
	refused_once 4 not-a-patch --kernel 6.1.0-9-amd64 -o out p
	grep -q 'p is a combined diff of a merge' stderr
	printf '%s\n' 'diff --git a/fs/x.c b/fs/y.c' 'similarity index 100%' 'copy from fs/x.c' 'copy to fs/y.c' >p
	refused_once 4 not-a-patch --kernel 6.1.0-9-amd64 -o out p
	grep -q 'p makes a file as a copy of fs/x.c' stderr
	printf '%s\n' 'Content-Transfer-Encoding: base64' '' 'LS0tIGEvZnMveC5jCg==' >p
	refused_once 4 not-a-patch --kernel 6.1.0-9-amd64 -o out p
	grep -q 'p is a mail in base64' stderr
	printf '%s\n' 'Content-Transfer-Encoding: quoted-printable' '' '--- a/fs/x.c' '+++ b/fs/x.c' '@@ -1 +1 @@' '-x =3D 1;' '+x =3D 2;' >p
	refused_once 4 not-a-patch --kernel 6.1.0-9-amd64 -o out p
	grep -q 'p is a mail in quoted-printable' stderr
	# with nothing in it that is encoded
	sed -i 's/=3D/=/' p
	[ "$(files p)" = $'file\tchange\tfs/x.c' ]
	# what the author writes may begin with the same words
	printf '%s\n' 'it may' 'copy from user memory that' 'rename from there, as' 'diff --cc of the merge shows' 'index 120000,2' \
		'--- a/fs/x.c' '+++ b/fs/x.c' '@@ -1 +1 @@' '-x = 1;' '+x = 2;' >p
	[ "$(files p)" = $'file\tchange\tfs/x.c' ]
}

@test "patch: one that ends in the middle of its last line" {
	local file how
	for file in lib/message lib/run lib/status steps/scope; do
		# shellcheck source=/dev/null
		. "$TOP/kpatch-build/$file.bash"
	done
	mkdir -p before/fs run/after
	seq 1 20 | sed 's/^/line /' >before/fs/x.c
	cp -r before after
	sed -i 's/line 10/line ten/' after/fs/x.c
	diff -u before/fs/x.c after/fs/x.c >whole || true
	# shellcheck disable=SC2034
	RUN=$PWD/run LOG=$PWD/log PROG=kpatch-build
	declare -A INFO=([release]=6.1)
	for how in truncated whole other; do
		rm -rf run/after
		cp -r before run/after
		cp whole p
		[ "$how" != truncated ] || head -c -5 whole >p
		[ "$how" != other ] || sed 's/line 9$/line nine/' whole >p
		scope_apply_one "$PWD/p" x.patch 2>"said.$how"
		cat "said.$how"
	done
	grep -q 'x.patch ends in the middle of a line, and does not apply .*; get the whole patch \[patch-truncated\]$' said.truncated
	! grep -q error: said.whole || false
	grep -q '\[patch-does-not-apply\]$' said.other
}

@test "patch: only the parts about files that are kept" {
	printf 'x\n--- a/fs/x.c\n+++ b/fs/x.c\n@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file\ndiff --git a/D/y b/D/y\n--- a/D/y\n+++ b/D/y\n@@ -1 +1 @@\n-a\n+b\n--- a/fs/z.c\n+++ b/fs/z.c\n@@ -2 +2 @@\n-c\n+d\n' >p
	awk -v keep=$'fs/x.c\nfs/z.c' -f "$TOP/kpatch-build/patch-files.awk" p >kept
	printf -- '--- a/fs/x.c\n+++ b/fs/x.c\n@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file\n--- a/fs/z.c\n+++ b/fs/z.c\n@@ -2 +2 @@\n-c\n+d\n' |
		diff - kept
}

@test "a bad patch is refused before anything is downloaded" {
	[ -e /etc/debian_version ] || skip "not a Debian"
	archive "$PWD/archive"
	: >p
	refused_once 4 not-a-patch --kernel 6.1.0-9-amd64 -o out p
	head -n 2 x.patch >p
	refused_once 4 patch-truncated --kernel 6.1.0-9-amd64 -o out p
	sed 's/x\.c/x.S/' x.patch >p
	refused_once 2 assembly-changed --kernel 6.1.0-9-amd64 -o out p
	sed 's/\/fs\/x/\/Documentation\/x/' x.patch >p
	refused_once 4 nothing-built --kernel 6.1.0-9-amd64 -o out p
	[ ! -e cache/apt ]
}

@test "texts that code may be made from, and those that are documentation" {
	sed 's/\/fs\/x\.c/\/arch\/x86\/lib\/x86-opcode-map.txt/' x.patch >p
	refused_once 2 unknown-file-kind --kernel 6.1.0-9-amd64 -o out p
	grep -q 'changes arch/x86/lib/x86-opcode-map.txt, from which code may be made' stderr
	sed 's/\/fs\/x\.c/\/drivers\/x\/TODO.txt/' x.patch >p
	refused_once 4 nothing-built --kernel 6.1.0-9-amd64 -o out p
}

# compare_unit SED: the verdict on unit.c as sed changes it.
compare_unit() {
	mkdir -p original patched
	cp unit.c original/x.c
	sed "$1" unit.c >patched/x.c
	printf '%s\n' x.c ${KPATCH_EXTRA:+"$KPATCH_EXTRA"} >changed
	(cd patched && KPATCH_ORIGINAL=$OLDPWD/original KPATCH_PATCHED=$PWD KPATCH_CC=gcc \
		KPATCH_CHANGED=$OLDPWD/changed KPATCH_ADDED='' \
		"$TOP/kpatch-build/compare-unit/compare-unit" -c -o x.o x.c)
	head -n 1 patched/x.o.verdict
}

# compare_header SED NAME...: the verdict on what unit.h declares to Rust code that mentions the names.
compare_header() {
	mkdir -p original patched
	cp unit.h original/x.h
	sed "$1" unit.h >patched/x.h
	echo x.h >changed
	printf '%s\n' "${@:2}" >names
	(cd patched && KPATCH_ORIGINAL=$OLDPWD/original KPATCH_PATCHED=$PWD KPATCH_CC=gcc \
		KPATCH_CHANGED=$OLDPWD/changed KPATCH_ADDED='' KPATCH_RUST=$OLDPWD/names \
		"$TOP/kpatch-build/compare-unit/compare-unit" -o x.o x.h)
	head -n 1 patched/x.o.verdict
}

# is VERDICT SED NAME...
is() {
	echo "$2, $3: $(compare_header "${@:2}")"
	[ "$(compare_header "${@:2}")" = "$1" ]
}

@test "what a header declares for another language" {
	cat >unit.h <<-'END'
		#define LIMIT 12
		struct foo { int a; enum kind { KIND_A, KIND_B } kind; };
		typedef unsigned int number;
		static inline int one(int x) { return x + 1; }
		int real(int y) { return y; }
		int declared(struct foo *foo);
		extern int variable;
		static const int value = 3;
	END
	local all=(LIMIT foo number one real declared variable value)
	is same 's/  */ /g' "${all[@]}"
	is unused 's/x + 1/x + 2/' "${all[@]}"
	is unused 's/return y/return y + 1/' "${all[@]}"
	is unused '1s/^/#define MORE 1\nextern int more;\nstruct more { int x; };\n/' "${all[@]}"
	is unused 's/int one(int x)/int one(long x)/' "${all[@]}"
	is 'changed LIMIT' 's/LIMIT 12/LIMIT 13/' "${all[@]}"
	is 'changed LIMIT' '1d' "${all[@]}"
	is 'changed foo' 's/int a;/int a, b;/' "${all[@]}"
	is 'changed foo' 's/KIND_B/KIND_N, KIND_B/' "${all[@]}"
	is 'changed number' 's/unsigned int number/unsigned long number/' "${all[@]}"
	is 'changed real' 's/int real(int/int real(long/' "${all[@]}"
	is 'changed declared' '/^int declared/d' "${all[@]}"
	is 'changed variable' 's/extern int/extern long/' "${all[@]}"
	is 'changed value' 's/value = 3/value = 4/' "${all[@]}"
	# what nobody mentions
	is unused 's/LIMIT 12/LIMIT 13/' foo
	is unused 's/int a;/int a, b;/' LIMIT
	is unused 's/extern int/extern long/' LIMIT
	is unused 's/value = 3/value = 4/' LIMIT
}

@test "what a header declares for Rust: the names that bindgen gives" {
	cat >unit.h <<-'END'
		enum kind { KIND_A, KIND_B };
		enum { PLAIN_A, PLAIN_B };
		const int RUST_CONST_HELPER_LIMIT = 12;
		int rust_helper_get(void);
		struct type { int a; };
		struct outer { struct { int a; } inner; };
		extern struct pair { int a; } __tracepoint_pair;
	END
	is 'changed kind' 's/KIND_A,/KIND_A, KIND_N,/' kind_KIND_B
	is 'changed kind' 's/KIND_A,/KIND_A, KIND_N,/' KIND_B
	is 'changed kind' 's/KIND_A,/KIND_A, KIND_N,/' kind
	is unused 's/KIND_A,/KIND_A, KIND_N,/' PLAIN_B
	is 'changed ?' 's/PLAIN_A,/PLAIN_A, PLAIN_N,/' PLAIN_B
	is 'changed RUST_CONST_HELPER_LIMIT' 's/12/13/' LIMIT
	is 'changed rust_helper_get' 's/^int rust/long rust/' get
	is 'changed type' 's/type { int a;/type { int a, b;/' type_
	is 'changed outer' 's/{ int a; } inner/{ int a, b; } inner/' outer__bindgen_ty_1
	is 'changed __tracepoint_pair' 's/pair { int a;/pair { int a, b;/' '__tracepoint_*' pair
	is unused 's/pair { int a;/pair { int a, b;/' '__tracepoint_*' other
	is 'changed __tracepoint_pair' 's/pair { int a;/pair { int a, b;/' '1:__*' '1:*_*' 1:TRACEPOINT 1:pair
	is unused 's/pair { int a;/pair { int a, b;/' '1:__*_*' 1:trace 1:point other
	is 'changed __tracepoint_pair' 's/pair { int a;/pair { int a, b;/' '1:__*_*' 1:tracepoint 1:pair
}

@test "what a header declares for Rust: what names lead to" {
	cat >unit.h <<-'END'
		#define WIDTH 2
		#define SIZE (WIDTH * 2)
		#define CALL(x) (x)
		#define CALLED CALL(1)
		#define AGAIN 1
		enum { ROOM = 4, MORE_ROOM };
		struct leaf { int a; };
		struct branch { struct leaf leaf; int room[ROOM]; };
		struct tree { struct branch *branch; };
		typedef struct tree *tree_t;
		struct far { int a; };
		struct tree *grow(tree_t);
		int cut(struct tree *tree) { struct far far = { 1 }; return far.a; }
	END
	is 'changed WIDTH' 's/WIDTH 2/WIDTH 3/' SIZE
	is unused 's/WIDTH 2/WIDTH 3/' AGAIN tree
	is unused 's/CALL(x) (x)/CALL(x) (-x)/' CALL
	is 'changed CALL' 's/CALL(x) (x)/CALL(x) (-x)/' CALLED
	is 'changed leaf' 's/leaf { int a;/leaf { int a, b;/' grow
	is 'changed ?' 's/ROOM = 4/ROOM = 5/' tree_t
	is 'changed far' 's/far { int a;/far { int a, b;/' far
	is unused 's/far { int a;/far { int a, b;/' cut
	# by whom, and where
	is 'changed leaf' 's/leaf { int a;/leaf { int a, b;/' tree
	grep -qx 'by tree' patched/x.o.verdict
	grep -qx 'at x.h' patched/x.o.verdict
}

@test "what a header declares for Rust: macros that are defined again, and where" {
	cat >unit.h <<-'END'
		#define AGAIN 1
		#define OTHER AGAIN
		struct foo {
			int a;
		};
	END
	is 'changed AGAIN' '1s/$/\n#undef AGAIN\n#define AGAIN 3/' AGAIN
	is 'changed AGAIN' '2s/$/\n#undef AGAIN/' AGAIN
	is unused '1s/$/\n#undef AGAIN\n#define AGAIN 3/' foo
	is unused '/int a/s/^/#define INSIDE 1\n/' foo
	is 'changed INSIDE' '/int a/s/^/#define INSIDE 1\n/' foo INSIDE
	# the same lines, but OTHER has no value yet where it stands
	is 'changed OTHER' '1{h;d};2G' OTHER
	is unused '1d;5s/$/\n#define AGAIN 1/' foo
	echo '#define APART 1' >>unit.h
	is unused '1{h;d};5G' APART
}

@test "what a header declares for Rust: the order, and what stands there twice" {
	cat >unit.h <<-'END'
		struct foo { int a; };
		struct bar { int a; };
		enum kind { KIND_A };
		int use(enum kind);
		int twice(int);
	END
	is unused '1{h;d};2G' foo bar
	is unused '5s/$/\nint twice(int);/' twice
	is unused '1s/^/struct foo;\n/' foo
	is 'changed foo' '1s/.*/struct foo;/' foo
	# bindgen takes another type for an enumeration that is used before
	is 'changed kind' '3{h;d};4G' use
	is unused '3{h;d};4G' foo
	is 'changed ?' '1s/^/#pragma pack(1)\n/' foo
}

@test "what a header declares for Rust: what parameters are called is no change" {
	cat >unit.h <<-'END'
		struct foo;
		typedef unsigned int u32;
		extern int f(struct foo *foo, u32 n, const unsigned long flags, char *list[]);
		int g(u32, struct foo *, u32 const);
		int call(void (*fn)(struct foo *arg), typeof(1 * sizeof(u32)) size);
		int old(int a) { return a; }
	END
	is unused 's/foo \*foo/foo *other/' f
	is unused 's/foo \*foo/foo */' f
	is unused 's/u32 n,/u32 m,/' f
	is unused 's/flags/f/' f
	is unused 's/list\[/names[/' f
	is unused 's/^extern //' f
	is unused 's/old(int a) { return a/old(int b) { return b/' old
	is unused 's/size);/n);/' call
	is 'changed f' 's/u32 n,/int n,/' f
	is 'changed f' 's/u32 n,/u32 *n,/' f
	is 'changed f' 's/unsigned long flags/unsigned flags/' f
	is 'changed f' 's/const unsigned long flags/const int flags/' f
	is 'changed f' 's/list\[/*list[/' f
	is 'changed g' 's/g(u32,/g(int,/' g
	is 'changed g' 's/u32 const/int const/' g
	is 'changed g' 's/, u32 const//' g
	is 'changed g' 's/struct foo \*,/struct bar *,/' g
	is 'changed call' 's/sizeof(u32)/sizeof(char)/' call
	is 'changed call' 's/typeof(1 \* s/typeof(1L * s/' call
}

@test "the names that code in Rust mentions" {
	mkdir names
	cat >names/a.rs <<-'END'
		//! prose
		use bindings::*; // tail
		fn one() { r#type(in_string!("call one_function")) }
		macro_rules! exported { ($n:ident) => { paste! { bindings::[< trace_ $n >]() } } }
		macro_rules! ioctl { ($cmd:ident) => { concat_idents!(DRM_, $cmd) } }
		macro_rules! upper { ($n:ident) => { paste! { [<$n:upper _MASK>] } } }
		let f = format_ident!(
			"__{ident}_init");
		let n: [<T as U>::V; 3];
	END
	cat >names/b.rs <<-'END'
		macro_rules! here { ($a:ident, $b:ident) => { paste! { [< $a _ $b >] } } }
		here!(atomic, add);
	END
	cat >names/c.rs <<-'END'
		macro_rules! everywhere { ($a:ident, $b:ident) => { paste! { [< $a _ $b >] } } }
	END
	echo 'everywhere!(x, y); exported!(x);' >names/d.rs
	rust_names() {
		awk "$@" -f "$TOP/kpatch-build/rust-names.awk" names/*.rs | LC_ALL=C sort -u
	}
	rust_names >said
	cat said
	for name in bindings tail type one_function trace_ DRM_ 'trace_*' 'DRM_*' '*_MASK' '__*_init' \
		'1:*_*' 1:atomic 1:add '*_*' atomic x; do
		grep -qxF -e "$name" said || { echo "$name is missing"; false; }
	done
	! grep -qx 'prose\|1:x\|1:everywhere\|2:.*\|\*' said || false
	grep -cF '*' said | grep -qx 6
	# what is pasted without a macro
	echo "paste! { [< \$e _end >] }" >names/e.rs
	rust_names | grep -qxF '*_end'
	rust_names -v comments=1 | grep -qx prose
}

@test "units: what the make rules of all directories say" {
	cat >owners <<-'END'
		subdir arch/x86 .
		subdir arch/x86/lib .
		subdir drivers .
		 subdir drivers/input drivers
		 subdir drivers/input/serio drivers
		 subdir drivers/block drivers
		 subdir drivers/block/aoe drivers/block
		module arch/x86/kvm/../../../virt/kvm/eventfd.o arch/x86/kvm/kvm
		module arch/x86/kvm/../x.o arch/x86/kvm/kvm
		builtin arch/x86/x.o
		builtin arch/x86/boot/startup/sme.pi.o
		builtin rust/core.o
		builtin rust/exports.o
		builtin rust/helpers.o
		builtin rust/helpers/helpers.o
		module drivers/android/binder.o drivers/android/binder
		builtin kernel/fork.o
		builtin kernel/made.o
		host lib/raid6/mktables
	END
	printf '%s\n' virt/kvm/eventfd.c arch/x86/x.c arch/x86/boot/startup/sme.c drivers/android/binder.rs \
		kernel/fork.c lib/raid6/mktables.c rust/exports.c rust/helpers.c rust/helpers/helpers.c >files
	awk -v made=made -v includers=hosts -v outside=outside -v nested=nested \
		-f "$TOP/kpatch-build/units.awk" files owners | sort >units
	diff units - <<-'END'
		c arch/x86/boot/startup/sme.c vmlinux
		c arch/x86/x.c arch/x86/kvm/kvm vmlinux
		c kernel/fork.c vmlinux
		c rust/helpers.c vmlinux
		c rust/helpers/helpers.c vmlinux
		c virt/kvm/eventfd.c arch/x86/kvm/kvm
		made kernel/made.c vmlinux
		rust drivers/android/binder.rs drivers/android/binder
		rust rust/core.rs vmlinux
		rust rust/exports.rs vmlinux
	END
	[ "$(cat outside)" = "virt/kvm/eventfd.o arch/x86/kvm/../../../virt/kvm/eventfd.o" ]
	[ "$(sort nested | paste -sd ' ')" = "arch/x86/lib drivers/input/serio" ]
	[ "$(cat made)" = kernel/made.c ]
	[ "$(cat hosts)" = "=lib/raid6/mktables.c lib/raid6/" ]
}

@test "a verdict that cannot be written whole is none" {
	for i in {1..50}; do
		echo "int x$i;" >"a_header_with_a_long_name_$i.h"
		echo "#include \"a_header_with_a_long_name_$i.h\"" >>all.h
	done
	echo '#include "all.h"' >unit.c
	mkdir -p original patched
	cp -- *.h original
	cp -- *.h patched
	# no file of more than a KiB, as on a full disk
	(trap '' XFSZ && ulimit -f 1 && compare_unit p) 2>&1 | cat || true
	[ ! -e patched/x.o.verdict ]
	compare_unit p
	[ "$(grep -c '^reads a_header' patched/x.o.verdict)" -eq 50 ]
}

@test "what a unit does not use cannot change it" {
	cat >unit.c <<-'END'
		typedef void (*callback)(struct foo *);
		typedef unsigned int number, *numbers;
		struct foo { int a; enum kind { KIND_A, KIND_B } kind; };
		struct __attribute__((packed)) bar { int b; };
		static inline __attribute__((unused)) int one(int x) { return x + 1; }
		static inline int two(int x) { return one(x) + 2; }
		extern inline __attribute__((gnu_inline)) int three(int x) { return x + 3; }
		int declared(struct foo *foo) __attribute__((const));
		extern int (*table[3])(void);
		_Static_assert(sizeof(int) == 4, "int");
		int real(int y) { return y; }
	END
	is() {
		echo "$2: $(compare_unit "$2")"
		[ "$(compare_unit "$2")" = "$1" ]
	}
	is same 's/  */ /g'
	is same '2s/^/\/* x *\/ /'
	is unused 's/int a;/long a;/'
	is unused 's/KIND_A,/KIND_A = 3,/'
	is unused 's/int b;/long b;/'
	is unused 's/x + 1/x + 2/'
	is unused 's/x + 3/x + 4/'
	is unused 's/const/pure/'
	is unused 's/\[3\]/[4]/'
	is unused 's/(struct foo \*);/(struct foo *, int);/'
	is unused 's/sizeof(int)/sizeof(unsigned int)/'
	is unused '11s/^/extern int v; int p(void); struct new { int a; };/'
}

# items SCRIPT: what of unit.c differs, as the differ is told.
items() {
	KPATCH_ITEMS=1 compare_unit "$1" >/dev/null
	sed -n 's/^item //p' patched/x.o.verdict | sort -u | paste -sd ,
}

@test "all that differs in a unit is listed, with whom it is for" {
	cat >unit.c <<-'END'
		enum { FIRST };
		static inline int one(int x) { return x + 1; }
		static int __attribute__((section(".init.text"))) two(int x) { return x + 2; }
		int three(int x) __attribute__((section(".init.text")));
		int three(int x) { extern void __compiletime_assert_7(void); return one(two(x)) + FIRST; }
		static inline int four(int x) { return x + 4; }
		static int five(int x) { return x + 5; }
		int six(int x) { return one(x) + five(x); }
		static int seven(int x) { return x + 7; }
		struct ops { int (*seven)(int); int (*eight)(int); };
		static int eight(int x) { return x + 8; }
		const struct ops ops = { .eight = eight };
		int __attribute__((section(".init.text"))) nine(struct ops *p) { return p->seven(1) + seven(9); }
		int ten(struct ops *p) { return p->seven(10); }
	END
	is() {
		items "$2"
		[ "$(items "$2")" = "$1" ]
	}
	is "" 's/x + 4/x + 5/'
	is "" 's/assert_7/assert_8/'
	is "one function" 's/x + 1;/x + 9;/'
	is "five function" 's/x + 5/x + 9/'
	is "eight function" 's/x + 8/x + 9/'
	is "two init" 's/x + 2/x + 9/'
	is "three init" 's/+ FIRST/+ FIRST + 1/'
	# only the members of that name are used by running code
	is "seven init" 's/x + 7/x + 9/'
	is "? other" 's/FIRST }/FIRST = 3 }/'
	is "ops other,six function" 's/eight = eight/seven = eight/; s/) + five/) - five/'
	is "one function,three init" 's/x + 1;/x + 9;/; s/+ FIRST/- FIRST/'
	compare_unit 's/x + 1;/x + 9;/'
	! grep -q '^item ' patched/x.o.verdict || false
}

@test "what only functions that changed use says nothing of others" {
	cat >unit.c <<-'END'
		struct s { int a; };
		static const int limit = 3, more = 4;
		static int one(int x) { return x + 1; }
		int two(int x) { return one(x); }
		int __attribute__((section(".init.text"))) three(struct s *s) { return s->a + one(limit); }
	END
	is() {
		items "$2"
		[ "$(items "$2")" = "$1" ]
	}
	is "one function" 's/^static int one.*/static int new = 5;\n&/; s/x + 1/x + new++/'
	is "one function" 's/^static int one.*/struct t { enum { THIS } t; };\n&/; s/x + 1/x + THIS/'
	# what was there before and is used now
	sed -i '1i static int unused = 3; struct u { int b; }; int extra(struct u *u);' unit.c
	is "one function" 's/x + 1/x + extra((void *)unused)/'
	# the structure is used by what did not change, and so are a variable and its neighbour
	is "one function,s other" 's/int a;/& int b;/; s/x + 1/x + 2/'
	is "limit other,one function" 's/limit = 3/limit = 5/; s/x + 1/x + 2/'
	# an attribute that makes another function of it
	items 's/x + 1/x + 2/; s/^int two.*/&\nint four(int x) __attribute__((alias("two")));/' | grep -q ' other'
	# what a pragma says is of all behind it
	items 's/x + 1/x + 2/; s/^int two.*/#pragma pack(1)\n&/' | grep -q '^? other'
	is "one function" 's/x + 1/x + 2/; s/^int two.*/_Pragma("GCC diagnostic push")\n&/'
}

@test "what init code hands over to others runs later" {
	cat >unit.c <<-'END'
		static int one(int x) { return x + 1; }
		static int two(int x) { return one(x); }
		static int three(int x) { return x + 3; }
		int set(int (*f)(int));
		int __attribute__((section(".init.text"))) start(void) { return set(two) + one(3) + three(3); }
	END
	[ "$(items 's/x + 1/x + 2/')" = "one function" ]
	[ "$(items 's/x + 3/x + 2/')" = "three init" ]
}

@test "a body whose head is not understood is no variable behind it" {
	cat >unit.c <<-'END'
		static int one(int x) { return x + 1; }
		int two(int x) { return one(x); }
		int __attribute__((section(".init.text"))) three(int x);
		int three(x) int x; { return one(3); }
		static int private = 4;
	END
	[ "$(items 's/x + 1/x + 2/')" = "one function" ]
	items 's/x + 1/x + 2/; s/one(3)/one(4)/'
	[ "$(items 's/x + 1/x + 2/; s/one(3)/one(4)/')" = "one function,private other" ]
}

@test "an initcall that has another number did not change" {
	cat >unit.c <<-'END'
		static int one(int x) { return x + 1; }
		int two(int x) { return one(x); }
		static int __attribute__((section(".init.text"))) start(void) { return one(3); }
		asm(".section	\".initcall6.init\", \"a\"\n" "__initcall__kmod_x__7_35_start6" ":\n.previous");
		static int (*__initcall__kmod_x__7_36_start6)(void) __attribute__((section(".initcall7.init"), used)) = start;
	END
	is() {
		items "$2"
		[ "$(items "$2")" = "$1" ]
	}
	is "one function" 's/x + 1/x + 2/; s/x__7/x__12/'
	is "? init,one function" 's/x + 1/x + 2/; s/x__7_35_start6"/x__7_35_start7"/'
	is "? init,one function" 's/x + 1/x + 2/; s/7_36/7_37/'
}

@test "a header's function that only init code of a unit uses is told apart" {
	mkdir -p original patched
	echo 'static inline int one(int x) { return x + 1; }' >original/y.h
	echo 'static inline int one(int x) { return x + 2; }' >patched/y.h
	cat >unit.c <<-'END'
		#include "y.h"
		int __attribute__((section(".init.text"))) start(void) { return one(3); }
	END
	KPATCH_EXTRA=y.h items ''
	[ "$(KPATCH_EXTRA=y.h items '')" = "one elsewhere" ]
	echo 'int two(int x) { return one(x); }' >>unit.c
	[ "$(KPATCH_EXTRA=y.h items '')" = "one function" ]
}

@test "what a unit uses, in whatever way, can change it" {
	cat >unit.c <<-'END'
		typedef unsigned int number, *numbers;
		struct foo { int a; struct inner { int i; } inner; enum kind { KIND_A, KIND_B } kind; };
		typedef struct foo foo_t;
		typedef int (*callback)(foo_t *);
		static inline int one(int x) { return x + 1; }
		static inline int two(int x) { return one(x) + 2; }
		static inline int three(int x) { return x + 3; }
		static int other_name(int x) __attribute__((alias("three")));
		static inline int four(int x) { return x + 4; }
		void *memset(void *, int, unsigned long) __attribute__((cold));
		typedef long wide;
		typedef wide (plain)(int);
		typedef __typeof__(1) (*typed)(int);
		struct foo (whole)(int);
		int real(int y) { USE }
	END
	is() {
		sed "s/USE/$2/" unit.c >used.c
		mv unit.c all.c
		mv used.c unit.c
		verdict=$(compare_unit "$3")
		mv all.c unit.c
		echo "$2, $3: $verdict"
		# shellcheck disable=SC2053 # a pattern
		[[ $verdict == $1 ]]
	}
	is 'changed one' 'return two(y);' 's/x + 1/x + 9/'
	is unused 'return one(y);' 's/+ 2/+ 9/'
	is 'changed foo' 'return KIND_B;' 's/KIND_A,/KIND_A = 3,/'
	is 'changed foo' 'struct inner i; return sizeof(i);' 's/int a;/long a;/'
	is 'changed foo' 'callback c; return c(0);' 's/int a;/long a;/'
	is 'changed three' 'return y;' 's/x + 3/x + 9/'
	is 'changed memset' 'return y;' 's/cold/hot/'
	is 'changed*' 'return y;' 's/unsigned int number/unsigned long number/'
	is unused 'return y;' 's/x + 4/x + 9/'
	is 'changed*' 'return y;' '15s/^/int v;/'
	is 'changed*' 'return y;' '15s/^/number (v);/'
	is 'changed*' 'return y;' '15s/^/int (*v)(void);/'
	is 'changed*' 'return y;' '15s/^/static struct foo v __attribute__((used));/'
	is 'changed*' 'return y;' '15s/^/asm("nop");/'
	is 'changed*' 'return y;' '15s/^/static int used(int x) __attribute__((used)); /'
	is 'changed*' 'return y;' 's/static inline int four/int four/'
	is 'changed*' 'return y;' '15s/^/#pragma GCC visibility push(hidden)\n/'
	is 'changed*' 'return y;' '15s/^/struct packed {\n#pragma pack(1)\nint a; };\n/'
	is unused 'return y;' '15s/^/struct warned {\n#pragma GCC diagnostic push\nint a; };\n/'
	# names in parentheses of their own
	is 'changed plain' 'extern plain p; return p(y);' 's/(plain)(int)/(plain)(long)/'
	is 'changed typed' 'typed p = 0; return p(y);' 's/typed)(int)/typed)(long)/'
	is 'changed*' 'whole(y); return y;' 's/(whole)(int)/(whole)(long)/'
	is unused 'return y;' 's/(plain)(int)/(plain)(long)/'
}

@test "a unit whose original cannot be preprocessed is not known to read nothing" {
	. "$TOP/kpatch-build/lib/kept.bash"
	source_reach
	mkdir -p patched/fs kept/patch index
	# shellcheck disable=SC2034
	PATCHED=$PWD/patched KEPT=$PWD/kept KEPT_PATCH=$PWD/kept/patch INDEX=$PWD/index LOG=$PWD/log
	printf 'fs/a.h\nfs/a.c\n' >index/files
	printf 'unused\nreads fs/a.h\n' >patched/fs/a.o.verdict
	echo 'failed original' >patched/fs/b.o.verdict
	# shellcheck disable=SC2034
	declare -A verdicts=([fs/a.c]=unused [fs/b.c]='failed original' [fs/c.c]='')
	reach_keep fs/a.c fs/b.c fs/c.c
	[ "$(<kept/reads)" = 'fs/a.c 1 .' ]
	[ "$(<kept/patch/verdicts)" = 'fs/a.c unused' ]
	[ ! -e patched/fs/a.o.verdict ]
	[ -e patched/fs/b.o.verdict ]
}

@test "what fails for the lack of a made header is compared in any case, and its reads are not kept" {
	. "$TOP/kpatch-build/lib/kept.bash"
	source_reach
	# shellcheck disable=SC2317 # called by what is tested
	compile_load_env() { echo "env ${1##*/}" >>calls; }
	# shellcheck disable=SC2317
	reach_load_env() { echo "compare ${1:-}" >>calls; }
	# shellcheck disable=SC2317
	run() { "$@"; }
	# shellcheck disable=SC2317
	reach_run() {
		echo "${1##*/} $2 ${*:3}" >>calls
		[[ $1 == "$PATCHED" ]] && printf 'unused\nreads fs/a.h\n' >patched/fs/b.o.verdict
	}
	mkdir -p patched/fs kept/patch
	# shellcheck disable=SC2034
	ORIG=$PWD/orig PATCHED=$PWD/patched KEPT=$PWD/kept KEPT_PATCH=$PWD/kept/patch INDEX=$PWD LOG=$PWD/log
	echo fs/a.h >files
	declare -A verdicts=([fs/a.c]=unseen [fs/b.c]='failed original')
	reach_judge_made fs/a.c fs/b.c
	[ "${verdicts[fs/b.c]}" = unused ]
	[ "$(<kept/patch/verdicts)" = 'fs/b.c unused' ]
	[ ! -s kept/reads ]
	diff calls - <<-END
		env orig
		orig REACH_RULES_MADE fs/b.c
		compare made
		patched REACH_RULES fs/b.c
	END
}

# Who is asked first: a kernel of 100 units and a file of assembly that see the change, and what is
# asked goes to the file "asked".
asks_first() {
	local i
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/lib/message.bash"
	source_reach
	# shellcheck disable=SC2317 # called by what is tested
	{
	reach_by_name() {
		for ((i = 0; i < 100; i++)); do
			seen+=("fs/$i.c")
			kinds[fs/$i.c]=c OWNERS[fs/$i.c]=vmlinux
		done
		seen+=(fs/a.S)
		kinds[fs/a.S]=asm
	}
	reach_farms() { :; }
	reach_grow_wanted() { :; }
	makefiles() { :; }
	makefiles_apply() { :; }
	reach_made() { :; }
	reach_known() { :; }
	reach_names() { :; }
	reach_judge() {
		for i; do
			verdicts[$i]=${judged:-changed x}
			[[ ${kinds[$i]} == c ]] || verdicts[$i]=same
		done
		echo "judge ${ORIG#"$RUN"/} $#" >>asked
	}
	compile_units() { echo "compile ${#UNITS[@]}" >>asked; }
	diff_first() { echo "diff ${UNITS[*]}" >>asked; }
	}
	# shellcheck disable=SC2034
	RUN=$PWD/run ORIG=$RUN/orig PATCHED=$RUN/patched LOG="" UNITS=() SCOPE_FILES=(h.h "$@") OPT_ALL_UNITS=${all:-}
	mkdir run
	! grep -q . <<<"$*" || { OWNERS[$1]=vmlinux; OWN[$1]=1; }
	: >run/reach
	reach
}

@test "of many units those of the patch's own are asked first, and then what is no C" {
	asks_first own/x.c
	diff asked - <<-END
		judge own/orig 1
		compile 1
		diff own/x.c
		judge image/orig 1
		judge orig 102
	END
	[ "${#UNITS[@]}" -eq 101 ]
	[ "${UNITS[0]}" = own/x.c ]
}

@test "without a unit of the patch's own a few others are asked, after what is no C" {
	asks_first
	diff asked - <<-END
		judge image/orig 1
		judge some/orig 12
		compile 4
		diff fs/0.c fs/8.c fs/16.c fs/25.c
		judge orig 101
	END
	[ "${#UNITS[@]}" -eq 100 ]
}

@test "units of which the change is no matter are not compiled to ask them first" {
	(judged=unused asks_first) || true
	! grep -E 'compile|diff' asked || false
}

@test "--all-units asks none of them first" {
	all=1 asks_first own/x.c
	! grep -E 'compile|diff' asked || false
	[ "${#UNITS[@]}" -eq 101 ]
}

@test "assembly that cannot be made here has its text, any other has its code" {
	. "$TOP/kpatch-build/lib/message.bash"
	source_reach
	# shellcheck disable=SC2317 # called by what is tested
	{
	run() { "$@"; }
	compile_farm() { ! grep -qx "${1##*/}" fails; }
	reach_load_env() { :; }
	compile_all() { echo "$said" >patched/fs/a.s.verdict; }
	reach_same_object() { false; }
	}
	# shellcheck disable=SC2034
	ORIG=$PWD/orig PATCHED=$PWD/patched LOG="" OPT_JOBS=1
	mkdir -p patched/fs
	declare -A verdicts=([fs/a.S]="")
	echo orig >fails
	said=unused
	reach_same_assembly fs/a.S
	said="changed x"
	! reach_same_assembly fs/a.S || false
	# that of the patched side alone is of the patch's making
	echo patched >fails
	said=unused
	! reach_same_assembly fs/a.S || false
	# whose text is judged is not asked again
	echo orig >fails
	verdicts[fs/a.S]="failed patched"
	! reach_same_assembly fs/a.S || false
}

@test "what is made of other architectures is no part of the kernel's image" {
	local file image=()
	source_reach
	# shellcheck disable=SC2317 # called by what is tested
	index_grep() { :; }
	# shellcheck disable=SC2034
	KPATCH_BUILD_DIR=$TOP/kpatch-build RUN=$PWD INDEX=$PWD/index SCOPE_FILES=(include/linux/a.h)
	mkdir -p after index
	touch index/links index/units
	for file in arch/x86/kernel/asm-offsets.c arch/x86/entry/vdso/vgetcpu.c kernel/bounds.c \
		arch/x86/kernel/vmlinux.lds.S arch/x86/um/user-offsets.c arch/xtensa/kernel/vmlinux.lds.S \
		arch/arm64/kernel/asm-offsets.c arch/arm64/kernel/vdso/vgettimeofday.c; do
		echo "linux/a.h $file"
	done >index/includers
	reach_by_name
	diff <(printf '%s\n' "${image[@]}" | sort) - <<-END
		arch/x86/entry/vdso/vgetcpu.c
		arch/x86/kernel/asm-offsets.c
		arch/x86/kernel/vmlinux.lds.S
		kernel/bounds.c
	END
	[ "$(reach_object arch/x86/entry/vdso/vdso2c.c)" = arch/x86/entry/vdso/vdso2c ]
}

@test "a new file in a new directory goes into the run's own trees alone" {
	. "$TOP/kpatch-build/lib/farm.bash"
	source_reach
	mkdir -p tree/include/linux tree/fs run/after/include/linux/new
	touch tree/.config tree/include/linux/a.h tree/fs/x.c
	echo new >run/after/include/linux/new/b.h
	# shellcheck disable=SC2034
	KERNEL=$PWD RUN=$PWD/run ORIG=$PWD/run/orig PATCHED=$PWD/run/patched image=() seen=()
	# shellcheck disable=SC2034
	declare -A SCOPE_NEW=([include/linux/new/b.h]=1)
	# shellcheck disable=SC2034
	SCOPE_FILES=(include/linux/new/b.h) SCOPE_MAKEFILES=()
	reach_farms
	[ "$(<run/patched/include/linux/new/b.h)" = new ]
	[ -e run/patched/include/linux/a.h ]
	[ ! -e run/orig/include/linux/new/b.h ]
	[ ! -e tree/include/linux/new ]
}

@test "what cannot be kept ends nothing, not even who writes it" {
	. "$TOP/kpatch-build/lib/kept.bash"
	set -o pipefail
	KEPT=$PWD/kept LOG=$PWD/log
	seq 100000 | kept_add kept/file
	grep -q 'kept/file' log
	[ ! -e kept ]
}

@test "a header that is read by a link to it in the kernel's tree" {
	. "$TOP/kpatch-build/lib/farm.bash"
	. "$TOP/kpatch-build/steps/index.bash"
	source_reach
	# shellcheck disable=SC2317 # called by what is tested
	index_units() { echo 'c fs/x.c vmlinux' >index/units; : >index/hosts; : >index/made; }
	# shellcheck disable=SC2317
	run() { "$@"; }
	# shellcheck disable=SC2317
	note() { :; }
	mkdir -p index tree/include/{uapi,dt} tree/fs run/{before,after}/include/uapi
	touch tree/.config
	echo old | tee tree/include/uapi/a.h >run/before/include/uapi/a.h
	echo new >run/after/include/uapi/a.h
	ln -s ../uapi/a.h tree/include/dt/b.h
	ln -s b.h tree/include/dt/c.h
	ln -s /etc/passwd tree/include/dt/passwd.h
	echo '#include "a.h"' >tree/include/uapi/other.h
	ln -s ../uapi/other.h tree/include/dt/deep.h
	printf '#include <dt/%s.h>\n' c >tree/fs/x.c
	printf '#include <dt/%s.h>\n' deep >tree/fs/y.c
	# shellcheck disable=SC2034
	PARTS_PARTIAL=$PWD/index INDEX=$PWD/index KERNEL=$PWD RUN=$PWD/run KPATCH_BUILD_DIR=$TOP/kpatch-build \
		ORIG=$PWD/run/orig PATCHED=$PWD/run/patched image=() seen=() SCOPE_FILES=(include/uapi/a.h) SCOPE_MAKEFILES=()
	(index_make)
	# what a unit reads has a number
	grep -qx include/dt/c.h index/files
	declare -A kinds=() SCOPE_SEEN=() SCOPE_NEW=()
	reach_by_name
	[ "${seen[*]}" = fs/x.c ]
	grep -qx 'other fs/y.c' run/reach
	[ "$(sort run/changed | xargs)" = 'include/dt/b.h include/dt/c.h include/uapi/a.h' ]
	reach_farms
	for name in dt/b dt/c uapi/a; do
		[ "$(<"run/orig/include/$name.h")" = old ]
		[ "$(<"run/patched/include/$name.h")" = new ]
	done
	[ "$(<tree/include/dt/c.h)" = old ]
}

@test "what is kept is of one state of the patch's files, Makefiles too, and of our headers" {
	. "$TOP/kpatch-build/lib/kept.bash"
	mkdir -p after/fs glue
	echo 'obj-y := a.o' >after/fs/Makefile
	echo one >glue/x.h
	# shellcheck disable=SC2034
	KPATCH_BUILD_DIR=$TOP/kpatch-build KPATCH_GLUE_DIR=$PWD/glue COMPARE_UNIT=/bin/sh UNIT_NAMES=/bin/sh KERNEL=$PWD/kernel \
		RUN=$PWD LOG=$PWD/log SCOPE_FILES=() SCOPE_MAKEFILES=(fs/Makefile)
	kept_open <<<one
	patch=$KEPT_PATCH
	# standard input is no part of it
	kept_open <<<two
	[ "$KEPT_PATCH" = "$patch" ]
	echo 'obj-y += b.o' >>after/fs/Makefile
	kept_open </dev/null
	[ "$KEPT_PATCH" != "$patch" ]
	version=$KEPT
	echo two >glue/x.h
	kept_open </dev/null
	[ "$KEPT" != "$version" ]
}

# same_time FILE TEXT: with this text, which is always as long, and of one time
same_time() {
	printf '%s\n' "$2" >"$1"
	touch -d @1 "$1"
}

@test "what programs have made is of these programs, which have sizes and times of others" {
	. "$TOP/kpatch-build/lib/kept.bash"
	. "$TOP/kpatch-build/steps/prepare.bash"
	mkdir -p after glue
	for program in compare names differ glue/x.h; do
		same_time "$program" one
	done
	# shellcheck disable=SC2034
	KPATCH_BUILD_DIR=$TOP/kpatch-build KPATCH_GLUE_DIR=$PWD/glue KPATCH_CORE_DIR=$PWD/glue COMPARE_UNIT=$PWD/compare \
		UNIT_NAMES=$PWD/names DIFFER=$PWD/differ KERNEL=$PWD/kernel RUN=$PWD LOG=$PWD/log SCOPE_FILES=() \
		SCOPE_MAKEFILES=()
	kept_open
	version=$KEPT parts=$(prepare_parts_key)
	kept_open
	[ "$KEPT" = "$version" ] && [ "$(prepare_parts_key)" = "$parts" ]
	# use is what counts for who trims
	touch -d '8 days ago' "$KEPT"
	kept_open
	[ -z "$(find "$KEPT" -maxdepth 0 -mtime +7)" ]
	for program in compare names; do
		same_time "$program" two
		kept_open
		[ "$KEPT" != "$version" ]
		version=$KEPT
	done
	same_time differ two
	[ "$(prepare_parts_key)" != "$parts" ]
}

@test "what is kept, parts and the list of units are of the functions that make them" {
	. "$TOP/kpatch-build/lib/kept.bash"
	. "$TOP/kpatch-build/steps/index.bash"
	. "$TOP/kpatch-build/steps/prepare.bash"
	cp -r "$TOP/kpatch-build" ours
	mkdir -p after glue
	echo one >glue/x.h
	prepare_part() {
		mkdir -p "$1"
		touch "$1"/{nested,outside}
	}
	# shellcheck disable=SC2034
	KPATCH_BUILD_DIR=$PWD/ours KPATCH_GLUE_DIR=$PWD/glue KPATCH_CORE_DIR=$PWD/glue COMPARE_UNIT=glue/x.h \
		UNIT_NAMES=glue/x.h DIFFER=glue/x.h KERNEL=$PWD/kernel RUN=$PWD LOG=$PWD/log SCOPE_FILES=() SCOPE_MAKEFILES=()
	keys() {
		kept_open
		index_open
		printf '%s\n' "$KEPT" "$INDEX" "$(prepare_parts_key)"
	}
	keys >before
	echo '# another version' >>ours/lib/kbuild.bash
	keys >after.keys
	[ "$(wc -l <after.keys)" -eq 3 ]
	! grep -xFf before after.keys || false
}

@test "what is kept is trimmed at every verdict, and not by a run that is stopped" {
	. "$TOP/kpatch-build/lib/status.bash"
	eval "$(sed -n '/^clean_up() {/,/^}/p' "$DRIVER")"
	# shellcheck disable=SC2317 # called by what is tested
	end_line() { :; }
	# shellcheck disable=SC2317
	end_jobs() { :; }
	# shellcheck disable=SC2317
	runs_sweep() { :; }
	# shellcheck disable=SC2317
	prepare_trim() { :; }
	# shellcheck disable=SC2317
	kept_trim() { echo trimmed; return 1; }
	# shellcheck disable=SC2034
	OPT_JSON="" OPT_KEEP="" RUN="" OPT_OUTPUT=$PWD/out MODULE=m KPATCH_CACHE=$PWD/cache
	ended() ( if (exit "$1"); then clean_up; else clean_up; fi )
	for status in 0 2 3 4 5; do
		[ "$(ended $status || echo $?)" = "$(echo trimmed; [ $status -eq 0 ] || echo $status)" ]
	done
	for status in "$EXIT_SPACE" 143; do
		[ "$(ended "$status" || echo $?)" = "$status" ]
	done
}

@test "of what is known of patches the oldest goes, and nothing that a run of now may use" {
	. "$TOP/kpatch-build/lib/cache.bash"
	. "$TOP/kpatch-build/lib/kept.bash"
	# shellcheck disable=SC2034
	KERNEL=$PWD/kernel KEPT=$PWD/kernel/kept/mine KEPT_PATCH=$PWD/kernel/kept/mine/patches/now1
	mkdir -p "$KEPT/originals" "$KERNEL/parts"
	for number in {1..25}; do
		mkdir -p "$KEPT"/patches/{now,old}"$number"
		touch -d "-$((number + 2)) hours" "$KEPT/patches/old$number"
	done
	kept_trim
	ls "$KEPT/patches" >left
	[ "$(grep -c now left)" -eq 25 ]
	[ "$(grep old left | sort -V)" = "$(printf 'old%d\n' {1..20})" ]
}

@test "parts of a kernel that other versions have left go when they are not used for a week" {
	. "$TOP/kpatch-build/lib/cache.bash"
	. "$TOP/kpatch-build/steps/prepare.bash"
	eval "$(sed -n '/^clean_up() {/,/^}/p' "$DRIVER")"
	for name in end_line end_jobs runs_sweep kept_trim; do
		eval "$name() { :; }"
	done
	# shellcheck disable=SC2034
	OPT_JSON="" OPT_KEEP="" RUN="" OPT_OUTPUT=$PWD/out MODULE=m EXIT_KERNEL=10
	# shellcheck disable=SC2034
	KERNEL=$PWD/kernel PARTS=$PWD/kernel/parts/mine INDEX=$PWD/kernel/parts/index-mine
	mkdir -p kernel/parts/{mine,index-mine,other,old,index-old}/core
	touch -d '8 days ago' kernel/parts/{mine,index-mine,other,old,index-old}
	# to use one is enough
	prepare_part "$PWD/kernel/parts/other" false
	(true && clean_up)
	[ "$(cd kernel/parts && echo *)" = 'index-mine mine other' ]
}

@test "a file below tools/ that the kernel includes is not left out" {
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/steps/scope.bash"
	# shellcheck disable=SC2034
	PROG=kpatch-build LOG="" RUN=$PWD INDEX=$PWD
	echo 'c kernel/bpf/x.c vmlinux' >units
	cat >includers <<-END
		=tools/lib/x.c kernel/bpf/x.c
		tools/lib/x.h lib/test.c kernel/bpf/x.c
		tools/lib/y.c lib/test.c tools/lib/z.c
		x.c kernel/bpf/x.c
	END
	# shellcheck disable=SC2034
	SCOPE_FILES=(fs/x.c) SCOPE_MAKEFILES=()
	declare -A SCOPE_IGNORED=([tools/lib/y.c]=1 [tools/other/x.c]=1)
	scope_ignored >said
	[ "$FINDINGS" -eq 0 ]
	[ "$(grep -c 'tools/.* left out$' said)" -eq 2 ]
	for file in tools/lib/x.c tools/lib/x.h; do
		SCOPE_IGNORED[$file]=1
		status=0
		(scope_ignored) >said 2>&1 || status=$?
		cat said
		[ "$status" -eq 2 ]
		grep -q "changes $file, .*: kernel/bpf/x.c includes it.*\[shared-with-tools\]$" said
		! grep 'left out' said || false
		unset "SCOPE_IGNORED[$file]"
	done
}

@test "a patch of files below tools/ only is not for nothing before the kernel is asked" {
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/steps/scope.bash"
	# shellcheck disable=SC2034
	PROG=kpatch-build LOG="" RUN=$PWD INDEX=$PWD KPATCH_BUILD_DIR=$TOP/kpatch-build PATCHES=("$PWD/x.patch")
	echo 'c kernel/bpf/x.c vmlinux' >units
	echo '=tools/lib/x.c kernel/bpf/x.c' >includers
	ends() {
		status=0
		(scope_read_patches; ${1:-}) >said 2>&1 || status=$?
		cat said
	}
	sed -i 's|/fs/x|/tools/lib/x|' x.patch
	ends
	[ "$status" -eq 0 ]
	[ ! -s said ]
	ends scope_ignored
	[ "$status" -eq 2 ]
	grep -q '\[shared-with-tools\]$' said
	sed -i 's|/lib/x|/lib/z|' x.patch
	ends scope_ignored
	[ "$status" -eq 4 ]
	grep -q 'only tools/lib/z.c \[nothing-built\]$' said
	# what cannot be C of the kernel is told at once
	sed -i 's|/lib/z\.c|/lib/z.py|' x.patch
	ends
	[ "$status" -eq 4 ]
	grep -q 'only tools/lib/z.py \[nothing-built\]$' said
}

@test "what is kept does not go on in the line of a run that was killed" {
	. "$TOP/kpatch-build/lib/kept.bash"
	# shellcheck disable=SC2034
	KEPT=$PWD LOG=$PWD/log
	printf 'fs/a.c 1 2' >reads
	for unit in b c; do
		echo "fs/$unit.c 3 ." | kept_add reads
	done
	[ "$(<reads)" = $'fs/a.c 1 2\nfs/b.c 3 .\nfs/c.c 3 .' ]
	echo one | kept_add new
	[ "$(<new)" = one ]
}

@test "what a module says of its source files: those that its kernel has" {
	. "$TOP/kpatch-build/steps/report.bash"
	# shellcheck disable=SC2317 # called by what is tested
	describe_modules() { :; }
	# shellcheck disable=SC2317 # called by what is tested
	diff_outlives() { return "$fails"; }
	local fails=0
	# shellcheck disable=SC2034
	VERSION=1 OPT_BACKEND=livepatch OPT_REPLACE=1 CVES=() PATCHES=(x.patch) DIFF_UNITS=(fs/a.c fs/new.c)
	# shellcheck disable=SC2034
	declare -A INFO=([build_id]=12 [release]=6.1) SCOPE_NEW=([fs/new.c]=1)
	describe
	[ "$(printf '%s\n' "${MODINFO[@]}" | grep ^kpatch_unit=)" = kpatch_unit=fs/a.c ]
	# no module without the mark that it should have
	fails=1
	! describe || false
}

@test "the proof of a module: sources that are made during a build are sources" {
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/steps/verify.bash"
	# shellcheck disable=SC2034
	PROG=kpatch-build LOG="" INDEX=$PWD PATCHES=(m.ko)
	printf '%s\n' 'c fs/a.c vmlinux' 'made fs/b.c fs/b' 'asm fs/c.S vmlinux' >units
	# shellcheck disable=SC2034
	declare -A OWNERS=() INFO=([release]=6.1) VERIFY_INFO=([kpatch_unit]=$'fs/a.c\nfs/b.c')
	verify_find_units
	[ "${UNITS[*]}, ${OWNERS[fs/b.c]}" = "fs/a.c fs/b.c, fs/b" ]
	VERIFY_INFO[kpatch_unit]=fs/c.S
	status=0
	(verify_find_units) 2>said || status=$?
	[ "$status" -eq "$EXIT_MISMATCH" ]
	grep -q '\[unit-unknown\]$' said
}

@test "a changed file is known by every name that leads to it" {
	mkdir -p original/include patched/include
	for dir in original patched; do
		echo '#include "h.h"' >$dir/x.c
		echo 'int h;' >$dir/include/h.h
	done
	# seen SOURCE INCLUDE: is the change seen, and are both told to be read?
	seen() (
		cd patched
		export KPATCH_ORIGINAL=$OLDPWD/original KPATCH_PATCHED=$PWD KPATCH_CC=gcc
		export KPATCH_CHANGED=$OLDPWD/changed KPATCH_ADDED=''
		"$TOP/kpatch-build/compare-unit/compare-unit" -I "$2" -c -o dir.o "$1"
		cat dir.o.verdict
		[ "$(head -n 1 dir.o.verdict)" != unseen ]
		grep -qx 'reads x.c' dir.o.verdict
		grep -qx 'reads include/h.h' dir.o.verdict
	)
	echo 'int h = 1;' >patched/include/h.h
	echo include/h.h >changed
	seen x.c include
	seen x.c "$PWD/patched/include"
	seen x.c ./include/../include
	cp original/include/h.h patched/include/
	echo 'int x;' >>patched/x.c
	echo x.c >changed
	seen x.c include
	seen ./x.c include
	seen "$PWD/patched/x.c" include
	seen include/../x.c include
}

@test "a unit is told by its path" {
	. "$TOP/kpatch-build/steps/diff.bash"
	printf 'x.c: changed function: f\nax.c: x.c: y\n' >o
	printf 'create-diff-object: x.c: error: no [id]\ncreate-diff-object: error: no [id]\ncreate-diff-object: warning: x.c: or [id]\n' >e
	diff_name_unit fs/a/x.c o e
	[ "$(cat o e)" = $'fs/a/x.c: changed function: f\nax.c: x.c: y\ncreate-diff-object: fs/a/x.c: error: no [id]\ncreate-diff-object: error: no [id]\ncreate-diff-object: warning: fs/a/x.c: or [id]' ]
}

# init_inlined [UNSHOWN]: of a/x.c, by an inline function of a/y.h.
init_inlined() {
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/steps/diff.bash"
	PROG=kpatch-build LOG="" RUN=$PWD KPATCH_BUILD_DIR=$TOP/kpatch-build worst=0
	declare -gA OWN=([a/x.c]=1) OWNERS=([a/x.c]=vmlinux)
	UNITS=(a/x.c)
	DIFF_OBJECTS=(1)
	mkdir diff
	echo "a/x.c: note: setup (section .init.text) changed by the inlined f() of ./a/../a/y.h${1:+, which changed in nothing that is replaced}, and stays as it is: it has run already (y.h:3) [init-code-inlined]" >diff/1.out
}

@test "no header changed, so init code did not change by one" {
	init_inlined
	SCOPE_FILES=(a/x.c)
	diff_check_inlined 2>said
	cat said
	[ "$worst" -eq 2 ]
	grep -q 'init code changes: setup (section .init.text), which .*\[init-code-changed\]$' said
	# a header may have changed it
	worst=0 SCOPE_FILES=(a/x.c a/y.h)
	diff_check_inlined
	[ "$worst" -eq 0 ]
	# alone it has run, but for a module's
	SCOPE_FILES=(a/x.c) DIFF_OBJECTS=()
	diff_check_inlined
	[ "$worst" -eq 0 ]
	echo 'create-diff-object: warning: a/x.c: exit (section .exit.text) changed by the inlined f() of y.h, and stays as it is [init-code-inlined]' >diff/1.err
	diff_check_inlined 2>said
	[ "$worst" -eq 2 ]
	grep -q 'init code changes: exit (section .exit.text), which' said
}

@test "another header changed, so init code of a changed file did not change by this one" {
	init_inlined
	for header in b/a/y.h y.h; do
		worst=0 SCOPE_FILES=(a/x.c "$header")
		diff_check_inlined 2>said
		grep -q '\[init-code-changed\]$' said
		[ "$worst" -eq 2 ]
	done
	worst=0 SCOPE_FILES=(a/x.c a/y.h)
	sed -i "s|./a/../a/y.h|$PWD/a/y.h|" diff/1.out
	diff_check_inlined
	[ "$worst" -eq 0 ]
	sed -i "s|$PWD/a/y.h|./a/../a/y.h|" diff/1.out
	# of several, all have to be changed
	worst=0 SCOPE_FILES=(a/x.c a/y.h)
	sed -i 's| of ./a/../a/y.h| of a/y.h and g() of include/z.h|' diff/1.out
	diff_check_inlined 2>said
	[ "$worst" -eq 2 ]
	worst=0 SCOPE_FILES=(a/x.c a/y.h include/z.h)
	diff_check_inlined
	[ "$worst" -eq 0 ]
}

@test "a header's function that only init code has is lost where no unit replaces it" {
	init_inlined
	DIFFED=([1]=a/x.c [2]=b/z.c) DIFF_OBJECTS=("$PWD/diff/2.o")
	echo 'create-diff-object: a/x.c: setup (section .init.text) changed only since f and g did, which changed in nothing that is replaced here, and stays as it is: it has run already (y.h:3) [init-code-inlined]' >diff/1.err
	rm diff/1.out
	echo 'b/z.c: f() of ./a/y.h: inlined into two (carried)' >diff/2.out
	diff_check_elsewhere 2>said
	[ "$worst" -eq 2 ]
	grep -q 'init code changes: setup (section .init.text), which .*\[init-code-changed\]$' said
	worst=0
	echo 'b/z.c: changed function: g.cold' >>diff/2.out
	diff_check_elsewhere
	[ "$worst" -eq 0 ]
	# a copy that stays shows nothing
	sed -i 's/(carried)/(init code)/' diff/2.out
	diff_check_elsewhere 2>said
	[ "$worst" -eq 2 ]
	# alone it has run
	worst=0 DIFF_OBJECTS=()
	diff_check_elsewhere
	[ "$worst" -eq 0 ]
	sed -i 's/^create-diff-object: /&warning: /' diff/1.err
	diff_check_elsewhere 2>said
	[ "$worst" -eq 2 ]
}

@test "init code that stays with an old inlined function is told in one warning" {
	init_inlined
	MESSAGES=()
	DIFFED=([1]=a/x.c [2]=b/z.c [3]=m/m.c) DIFF_OBJECTS=("$PWD/diff/1.o")
	declare -a DIFF_OWNED=([1]=vmlinux [2]=vmlinux [3]=m/m)
	echo 'create-diff-object: b/z.c: start (section .init.text) changed only since f did, and stays as it is: it has run already (y.h:3) [init-code-inlined]' >diff/2.err
	echo 'create-diff-object: warning: m/m.c: leave (section .exit.text) changed only since f did, and stays as it is: the module runs the old one when it is removed (y.h:3) [init-code-inlined]' >diff/3.err
	diff_tell_inlined 2>said
	cat said
	[ "$(wc -l <said)" -eq 2 ]
	grep -q '^kpatch-build: warning: .*: a/x.c: setup, b/z.c: start; .*\[init-code-inlined\]$' said
	grep -q '^kpatch-build: warning: .* module .*: m/m.c: leave; .*\[init-code-inlined\]$' said
	[ "${#MESSAGES[@]}" -eq 2 ]
	# the differ's own line is not shown beside it
	diff_said '' diff/3.err 2>said
	[ ! -s said ]
	# where nothing is replaced, the kernel's is worth no warning
	DIFF_OBJECTS=()
	diff_tell_inlined 2>said
	[ "$(wc -l <said)" -eq 1 ]
}

@test "init code of a changed file is the header's only where replaced code shows it" {
	init_inlined unshown
	SCOPE_FILES=(a/x.c a/y.h)
	diff_check_inlined 2>said
	grep -q '\[init-code-changed\]$' said
	[ "$worst" -eq 2 ]
	# the patch leaves the unit alone, so that only headers can have changed it
	OWN=() OWNERS[a/z.c]=vmlinux worst=0 SCOPE_FILES=(a/z.c a/y.h)
	diff_check_inlined
	[ "$worst" -eq 0 ]
	# or what it includes
	unset 'OWNERS[a/z.c]'
	diff_check_inlined 2>said
	[ "$worst" -eq 2 ]
}

@test "a unit of several modules is compared with each of them" {
	local file
	for file in lib/message lib/run lib/status steps/addresses steps/diff steps/macros steps/report steps/shared; do
		# shellcheck source=/dev/null
		. "$TOP/kpatch-build/$file.bash"
	done
	"$TOP/test/unit/run" --keep u module-local
	mkdir -p run orig patched kernel/modules kernel/tree
	find u -name case.o -path '*orig*' -exec cp {} orig/shared.o \;
	find u -name case.o -path '*patched*' -exec cp {} patched/shared.o \;
	find u -name parent-symtab -exec cp {} kernel/modules/drivers@one.ko \;
	cp kernel/modules/drivers@one.ko kernel/modules/drivers@two-x.ko
	find u -name Module.symvers -exec cp {} kernel/tree/ \;
	mkdir parts
	grep -vE '^(#|$)' "$TOP/test/lib/facts" >parts/facts
	KERNEL=$PWD/kernel RUN=$PWD/run ORIG=$PWD/orig PATCHED=$PWD/patched PARTS=$PWD/parts LOG=$PWD/log OPT_JOBS=1
	MODULE=livepatch_t DIFFER=$TOP/create-diff-object/create-diff-object OPT_REPLACE=1 PATCHES=() VERBOSE="" TIMING=""
	UNITS=(shared.c) KPATCH_BUILD_DIR=$TOP/kpatch-build
	backend_module_is_current() { :; }
	declare -A OWNERS=([shared.c]="drivers/one drivers/two-x") OWN=([shared.c]=1) REASONS=() REASON_NAMES=() SCOPE_GONE=() INFO=()
	diff_objects >stdout 2>stderr || { cat stdout stderr; false; }
	cat stdout
	[ "${#DIFF_OBJECTS[@]}" -eq 2 ]
	[ "${DIFF_UNITS[*]}" = shared.c ]
	[ "${#CHANGES[@]}" -eq 1 ]
	[[ ${CHANGES[0]} == *": changed function: show ("*" on)" ]]
	# both can be one module, and each has its own module's name
	ld -r -T "$TOP/kpatch-build/join.lds" -o joined.o "${DIFF_OBJECTS[@]}"
	[ "$(nm joined.o | grep -c ' t show$')" -eq 2 ]
	strings -n 3 joined.o | grep -qx one
	strings -n 3 joined.o | grep -qx two_x
	# what the patch adds would have to be in each
	gcc -x c -c -o new.o - <<<'int shared_limit(int value) { return value < 64 ? value : 64; }'
	PROG=kpatch-build worst=0 FINDINGS=0
	OWNERS[drivers/net/shared.c]='drivers/net/one drivers/net/two'
	diff_check_owners drivers/net/shared.c "$PWD/new.o" 2>stderr
	cat stderr
	[ "$worst" -eq 2 ]
	as_in_the_guide several-owners
	OWNERS[drivers/net/shared.c]=drivers/net/one worst=0
	diff_check_owners drivers/net/shared.c "$PWD/new.o"
	[ "$worst" -eq 0 ]
}

# shared_begin: the steps of what units have of each other.
shared_begin() {
	local file
	for file in lib/message lib/run lib/status steps/shared; do
		# shellcheck source=/dev/null
		. "$TOP/kpatch-build/$file.bash"
	done
	PROG=kpatch-build LOG="" RUN=$PWD INDEX=$PWD ORIG=$PWD/orig PATCHED=$PWD/patched worst=0 FINDINGS=0
	declare -gA OWNERS=() OWN=()
}

@test "what is new in the file of a module is not for other objects" {
	shared_begin
	mkdir diff
	gcc -x c -c -o diff/1.o - <<<'int tun_answer(int value); int dev_ioctl(int value) { return tun_answer(value); }'
	gcc -x c -c -o diff/2.o - <<<'int tun_answer(int value) { return value; }'
	DIFFED=([1]=net/core/dev_ioctl.c [2]=drivers/net/tun.c)
	DIFF_STATUS=([1]=0 [2]=0)
	DIFF_OWNED=([1]=vmlinux [2]=drivers/net/tun)
	DIFF_OBJECTS=(diff/1.o diff/2.o)
	shared_check_uses 2>stderr
	cat stderr
	[ "$worst" -eq 2 ]
	as_in_the_guide new-of-module
	# another module's file neither; of the same one, or what the kernel itself has, is as it should be
	worst=0 DIFF_OWNED[1]=drivers/net/tap
	shared_check_uses 2>stderr
	[ "$worst" -eq 2 ]
	worst=0 DIFF_OWNED[1]=drivers/net/tun
	shared_check_uses
	DIFF_OWNED=([1]=drivers/net/tun [2]=vmlinux)
	shared_check_uses
	[ "$worst" -eq 0 ]
}

@test "a strong function that goes where another file has a weak one" {
	shared_begin
	mkdir -p orig/arch patched/arch patched/kernel
	printf 'c %s vmlinux\n' arch/process.c kernel/fork.c kernel/other.c >units
	printf 'c kernel/beside.c fs/beside\n' >>units
	UNITS=(arch/process.c) OWN[arch/process.c]=1 OWNERS[arch/process.c]=vmlinux
	gcc -x c -c -ffunction-sections -o orig/arch/process.o - <<-'END'
		void arch_release(int value) { }
		__attribute__((__section__(".init.text"))) void arch_begin(void) { }
		int stays(int value) { return value; }
	END
	gcc -x c -c -o patched/arch/process.o - <<<'static int stays(int value) { return value; } int (*at)(int) = stays;'
	cat >patched/kernel/fork.c <<-'END'
		void __weak other(void) { }
		void
		arch_release(int value);
		void __weak arch_begin(void) { }
		int stays(int value);
	END
	echo 'void __weak arch_release(int value) { }' >patched/kernel/beside.c
	echo 'int calls(void) { arch_release(1); }' >patched/kernel/other.c
	shared_check_weak
	[ "$worst" -eq 0 ]
	# one for each way to say it
	for said in 'void __weak arch_release(int value)' 'void arch_release(int value) __attribute__((weak));' \
		$'__weak void\narch_release(int value)' '#pragma weak arch_release'; do
		worst=0
		printf 'void first(void)\n{\n}\n%s\n{\n}\n' "$said" >patched/kernel/other.c
		shared_check_weak 2>stderr
		echo "$said"
		cat stderr
		[ "$worst" -eq 2 ]
		grep -q 'arch/process.c: arch_release is gone, and the weak one of kernel/other.c would .*\[weak-takes-over\]$' stderr
	done
	# what is weak is something else
	worst=0
	cat >patched/kernel/other.c <<-'END'
		/* as arch_release() */
		void __weak other(void) { }
		/* __weak: see there */
		extern void arch_release(int value);
		void __weak third(struct arch_release *value) { arch_release(1); }
	END
	shared_check_weak
	[ "$worst" -eq 0 ]
	# it is in another file of the patch from now on
	worst=0 UNITS+=(kernel/new.c)
	gcc -x c -c -o patched/kernel/new.o - <<<'void arch_release(int value) { }'
	shared_check_weak
	[ "$worst" -eq 0 ]
	# made static, the weak one runs for others as well
	UNITS=(arch/process.c)
	echo 'int __weak stays(int value) { return value; }' >patched/kernel/other.c
	shared_check_weak 2>stderr
	grep -q 'arch/process.c: stays is gone, and the weak one of kernel/other.c ' stderr
	[ "$worst" -eq 2 ]
}

@test "a system call that goes is left to the one that says there is none" {
	shared_begin
	mkdir -p orig/ipc patched/ipc patched/kernel
	printf 'c %s vmlinux\n' ipc/msg.c kernel/sys_ni.c >units
	UNITS=(ipc/msg.c) OWN[ipc/msg.c]=1 OWNERS[ipc/msg.c]=vmlinux
	gcc -x c -c -ffunction-sections -o orig/ipc/msg.o - <<<'long __x64_sys_msgget(int key) { return key; }'
	gcc -x c -c -o patched/ipc/msg.o - <<<'int other;'
	printf 'COND_SYSCALL(%s);\n' msgget_old old_msgget msgsnd >patched/kernel/sys_ni.c
	shared_check_weak
	[ "$worst" -eq 0 ]
	echo 'COND_SYSCALL(msgget);' >>patched/kernel/sys_ni.c
	shared_check_weak 2>stderr
	cat stderr
	[ "$worst" -eq 2 ]
	grep -q 'ipc/msg.c: __x64_sys_msgget is gone, and the weak one of kernel/sys_ni.c would ' stderr
	worst=0
	gcc -x c -c -ffunction-sections -o orig/ipc/msg.o - <<<'long __ia32_compat_sys_msgget(int key) { return key; }'
	echo 'COND_SYSCALL_COMPAT(msgget);' >patched/kernel/sys_ni.c
	shared_check_weak 2>stderr
	[ "$worst" -eq 2 ]
}

@test "names of an object that has many" {
	local i
	. "$TOP/kpatch-build/steps/shared.bash"
	. "$TOP/kpatch-build/steps/addresses.bash"
	mkdir patched
	# more than a pipe holds, and the name is the first of the list
	for i in {1..2500}; do
		printf 'a_long_name_of_a_function_that_is_wanted_%d()\n' "$i"
	done >names
	{
		sed 's/.*/extern int &;/; s/()/(void)/' names
		echo 'extern int a_first(void); int all(void) { return a_first()'
		sed 's/^/+ /' names
		echo '; }'
	} >user.c
	sed 's/.*/int & { return 1; }/; s/()/(void)/; 1i int a_first(void) { return 1; }' names >maker.c
	gcc -O0 -w -c -o patched/user.o user.c
	gcc -O0 -w -c -o maker.o maker.c
	set -o pipefail
	PATCHED=patched shared_lacks user.c a_first
	! PATCHED=patched shared_lacks user.c a_fir || false
	# left unbound, what is referred to weakly would be taken for missing
	gcc -x c -c -o patched/weak.o - <<<'__attribute__((weak)) int may_be(void); int all(void) { return may_be ? may_be() : 0; }'
	PATCHED=patched shared_lacks weak.c may_be
	# which another file of the patch has from now on
	mkdir orig
	gcc -x c -c -o orig/old.o - <<<'int a_first(void) { return 1; } int a_fir(void) { return 1; }'
	echo | gcc -x c -c -o patched/old.o -
	cp maker.o patched/maker.o
	UNITS=(old.c maker.c) ORIG=orig PATCHED=patched
	[ "$(shared_gone old.c)" = a_fir ]
	addresses_global maker.o a_first
	! addresses_global maker.o a_fir || false
}

# module_compile SIDE UNIT FLAG...
module_compile() {
	(cd "$1" && gcc -O2 -g -std=gnu11 -mcmodel=kernel -fno-pic -mno-red-zone -pg -mfentry -fcf-protection=none \
		-fno-asynchronous-unwind-tables -fno-stack-protector "-ffile-prefix-map=$PWD/$1=." \
		"${MODULE_FLAGS[@]}" "${@:3}" -c -o "$2.o" "$2.c")
}

# module_diff: both units of the module, as the driver has them differ; sets status.
module_diff() {
	local unit
	rm -rf run/diff
	for unit in a b; do
		module_compile patched "$unit" -ffunction-sections -fdata-sections
	done
	status=0
	(diff_objects) >stdout 2>stderr || status=$?
	cat stdout stderr
}

@test "old init code of a module that leads to what another unit of it replaces" {
	local file unit
	for file in lib/message lib/run lib/status steps/addresses steps/diff steps/macros steps/report steps/shared; do
		# shellcheck source=/dev/null
		. "$TOP/kpatch-build/$file.bash"
	done
	mkdir -p run orig patched shipped kernel/{modules,tree} parts
	echo 'static inline int scaled(int v) { return v * 3 + v / 5; }' >orig/x.h
	cat >orig/a.c <<-'END'
		#include "x.h"
		int far_one(int v);
		__attribute__((__section__(".init.text"))) int setup(int v) { return far_one(scaled(v)) + 2; }
	END
	cat >orig/b.c <<-'END'
		#include "x.h"
		static __attribute__((__noinline__)) int shown(int v) { return scaled(v) + 5; }
		int far_one(int v) { return shown(v) + shown(v + 1); }
		int other(int v) { return v * 5; }
	END
	cp orig/* patched/
	cp orig/* shipped/
	sed -i 's/v \* 3/v * 7/' patched/x.h
	for unit in a b; do
		module_compile orig "$unit" -ffunction-sections -fdata-sections
	done
	calls_ship
	cp "$TOP/test/lib/Module.symvers" kernel/tree/
	grep -vE '^(#|$)' "$TOP/test/lib/facts" >parts/facts
	KERNEL=$PWD/kernel RUN=$PWD/run ORIG=$PWD/orig PATCHED=$PWD/patched PARTS=$PWD/parts LOG=$PWD/log OPT_JOBS=1
	MODULE=livepatch_t DIFFER=$TOP/create-diff-object/create-diff-object OPT_REPLACE=1 PATCHES=() VERBOSE="" TIMING=""
	PROG=kpatch-build KPATCH_BUILD_DIR=$TOP/kpatch-build UNITS=(a.c b.c) SCOPE_FILES=(x.h)
	declare -A OWNERS=([a.c]=drivers/one [b.c]=drivers/one) OWN=() REASONS=() REASON_NAMES=() SCOPE_GONE=() INFO=()
	macros_tell() { :; }
	backend_module_is_current() { :; }
	reach_text() { return 1; }
	module_diff
	[ "$status" -eq 2 ]
	[ "$(grep -c ' leads to shown, which is replaced: .*KPATCH_IGNORE_FUNCTION.*\[init-code-changed\]$' stderr)" -eq 1 ]
	grep -q 'a.c: error: setup (section .init.text) changed by the inlined scaled() of x.h' stderr
	# where another function of that unit is replaced only, it is told as before
	sed -i 's/ shown(int v) { return scaled(v)/ shown(int v) { return v * 3 + v \/ 5/; s/v \* 5/scaled(v)/' patched/b.c
	module_diff
	[ "$status" -eq 0 ]
	[ "$(grep -c '\[init-code-inlined\]$' stderr)" -eq 1 ]
	[[ $(<stdout) == *"1 changed function"* ]]
}

# A kernel tree whose program for the configuration knows "config NAME", "default y" and "source" only.
small_kconfig() {
	mkdir -p kernel/tree/{scripts/kconfig,fs}
	printf 'source "fs/Kconfig"\nsource "Documentation/Kconfig"\n' >kernel/tree/Kconfig
	printf 'config A\n\tdefault y\nconfig B\n\thelp\n\t  Text.\n' >kernel/tree/fs/Kconfig
	echo CONFIG_A=y >kernel/tree/.config
	cat >kernel/tree/scripts/kconfig/conf <<-'END'
		#!/bin/bash
		[[ $1 == --olddefconfig && -z $HOME ]] || exit 3
		read_file() {
			local line name
			[[ -e $1 ]] || { echo "$2:1: can't open file \"$1\"" >&2; exit 1; }
			while IFS= read -r line; do
				case $line in
				"source "*) line=${line#*\"}; read_file "${line%\"}" "$1" ;;
				"config "*) name=${line#config } ;;
				$'\tdefault y') echo "CONFIG_$name=y" ;;
				esac
			done <"$1"
		}
		read_file "$2" "" >config.new && mv config.new .config
	END
	chmod +x kernel/tree/scripts/kconfig/conf
	: >kernel/env
}

@test "Kconfig files: what becomes of the configuration" {
	local file
	for file in lib/message lib/run lib/status lib/farm lib/kbuild steps/kconfig steps/scope; do
		# shellcheck source=/dev/null
		. "$TOP/kpatch-build/$file.bash"
	done
	small_kconfig
	declare -A INFO=([tree]=x [release]=6.1.0-9-amd64)
	# asked SED: what is said of fs/Kconfig as sed changes it
	asked() (
		LOG=$PWD/log VERBOSE="" KERNEL=$PWD/kernel RUN=$PWD/run SCOPE_KCONFIGS=(fs/Kconfig) SCOPE_FILES=(x.c) SCOPE_MAKEFILES=()
		: >log
		rm -rf run
		mkdir -p run/{before,after}/fs
		cp kernel/tree/fs/Kconfig run/before/fs/
		sed "$1" kernel/tree/fs/Kconfig >run/after/fs/Kconfig
		kconfig 2>&1
	)
	before=$(cd kernel && find . -type f -exec sha256sum {} + | sort)
	asked 's/Text/Other/' >said
	cat said
	grep -q 'fs/Kconfig: the kernel.s configuration stays as it is' said
	! grep error: said || false
	asked 's/config B/config C/' >said
	! grep error: said || false
	asked 's/^\thelp/\tdefault y/' >said
	cat said
	grep -q ' (CONFIG_B), .*\[configuration-changed\]$' said
	asked '/default y/d' | grep -q ' (CONFIG_A), .*\[configuration-changed\]$'
	asked 's/^config B/source "fs\/none\/Kconfig"\n&/' >said
	grep -q 'stays as it is' said
	asked 's/^config B/source "..\/x"\n&/' | grep -q 'fs/Kconfig, and .* cannot be told.*\[build-files-changed\]$'
	# in trees of the run's own
	[ "$(cd kernel && find . -type f -exec sha256sum {} + | sort)" = "$before" ]
	rm kernel/tree/scripts/kconfig/conf
	asked 's/Text/Other/' | grep -q '\[build-files-changed\]$'
}

@test "assembly that compare-unit cannot judge is assembled on both sides" {
	. "$TOP/kpatch-build/lib/run.bash"
	source_reach
	LOG=$PWD/log VERBOSE="" ORIG=$PWD/orig PATCHED=$PWD/patched OPT_JOBS=1
	declare -A verdicts=([x/a.S]="failed original" [x/b.S]="changed")
	mkdir -p orig/x patched/x
	# shellcheck disable=SC2317 # called by what is sourced
	compile_farm() { (cd "$1" && gcc -g -I . -c -o "$3" "${3%.o}.S"); }
	for farm in orig patched; do
		# shellcheck disable=SC2016 # assembly
		printf '#include "numbers.h"\nf: mov $NUMBER, %%eax\n' | tee $farm/x/a.S >$farm/x/b.S
		echo '#define NUMBER 1' >$farm/numbers.h
	done
	reach_same_assembly x/a.S
	! reach_same_assembly x/b.S || false
	echo '#define NUMBER 2' >patched/numbers.h
	! reach_same_assembly x/a.S || false
	rm patched/numbers.h
	! reach_same_assembly x/a.S || false
}

@test "code in Rust is judged by what it knows of C" {
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/lib/run.bash"
	. "$TOP/kpatch-build/lib/kbuild.bash"
	. "$TOP/kpatch-build/steps/scope.bash"
	source_reach
	# shellcheck disable=SC2034 # read by what is sourced
	PROG=kpatch-build LOG=$PWD/log VERBOSE="" ORIG=$PWD/orig PATCHED=$PWD/patched KERNEL=$PWD INDEX=$PWD/index \
		SCOPE_FILES=(include/linux/x.h) rust=(rust/kernel.rs)
	declare -A INFO=([tree]=/)
	mkdir -p {tree,orig,patched}/rust/{bindings,uapi,helpers,kernel}
	touch tree/rust/bindings/bindings_helper.h tree/rust/uapi/uapi_helper.h tree/rust/helpers/helpers.c \
		tree/rust/kernel/code.rs.S tree/.config
	# shellcheck disable=SC2317 # called by what is sourced
	{
		reach_load_env() { :; }
		kbuild_load_env() { :; }
		kbuild() {
			[[ " $* " != *" kpatch-code "* ]] || cp "$1/code" "$1/rust/kpatch-code.rs"
			[[ " $* " != *" kpatch-bindings "* ]] || echo "$*" >asked
		}
	}
	printf '%s\n' 'int a;' '// Cut here.' 'code' | tee orig/code >patched/code
	# judged BINDINGS UAPI [HELPERS [INLINE]]: what is found with these verdicts
	judged() {
		local name
		FINDINGS=0
		rm -f patched/rust/*.verdict
		for name in bindings uapi helpers inline; do
			[[ -z ${1:-} ]] || printf '%b\n' "$1" >patched/rust/kpatch-$name.o.verdict
			shift || true
		done
		reach_rust >/dev/null 2>said
		cat said
	}
	for verdict in unseen same unused; do
		judged "$verdict" unseen same
		[ "$FINDINGS" -eq 0 ]
	done
	judged 'changed foo\nby bar\nat include/linux/x.h' unseen same
	[ "$FINDINGS" -eq 1 ]
	grep -q 'the change of foo in include/linux/x.h is also seen by code in Rust by way of bar (rust/kernel.rs).*\[header-reaches-rust\]$' said
	judged same 'changed ?\nby ?\nat include/linux/x.h' same
	[ "$FINDINGS" -eq 1 ]
	grep -q 'the change of a declaration without a name in include/linux/x.h is also seen by code in Rust (rust/kernel.rs)' said
	judged same same "changed bar"
	[ "$FINDINGS" -eq 1 ]
	for verdict in "failed original" "failed patched" ""; do
		judged "$verdict" unseen same
		[ "$FINDINGS" -eq 1 ]
	done
	# where helpers become part of code in Rust, they are compared as any unit
	judged same same same "changed x"
	[ "$FINDINGS" -eq 0 ]
	echo CONFIG_RUST_INLINE_HELPERS=y >tree/.config
	judged same same same "changed x"
	[ "$FINDINGS" -eq 1 ]
	grep -q ' kpatch-inline$' asked
	judged same same same same
	[ "$FINDINGS" -eq 0 ]
	# only what stands behind the line is code in Rust
	sed -i 1s/a/b/ patched/code
	judged same same same same
	[ "$FINDINGS" -eq 0 ]
	sed -i 's/^code/& 2/' patched/code
	judged same same same same
	[ "$FINDINGS" -eq 1 ]
	cp orig/code patched/code
	# a kernel that has fewer of these
	rm -r tree/rust/uapi tree/rust/helpers tree/rust/kernel/*
	echo >tree/.config
	judged same "" ""
	[ "$FINDINGS" -eq 0 ]
	SCOPE_FILES=(rust/helpers/x.c)
	judged unseen unseen unseen
	[ "$FINDINGS" -eq 1 ]
}

@test "the text of a unit whose headers are made is known where its object was kept" {
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/lib/run.bash"
	source_reach
	# shellcheck disable=SC2034 # read by what is sourced
	PROG=kpatch-build LOG=$PWD/log VERBOSE="" ORIG=$PWD/orig PATCHED=$PWD/patched
	mkdir -p orig patched/fs
	# compare-unit finds the header in both farms once make has been there
	# shellcheck disable=SC2317 # called by what is sourced
	{
		reach_load_env() { KBUILD_ENV=(); }
		compile_load_env() { KBUILD_ENV=(); }
		reach_run() {
			if [[ $1 == "$ORIG" ]]; then
				[[ $2 != REACH_RULES_MADE ]] || touch orig/made.h
			elif [[ -e orig/made.h ]]; then
				printf '%s\n' "changed scaled" ${KBUILD_ENV[0]:+"item scaled function"} >patched/fs/x.o.verdict
			else
				echo "failed original" >patched/fs/x.o.verdict
			fi
		}
	}
	reach_text fs/x.c text
	[ "$(cat text)" = "scaled function" ]
	# a unit that has none of them fails for another reason
	rm orig/made.h
	# shellcheck disable=SC2317 # called by what is sourced
	reach_run() { echo "failed original" >patched/fs/x.o.verdict; }
	known=0
	reach_text fs/x.c text || known=$?
	[ "$known" -eq 1 ]
}

@test "headers that are made once for the whole kernel" {
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/lib/run.bash"
	source_reach
	# shellcheck disable=SC2034 # read by what is sourced
	PROG=kpatch-build LOG=$PWD/log VERBOSE="" RUN=$PWD/run KERNEL=$PWD/kernel SCOPE_FILES=(include/xen/interface/xen.h)
	mkdir -p run/{before,after}/include/xen/interface kernel/tree/arch/x86/include/generated/asm
	echo '#define __HYPERVISOR_x 1' >run/before/include/xen/interface/xen.h
	changed() {
		FINDINGS=0
		sed "$1" run/before/include/xen/interface/xen.h >run/after/include/xen/interface/xen.h
		reach_made >/dev/null 2>&1
		echo "$FINDINGS"
	}
	[ "$(changed 's/1/2/')" -eq 0 ]
	: >kernel/tree/arch/x86/include/generated/asm/xen-hypercalls.h
	[ "$(changed 's/1/2/')" -eq 1 ]
	[ "$(changed 's/$/ \/* more *\//')" -eq 0 ]
	[ "$(changed '1s/^/#line 5\n/')" -eq 0 ]
}

@test "what is kept of a patch is kept for these files" {
	. "$TOP/kpatch-build/lib/kept.bash"
	RUN=. SCOPE_FILES=(a.h b.h)
	mkdir after
	echo a >after/a.h
	echo b >after/b.h
	first=$(kept_sum)
	[ "$(kept_sum)" = "$first" ]
	rm after/b.h
	gone=$(kept_sum)
	[ "$gone" != "$first" ]
	echo >after/a.h
	[ "$(kept_sum)" != "$gone" ]
	# not what is on the terminal
	SCOPE_FILES=()
	[ "$(echo 1 | kept_sum)" = "$(echo 2 | kept_sum)" ]
}

@test "what the differ says of several units is one message, with some of them and of the functions" {
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/steps/diff.bash"
	KPATCH_BUILD_DIR=$TOP/kpatch-build
	local layout='the layout of struct s changed, but objects of it may exist in the running kernel' i
	tail='(x.h:4); keep it as it is [struct-layout-changed]'
	echo "create-diff-object: a/1.c: error: $layout $tail" >1.err
	echo "create-diff-object: a/2.c: error: $layout; f, g.isra.0 use it and stay as they are $tail" >2.err
	echo "create-diff-object: a/3.c: error: $layout; f uses it and stays as it is $tail" >3.err
	# nothing of it is an expression
	for i in 1 2; do
		printf '%s\n' "create-diff-object: warning: a/$i.c: m&m \\1 [a-warning]" >>"$i.err"
	done
	echo "create-diff-object: a/3.c: error: only here [other]" >>3.err
	echo "create-diff-object: error: damaged [other]" >>3.err
	diff_said '' 1.err 2.err 3.err 2>said
	diff - said <<-END
		create-diff-object: a/1.c, a/2.c, a/3.c: error: $layout; f, g.isra.0 use it and stay as they are $tail
		create-diff-object: warning: a/1.c, a/2.c: m&m \\1 [a-warning]
		create-diff-object: a/3.c: error: only here [other]
		create-diff-object: error: damaged [other]
	END
	diff_said '' 3.err 2>said
	diff 3.err said
	# others are counted
	for i in 1 2 3 4 5 6 7; do
		echo "create-diff-object: a/$i.c: error: $layout; u$i, v$i use it and stay as they are $tail" >"$i.err"
	done
	diff_said '' ./?.err 2>said
	diff - said <<-END
		create-diff-object: a/1.c, a/2.c, a/3.c, a/4.c, a/5.c and 2 more: error: $layout; u1, v1, u2, v2, u3 and 9 more use it and stay as they are $tail
	END
}

@test "the address of a function whose prototype changed, or that is gone, must not be in another file" {
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/steps/addresses.bash"
	PROG=kpatch-build LOG="" RUN=$PWD ORIG=$PWD PATCHED=$PWD INDEX=$PWD KERNEL=$PWD KPATCH_BUILD_DIR=$TOP/kpatch-build worst=0
	mkdir -p diff a
	printf '%s\n' 'asm a/entry.S vmlinux' 'asm arch/x86/entry/z.S vmlinux' 'c a/other.c vmlinux' >units
	echo 'call shown' >a/other.c
	printf '%s\n' '#include "shown.h"' '/* shown,' '   shown */' 'call shown_not // shown' 'nop # shown' ' # shown' >a/entry.S
	printf '%s\n' a/x.c arch/x86/entry/calling.h include/linux/x.h >files
	mkdir -p arch/x86/entry include/linux
	echo 'x: nop' | gcc -c -x assembler -o vmlinux -
	echo 'int shown(int v);' | tee arch/x86/entry/calling.h >include/linux/x.h
	gcc -O2 -fno-pic -fno-pie -x c -c -o a/x.o - <<<'int shown(int v) { return v; } int listed(int v) { return -v; } static int own(int v) { return v + 1; } int (*p)(int) = own;'
	# a call, and a jump
	gcc -O2 -fno-pic -fno-pie -x c -c -o a/calls.o - <<<'int shown(int), listed(int), other(int); int f(int v) { return shown(v) + listed(v); } int g(int v) { return shown(v); } int (*p)(int) = other;'
	DIFFED=([1]=a/x.c [2]=a/calls.c) UNITS=(a/x.c a/calls.c)
	: >diff/2.out
	{
		echo "create-diff-object: a/x.c: note: what the function shown takes or returns changed (parameter 1: int became long int); no other file may have its address (a/x.c:1) [prototype-of-global]"
		echo "a/x.c: removed function: listed"
		echo "a/x.c: removed function: own"
	} >diff/1.out
	diff_check_addresses 2>said
	[ ! -s said ]
	# a table, by a cast, and code
	gcc -O2 -fno-pic -fno-pie -ffunction-sections -fdata-sections -x c -c -o a/table.o - <<<'int shown(long), own(int); const struct { int (*p)(int); } ops = { (int (*)(int))shown }; int h(void) { return own(1); } int (*p)(int) = own;'
	gcc -O2 -fno-pic -fno-pie -x c -c -o a/code.o - <<<'int listed(int); void add(int (*)(int)); void h(void) { add(listed); }'
	UNITS+=(a/table.c a/code.c)
	diff_check_addresses 2>said
	cat said
	[ "$worst" -eq 2 ]
	[ "$(wc -l <said)" -eq 2 ]
	grep -qx 'kpatch-build: error: a/x.c: what the function shown takes or returns changed (parameter 1: int became long int), but a/table.c has its address .* \[prototype-changed\]' said
	grep -qx 'kpatch-build: warning: a/x.c: listed is gone, but in the original a/code.c has its address: .* \[removed-address\]' said
	# assembly, behind a file that has the name in a comment only; an address in a comment is none of //
	UNITS=(a/x.c) worst=0
	printf '%s\n' '/* https://example.org/ */' 'call shown /*' '*/' >arch/x86/entry/z.S
	(set -Eeuo pipefail && diff_check_addresses) 2>said
	sed 's,arch/x86/entry/z.S,a/entry.S,' said >first
	mv arch/x86/entry/z.S a/entry.S
	diff_check_addresses 2>said
	diff first said
	cat said
	[ "$worst" -eq 2 ]
	[ "$(wc -l <said)" -eq 1 ]
	grep -qx 'kpatch-build: error: a/x.c: what the function shown takes or returns changed (parameter 1: int became long int), but a/entry.S, which is assembly, has its name: .* \[prototype-changed\]' said
	echo >a/entry.S
	printf '# define SHOW call shown\n' >>arch/x86/entry/calling.h
	diff_check_addresses 2>said
	grep -q 'but arch/x86/entry/calling.h, which is assembly, has its name' said
	# BPF: the whole name, and no other kind
	rm arch/x86/entry/calling.h
	for id in func__shown__safe__7 struct__shown__7 func__shown__7; do
		echo "__BTF_ID__$id: .zero 4" | gcc -c -x assembler -o vmlinux -
		diff_check_addresses 2>said
		[ "$(cat said)" = "" ] || echo "$id" >>told
	done
	[ "$(cat told)" = func__shown__7 ]
	grep -qx 'kpatch-build: error: a/x.c: what the function shown takes or returns changed (parameter 1: int became long int), but BPF programs may call it, .* \[prototype-changed\]' said
	echo 'x: nop' | gcc -c -x assembler -o vmlinux -
	# tables that are no section of data
	for section in __tracepoints .pci_fixup_resume; do
		gcc -O2 -fno-pic -fno-pie -x c -c -o a/table.o - <<<"int shown(int); struct { int (*p)(int); } t __attribute__((section(\"$section\"))) = { shown };"
		UNITS=(a/x.c a/table.c) worst=0
		diff_check_addresses 2>said
		[ "$worst" -eq 2 ]
	done
}

@test "a macro that stands for another number is told, and one that is code is not" {
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/steps/macros.bash"
	PROG=kpatch-build LOG="" RUN=$PWD KPATCH_BUILD_DIR=$TOP/kpatch-build SCOPE_FILES=(x.h y.c new.c)
	declare -A SCOPE_NEW=([new.c]=1)
	mkdir before after
	cat >before/x.h <<-'END'
		#define PLAIN 1
		# define SHIFT	(1 << 3) /* a bit */
		#define BITS BIT(3)
		#define MASK GENMASK(3, 0)
		#define OTHER (PLAIN | \
			       SHIFT)
		#define TIME (5 * HZ) // seconds
		#ifdef X
		#define COND 1
		#else
		#define COND 2
		#endif
		#define SPACE	(1|2)
		#define ERROR ERR_PTR(-1)
		#define POINTER ((void *)-1)
		#define FLAGS ((__force gfp_t)1)
		#define STRUCT ((struct inode *) 1)
		#define VARIABLE (current_t + 1)
		#define TYPE (u8)
		#define COMMENT 1 /* of
		#define INSIDE 1
		*/
		static const char *star = "/proc/*", quote = '"', slash[] = "\"//";
		#define LIMIT 5
		static const char *long_one = "of \
			two lines /*";
		#define BOUND 5
		#error don't /* one
		#define WITHIN 1
		*/
		int x; /* it isn't, "/* */
		#define END 5
		#define GETIT _IOR('k', 1, struct vhost_state)
		#define SETIT _IOW(PLAIN, 0x5, char[IFNAMSIZ])
		#define RUNIT _IO( PLAIN, 1)
		#define LENGTH (sizeof(struct vhost_state) + 1)
		#define CASE 'a'
		#define ORDER cpu_to_be32(BIT(5))
		#define TYPED ((sfq_index)~1)
		#define TWICE 7
		#define FEWER 1
		#define FEWER 7
		#define CALLED (call)(1)
		#define WITH(x) 1
		#define TEXT "1"
		#define CALL call(1)
		#define CALL_OF CALL(1)
		#define CODE do { } while (1)
		#define MOVED 1
		#define GONE 1
		#define EMPTY
	END
	sed -E 's/\b1\b/11/g; s/\b3\b/13/; s/\b5\b/15/; s/\b2$/12/; /SPACE/s/.*/#define SPACE (1|2)/; /COMMENT/s/11.*/1 \/* one of/; /MOVED|GONE|FEWER 1/d; s/(FEWER) 7/\1 1/; s/TWICE 7/& \/\/\n#undef TWICE\n#define TWICE 4/; s/EMPTY/& 1/; s/TYPE .u8/TYPE (u16/; s/0x5/0x6/; s/'\''a'\''/'\''b'\''/' before/x.h >after/x.h
	: >before/y.c
	echo '#define MOVED 1' >after/y.c
	echo '#define NEW 1' >after/new.c
	sed -i 's/SHIFT)/COND)/' after/x.h
	macros_tell 2>said
	cat said
	[ "$(sed -E 's/.*the macro ([A-Z]+) changed from .*/\1/' said | paste -sd ' ')" = 'PLAIN SHIFT BITS MASK OTHER TIME COND ERROR POINTER FLAGS STRUCT LIMIT BOUND END GETIT SETIT RUNIT LENGTH CASE ORDER TYPED TWICE' ]
	grep -qx 'kpatch-build: warning: the macro SHIFT changed from (1 << 3) to (11 << 13): .* \[macro-changed\]' said
	grep -qF 'OTHER changed from (PLAIN | SHIFT) to (PLAIN | COND):' said
	# nothing to compare with
	SCOPE_FILES=(new.c)
	macros_tell 2>said
	[ ! -s said ]
}

@test "make rules that do not lead from the top to every object" {
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/steps/prepare.bash"
	PROG=kpatch-build LOG=$PWD/log TARGET_RELEASE=5.10.0-30-cloud-amd64
	# shellcheck disable=SC2317 # called by what is sourced
	kbuild_owners() { printf '%s\n' "${rules[@]}"; }
	rules=('subdir kernel' 'subdir arch/x86')
	prepare_check_kbuild tree
	for only in 'subdir init' 'subdir kernel' 'subdir arch/x86'; do
		rules=("$only")
		status=0
		(prepare_check_kbuild tree) 2>stderr || status=$?
		cat stderr
		[ "$status" -eq 2 ]
		as_in_the_guide kernel-too-old
	done
}

@test "what objtool says of the joined objects" {
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/steps/link.bash"
	PROG=kpatch-build LOG=$PWD/log RUN=$PWD VERBOSE=""
	# shellcheck disable=SC2317 # called by what is sourced
	log_file() { :; }
	echo 'joined.o: a word of no weight' >tool.out
	(link_objtool_said)
	for said in 'joined.o: warning: objtool: f+0x5: return with modified stack frame' \
		'joined.o: error: objtool: f+0x5: unknown instruction'; do
		echo "$said" >tool.out
		status=0
		(link_objtool_said) 2>stderr || status=$?
		cat stderr
		[ "$status" -eq 2 ]
		grep -qxF "$said" stderr
		as_in_the_guide objtool-warning
	done
}

@test "old code that is not seen must not meet new code of other files" {
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/steps/diff.bash"
	PROG=kpatch-build LOG="" RUN=$PWD worst=0
	mkdir diff
	echo 'create-diff-object: warning: x.c: f cannot be redirected (x.c:1) [body-unseen]' >diff/1.err
	DIFF_OBJECTS=(1)
	diff_check_bodies
	[ "$worst" -eq 0 ]
	DIFF_OBJECTS=(1 2)
	diff_check_bodies 2>stderr
	cat stderr
	[ "$worst" -eq 2 ]
	as_in_the_guide body-beside-others
	: >diff/1.err
	worst=0
	diff_check_bodies
	[ "$worst" -eq 0 ]
}

@test "the screen has the functions of the differ's explanation, each with a short reason" {
	local KPATCH_BUILD_DIR=$TOP/kpatch-build
	. "$TOP/kpatch-build/steps/diff.bash"
	cat >o <<-'END'
		fs/a/x.c: changed function: f (calls g at +0x5, fs/a/x.c:7)
		fs/a/x.c: new function: g (called by f at +0x5)
		fs/a/x.c: copied string: "y: changed function: h" (used by f at +0x9)
		fs/a/x.c: table entries of f: 1 of __mcount_loc
		fs/a/x.c: removed function: h
		fs/a/x.c: note: z: new function: h [id]
		fs/a/x.c: changed function: i (differs: nop instead of cld at +0x5, a/z.h:29, in deep() inlined at a/y.h:28, in inner() inlined at a/x.c:1)
		fs/a/x.c: changed function: j (kernel table entry differs: __bug_table at fs/a/x.c:12)
		fs/a/x.c: changed function: k (uses the string "at x.c:7" instead of "a" at +0x8, fs/a/x.c:2, in l() inlined at fs/a/x.c:8)
		fs/a/x.c: new function: l (jumped to by k at +0x9, fs/a/x.c:7)
		fs/a/x.c: new function: m (new, and other files may use it)
	END
	diff_functions o '' >said
	diff - said <<-'END'
		fs/a/x.c: changed function: f (from line 7 on)
		fs/a/x.c: new function: g (called by f)
		fs/a/x.c: removed function: h
		fs/a/x.c: changed function: i (from a/x.c:1 on, in deep() inlined there)
		fs/a/x.c: changed function: j (from line 12 on)
		fs/a/x.c: changed function: k (from line 8 on, in l() inlined there)
		fs/a/x.c: new function: l (jumped to by k)
		fs/a/x.c: new function: m
	END
	[ "$(diff_functions o ' (see a/b&c)' | head -n 1)" = 'fs/a/x.c: changed function: f (see a/b&c)' ]
	# the differ saw which of the names it is
	cat >o <<-'END'
		a/x.c: changed function: f (differs: nop instead of cld at +0x5, a/z.h:29, in deep() inlined at a/y.h:28, in inner() inlined at a/x.c:1)
		a/x.c: changed function: g (differs: nop instead of cld at +0x5, a/x.c:9, in own() inlined at a/x.c:12)
	END
	diff_functions o ' (the unit sees the change of A, inner)' 'A inner' >said
	diff - said <<-'END'
		a/x.c: changed function: f (the unit sees the change of inner)
		a/x.c: changed function: g (the unit sees the change of A, inner)
	END
}

@test "another suite: its kernels, by a name that no package source of the machine has" {
	[ -e /etc/debian_version ] || skip "not a Debian"
	archive "$PWD/archive"
	archive_has linux-image-6.1.0-7-cloud-amd64-dbg 6.1.7-1
	suite_has there-backports linux-image-9.9.1+t-cloud-amd64-dbg 9.9.1-1
	suite_has there-backports linux-headers-9.9.1+t-cloud-amd64 9.9.1-1
	[ "$("$DRIVER" --suite there-backports --list-kernels | tail -n 1)" = 9.9.1+t-cloud-amd64 ]
	[ "$("$DRIVER" --list-kernels | tail -n 1)" = 6.1.0-7-cloud-amd64 ]
	refused 11 package-gone --suite there-backports --kernel 9.9.1+t-cloud-amd64 -o out x.patch
	refused_once 10 unknown-kernel --kernel 9.9.1+t-cloud-amd64 -o out x.patch
	refused_once 10 unknown-suite --suite nowhere --kernel 9.9.1+t-cloud-amd64 -o out x.patch
	refused_once 10 unknown-suite --suite there-backports-updates --kernel 9.9.1+t-cloud-amd64 -o out x.patch
	sed -i 's/^Origin: .*/Origin: Somebody/' archive/dists/*/Release
	rm -r cache/apt@*
	refused_once 10 unknown-suite --suite there-backports --kernel 9.9.1+t-cloud-amd64 -o out x.patch
	refused_once 10 unknown-suite --suite '../x' --kernel 9.9.1+t-cloud-amd64 -o out x.patch
	[ -z "$(find cache -name 'apt@[.]*')" ]
	refused_once 1 usage --suite there-backports -s t -o out x.patch
	nothing_left cache out
}

# tools: static programs, for a root that has nothing else
static_root() {
	mkdir -p "$1/usr/bin"
	cp "$(command -v busybox)" "$1/usr/bin/"
	echo 'int puts(const char *); int main(void) { puts("gcc-99 (Debian 99.1-1) 99.1"); }' |
		gcc -static -x c -o "$1/usr/bin/gcc-99" -
}

@test "a program of another root: its /usr, and all other paths" {
	. "$TOP/kpatch-build/lib/root.bash"
	static_root root
	echo mine >mine
	[ "$(in_root "$PWD/root" busybox ls /usr/bin)" = $'busybox\ngcc-99' ]
	[ "$(in_root "$PWD/root" busybox cat "$PWD/mine")" = mine ]
	[ "$(in_root "" cat mine)" = mine ]
	# shellcheck disable=SC2030
	KPATCH_ROOT=/usr/share/base-files
	[ -n "$(in_root "$PWD/root" busybox ls "$KPATCH_ROOT")" ]
	[ -x /usr/bin/env ]
}

@test "the kernel's compiler: a root in the cache has it" {
	. "$TOP/kpatch-build/lib/kbuild.bash"
	. "$TOP/kpatch-build/steps/target.bash"
	unset CC
	export KPATCH_CACHE=$PWD/cache
	root="$KPATCH_CACHE/roots/gcc-99__Debian_99.1-1__99.1"
	static_root "$root"
	compiler_check "gcc-99 (Debian 99.1-1) 99.1"
	[ "$KBUILD_ROOT" = "$root" ]
	[ "$TARGET_CC_TEXT" = "gcc-99 (Debian 99.1-1) 99.1" ]
	# the machine's, when it is that one
	compiler_check "$(gcc --version | head -n 1)"
	[ -z "$KBUILD_ROOT" ]
}

# Who has no name in a user namespace may make none below it.
@test "the kernel's compiler: in a root, but not for a user who may not enter it" {
	mkdir -p t/kernel
	touch t/Makefile t/Kbuild t/Module.symvers
	echo 'CONFIG_CC_VERSION_TEXT="gcc-99 (Debian 99.1-1) 99.1"' >t/.config
	printf '\177ELF Linux version 5.4.3 (x)' >t/vmlinux
	static_root cache/roots/gcc-99__Debian_99.1-1__99.1
	unshare --user true 2>/dev/null || skip "no right to make a namespace"
	printf '#!/bin/sh\nexec unshare --user "%s" "$@"\n' "$DRIVER" >stranger
	chmod +x stranger
	DRIVER=./stranger refused_once 14 no-namespaces -s t -o out x.patch
	grep -q "built by \"gcc-99 (Debian 99.1-1) 99.1\"\. It is in $PWD/cache/roots/gcc-99__Debian_99.1-1__99.1," stderr
	# who may, gets further
	refused_once 15 no-livepatch -s t -o out x.patch
}

@test "archive: unknown release, with those that are alike" {
	[ -e /etc/debian_version ] || skip "not a Debian"
	archive "$PWD/archive"
	archive_has linux-image-6.1.0-7-cloud-amd64-dbg 6.1.7-1
	refused_once 10 unknown-kernel --kernel 6.1.0-9-cloud-amd64 -o out x.patch
	grep -q '6.1.0-7-cloud-amd64' stderr
	refused_once 10 unknown-kernel --kernel ../../etc -o out x.patch
	nothing_left cache out
}

@test "archive: listed, but one of its packages is gone" {
	[ -e /etc/debian_version ] || skip "not a Debian"
	archive "$PWD/archive"
	archive_has linux-headers-6.1.0-7-cloud-amd64 6.1.7-1
	archive_has linux-image-6.1.0-7-cloud-amd64-unsigned 6.1.7-1
	archive_has linux-source-6.1 6.1.8-1
	refused 11 package-gone --kernel 6.1.0-7-cloud-amd64 -o out x.patch
	[ "$(grep -c 'linux-image-6.1.0-7-cloud-amd64-dbg in version 6.1.7-1' stderr)" -eq 1 ]
	[ "$(grep -c 'linux-source-6.1 in version 6.1.7-1' stderr)" -eq 1 ]
	nothing_left cache out
}

@test "several kernels: each is tried, and the worst is told" {
	archive "$PWD/archive"
	archive_has linux-headers-9.9.0-1-amd64 9.9.1-1
	status=0
	"$DRIVER" --kernel 9.9.0-1-amd64 --kernel 9.9.0-2-amd64 --kernel 9.9.0-1-amd64 -o out -n many --json report \
		x.patch >stdout 2>stderr || status=$?
	cat stdout stderr report
	[ "$status" -eq 11 ]
	grep -q '^kernel   9.9.0-1-amd64 (1 of 2)$' stdout
	grep -qE '^9.9.0-1-amd64 +unavailable +[0-9.]+ s  status 11: package-gone$' stdout
	grep -qE '^9.9.0-2-amd64 +unavailable +[0-9.]+ s  status 10: unknown-kernel$' stdout
	[ "$(jq -c '[.exit_status, (.kernels[] | .kernel, .status, .verdict, .messages[0].id)]' report)" = \
		'[11,"9.9.0-1-amd64",11,"unavailable","package-gone","9.9.0-2-amd64",10,"unavailable","unknown-kernel"]' ]
	[ -s cache/logs/many-9.9.0-1-amd64.log ]
	nothing_left cache out
}

@test "several kernels: a pattern stands for what the archive has" {
	archive "$PWD/archive"
	for release in 9.9.0-1-amd64 9.9.0-2-amd64 9.8.0-1-amd64; do
		archive_has "linux-image-$release-dbg" 9.9.1-1
		archive_has "linux-headers-$release" 9.9.1-1
	done
	status=0
	"$DRIVER" --kernel '9.9.*' --kernel '9.8.*' -o out x.patch >stdout 2>stderr || status=$?
	cat stdout stderr
	[ "$status" -eq 11 ]
	[ "$(sed -n 's/^kernel   //p' stdout)" = \
		$'9.9.0-1-amd64 (1 of 3)\n9.9.0-2-amd64 (2 of 3)\n9.8.0-1-amd64 (3 of 3)' ]
	refused_once 10 unknown-kernel --kernel '9.7.*' -o out x.patch
	refused_once 10 unknown-kernel --kernel ../x --kernel 9.9.0-1-amd64 -o out x.patch
	nothing_left cache out
}

@test "several kernels: what each run is told" {
	parse() (
		set -- "$@"
		eval "$(sed -n '/^parse_options() {/,/^}/p' "$DRIVER")"
		PROG=kpatch-build OPT_KERNELS=() FORWARD=()
		parse_options "$@"
		echo "${FORWARD[*]}"
	)
	[ "$(parse --kernel a -R -n x --json f -j3 -o d --kernel b --timing=t x.patch --backend core)" = \
		'-R -j 3 --timing t --backend core' ]
}

@test "several kernels: the worst status" {
	. "$TOP/kpatch-build/lib/status.bash"
	. "$TOP/kpatch-build/steps/many.bash"
	order=(0 3 2 4 5 1 10 17 137)
	for i in "${!order[@]}"; do
		for j in "${!order[@]}"; do
			worst=${order[i > j ? i : j]}
			[ "$(many_worse "${order[i]}" "${order[j]}")" -eq "$worst" ]
		done
	done
}

@test "several kernels: an interrupt ends the run that goes on" {
	archive "$PWD/archive"
	archive_has linux-headers-9.9.0-1-amd64 9.9.1-1
	mkdir -p cache
	hold cache/prepare.lock
	"$DRIVER" --kernel 9.9.0-1-amd64 --kernel 9.9.0-2-amd64 -o out x.patch >stdout 2>stderr 8>&- &
	pid=$!
	until_said 'waiting: another run prepares' stdout "$pid"
	kill -TERM "$pid"
	status=0
	wait "$pid" || status=$?
	cat stdout stderr
	[ "$status" -eq 143 ]
	! grep -q '2 of 2' stdout || false
	nothing_left cache out
	# nobody holds the cache any more
	flock -n cache/use.lock true
}

# assembled LINE...: what the assembler gets of them where f and f.part.0 are to be called, by a also h, and by b
# what a pointer leads to.
assembled() {
	# shellcheck disable=SC2016 # for the script
	printf '#!/bin/sh\ncat "$1"\n' >as
	chmod +x as
	printf '%b\n' "$@" >x.s
	bash "$TOP/kpatch-build/assembly.bash" f:f.part.0:a@h:b@__x86_indirect_thunk ./as x.s
}

@test "jumps to new functions become calls, with the return that the file has" {
	diff <(assembled '\tret' '\tint3' '\tjmp\tf' '\tjmp\tg' '\tjmp\t*f' '\tjne\t.L2') \
		<(printf '%b\n' '\tret' '\tint3' '\tcall\tf' '\tret' '\tint3' '\tjmp\tg' '\tjmp\t*f' '\tjne\t.L2')
	diff <(assembled '\tjmp\tf.part.0' '\tret' '\tjmp\t__x86_return_thunk') \
		<(printf '%b\n' '\tcall\tf.part.0' '\tjmp\t__x86_return_thunk' '\tret' '\tjmp\t__x86_return_thunk')
	diff <(assembled '\tjne\tf' '\tret') \
		<(printf '%b\n' '\tjne\t.Lkpatch_call1' '\tjmp\t.Lkpatch_past1' .Lkpatch_call1: '\tcall\tf' '\tret' \
			.Lkpatch_past1: '\tret')
	# by the function that they are in, and its parts
	diff <(assembled 'a:' '\tjmp\th' '\tjmp\t__x86_indirect_thunk_rax' 'a.cold:' '\tjne\th' 'b:' '.L3:' '\tjmp\th' \
		'\tjmp\t__x86_indirect_thunk_r11' 'c.isra.0:' '\tjmp\th' '\tjmp\t__x86_indirect_thunk_r11' '\tret') \
		<(printf '%b\n' 'a:' '\tcall\th' '\tret' '\tjmp\t__x86_indirect_thunk_rax' 'a.cold:' '\tjne\t.Lkpatch_call1' \
			'\tjmp\t.Lkpatch_past1' .Lkpatch_call1: '\tcall\th' '\tret' .Lkpatch_past1: 'b:' '.L3:' '\tjmp\th' \
			'\tcall\t__x86_indirect_thunk_r11' '\tret' 'c.isra.0:' '\tjmp\th' '\tjmp\t__x86_indirect_thunk_r11' '\tret')
	[ "$(compgen -G 'x.s*')" = x.s ]
	diff <(assembled '\tjmp\tf' '\tjmp\tg') <(printf '%b\n' '\tjmp\tf' '\tjmp\tg')
	printf '\tret\n\tjmp\tf\n' >y.s
	diff <(bash "$TOP/kpatch-build/assembly.bash" f cat y.s) <(printf '\tret\n\tjmp\tf\n')
}

# shellcheck disable=SC2016 # assembly
@test "runtime constants of the functions that are asked for are read from their variables" {
	local section='.pushsection runtime'
	place() {
		printf '\t%s\n1:\n%s_%s,"a"\n\t.long 1b - %s - .\n.popsection\n' "$1" "$section" "$2" "$3"
	}
	changed() {
		{ printf '%s:\n' "$1"; cat; } >z.s
		awk -v names=h:f@runtime-constant:g@x -f "$TOP/kpatch-build/current-function.awk" \
			-f "$TOP/kpatch-build/runtime-constants.awk" z.s | tail -n +2
	}
	pointer='mov $81985529216486895,'
	[ "$(place "$pointer%r12" ptr_table 8 | changed f)" = $'\tmovq table(%rip),%r12' ]
	[ "$(place "$pointer%rax" ptr_table 8 | changed f.part.0.cold)" = $'\tmovq table(%rip),%rax' ]
	[ "$(place 'shrl $12,%eax' shift_bits 1 | changed f)" = \
		$'\tpushq %rcx\n\tmovzbl bits(%rip),%ecx\n\tshrl %cl,%eax\n\tpopq %rcx' ]
	[ "$(place 'shrl $12,%ecx' shift_bits 1 | changed f)" = \
		$'\tpushq %rax\n\tmovl %ecx,%eax\n\tmovzbl bits(%rip),%ecx\n\tshrl %cl,%eax\n\tmovl %eax,%ecx\n\tpopq %rax' ]
	# what is not asked for, or not known, stays
	for name in g h ff; do
		diff <(place "$pointer%rax" ptr_table 8 | changed "$name") <(place "$pointer%rax" ptr_table 8)
	done
	for odd in "$pointer%rax|shift_bits|8" 'shrl $12,%eax|ptr_table|1' "$pointer%rax|ptr_table|4" 'shrl $12,%eax|shift_bits|8' \
		"$pointer%eax|mask_bits|4" 'shrl $13,%eax|shift_bits|1' 'shrq $12,%rax|shift_bits|1'; do
		IFS='|' read -r instruction variable size <<<"$odd"
		diff <(place "$instruction" "$variable" "$size" | changed f) <(place "$instruction" "$variable" "$size")
	done
	# one that breaks off, and one right behind it
	diff <({ printf '\t%s%%rax\n1:\n' "$pointer"; place "$pointer%rdx" ptr_table 8; } | changed f) \
		<(printf '\t%s%%rax\n1:\n\tmovq table(%%rip),%%rdx\n' "$pointer")
}

@test "jumps of the functions that are asked for get room for any distance, and no others" {
	local line
	widened() {
		{ printf '%s:\n' "$1"; printf '\t%b\n' "$2"; } |
			awk -v names=h:f@short-jump:g@x -f "$TOP/kpatch-build/current-function.awk" \
				-f "$TOP/kpatch-build/short-jumps.awk" | tail -n 1
	}
	[ "$(widened f 'jmp\tg')" = $'\tjmp.d32\tg' ]
	[ "$(widened f.part.0 'jne\t__slow.isra.0')" = $'\tjne.d32\t__slow.isra.0' ]
	for name in g h ff; do
		[ "$(widened "$name" 'jmp\tg')" = $'\tjmp\tg' ]
	done
	for line in 'jmp\t.L2' 'jmp\t*%rax' 'jmp\t*table(,%rax,8)' 'jmp g' 'call\tg'; do
		[ "$(widened f "$line")" = "$(printf '\t%b' "$line")" ]
	done
	# what the assembler makes of them: no byte, and no change of what a condition is
	printf '%s\n' f: 'jmp f' 'jne f' 'jbe f' | sed 's/^j/\tj/; s/ /\t/' >short.s
	awk -v names=f@short-jump -f "$TOP/kpatch-build/current-function.awk" -f "$TOP/kpatch-build/short-jumps.awk" short.s >wide.s
	for file in short wide; do
		as "$file.s" -o "$file.o"
		objdump -d "$file.o" | sed -nE 's/.*\t(j[a-z]+ ).*(<.*)/\1\2/p' >"$file"
	done
	cmp short wide
	[ "$(wc -l <wide)" -eq 3 ]
	[ "$(size -A short.o | awk '$1 == ".text" { print $2 }')" -eq 6 ]
	[ "$(size -A wide.o | awk '$1 == ".text" { print $2 }')" -eq 17 ]
}

@test "the differ's jumps are made calls where nothing else is in the way" {
	local said='create-diff-object: x.c: error: a ends in a jump to the new function'
	. "$TOP/kpatch-build/steps/diff.bash"
	{
		echo "$said f, in which the kernel would not find it [tail-call]"
		echo "$said f.part.0, in which the kernel would not find it [tail-call]"
		echo "$said f, in which the kernel would not find it [tail-call]"
		echo 'create-diff-object: x.c: warning: something [some]'
	} >err
	[ "$(diff_jumps err | xargs)" = "f f.part.0" ]
	{
		echo 'create-diff-object: a/x.c: error: b.isra.0 ends in a jump to h, which may call the new function f, in which it [tail-call]'
		echo 'create-diff-object: error: c ends in a jump to where a pointer leads, perhaps to the new function f, in which it [tail-call]'
	} >>err
	[ "$(diff_jumps err | xargs)" = "b.isra.0@h c@__x86_indirect_thunk f f.part.0" ]
	[ "$(diff_jump_words b.isra.0@h:c@__x86_indirect_thunk:f)" = "h in b.isra.0, where a pointer leads in c, f" ]
	cp err constants
	echo 'create-diff-object: x.c: error: e.isra.0 has the value of table as a constant that the kernel writes (x.c:3); read it [runtime-constant]' >>constants
	[ "$(diff_jumps constants | xargs)" = "b.isra.0@h c@__x86_indirect_thunk e.isra.0@runtime-constant f f.part.0" ]
	cp err short
	echo 'create-diff-object: x.c: error: e jumps to h with a short jump, since both are in (x.c:3); change other [shared-section-jump]' >>short
	[ "$(diff_jumps short | xargs)" = "b.isra.0@h c@__x86_indirect_thunk e@short-jump f f.part.0" ]
	cp err all
	echo 'create-diff-object: x.c: error: d ends in a jump to where a pointer leads, perhaps to the new function f, which may be a goto and in which it [tail-call]' >>err
	[ -z "$(diff_jumps err)" ]
	mv all err
	echo "$said g, which may have arguments on the stack and in which the kernel would not find it [tail-call]" >>err
	[ -z "$(diff_jumps err)" ]
	echo 'create-diff-object: x.c: error: something [data-changed]' >err
	[ -z "$(diff_jumps err)" ]
}

@test "what would be seen to is no reason beside a refusal that stays" {
	local said='create-diff-object: x.c: error: '
	. "$TOP/kpatch-build/steps/diff.bash"
	# shellcheck disable=SC2317 # called by what is tested
	compile_can_call() { [[ -z ${cannot:-} ]]; }
	{
		echo "${said}e has the value of table as a constant that the kernel writes (x.c:3); read it [runtime-constant]"
		echo 'create-diff-object: warning: x.c: something [some]'
		echo "${said}a ends in a jump to the new function f, in which the kernel would not find it [tail-call]"
	} >asks
	cp asks err
	diff_drop_asks err
	cmp err asks
	echo "${said}something [data-changed]" >>err
	cp err both
	cannot=1
	diff_drop_asks err
	cmp err both
	cannot=""
	diff_drop_asks err
	[ "$(cat err)" = "$(grep -E '\[(some|data-changed)\]$' both)" ]
	grep '\[data-changed\]$' both >err
	cp err both
	diff_drop_asks err
	cmp err both
}

@test "a unit that cannot be compiled with calls is as it was; a full disk is told" {
	for file in "$TOP"/kpatch-build/{lib/{status,message,run},steps/compile}.bash; do
		# shellcheck source=/dev/null
		. "$file"
	done
	mkdir patched
	echo jumps >patched/x.o
	printf 'CONFIG_%s=y\n' CC_IS_GCC UNWINDER_ORC >config
	# shellcheck disable=SC2034
	LOG=$PWD/log PATCHED=$PWD/patched KERNEL=$PWD KPATCH_BUILD_DIR=$TOP/kpatch-build RUN=$PWD VERBOSE=""
	# shellcheck disable=SC2317 # called by what is tested
	config_value() { sed -n "s/^CONFIG_$1=//p" "$2"; }
	# shellcheck disable=SC2317
	compile_farm() { echo "$said" >"$PATCHED.out"; return 1; }
	# shellcheck disable=SC2317
	die() { echo "$2"; exit 0; }
	said="no such option"
	! compile_calls x.c f || false
	[ "$(<patched/x.o)" = jumps ]
	grep -q "$said" log
	said="x.s: No space left on device"
	[ "$(compile_calls x.c f)" = no-space ]
}

# calls_ship: the module that runs, of what is in shipped/.
calls_ship() {
	local unit
	for unit in a b; do
		module_compile shipped "$unit"
	done
	ld -r -z noexecstack -o kernel/modules/drivers@one.ko shipped/a.o shipped/b.o
}

# calls_module: a module drivers/one of a.c, which has init code, and b.c. A patch changes what they inline from a
# header, and has two functions of a.c end in a jump to a new one.
calls_module() {
	local unit
	mkdir -p run orig patched shipped kernel/{modules,tree} parts
	echo 'static inline int scaled(int v) { return v * 3 + v / 5; }' >orig/x.h
	cat >orig/a.c <<-'STOP'
		#include "x.h"
		int far_one(int v);
		__attribute__((__section__(".init.text"))) int setup(int v) { return scaled(v) + 2; }
		int one(int v) { far_one(v); return scaled(v) + 1; }
		int two(int v) { far_one(v); return scaled(v) + 2; }
	STOP
	printf '#include "x.h"\nint far_one(int v) { return scaled(v) + 5; }\n' >orig/b.c
	cp orig/* patched/
	cp orig/* shipped/
	sed -i 's/v \* 3/v * 7/' patched/x.h
	sed -i -e '2s/$/ static __attribute__((__noinline__)) int waits(int v) { return far_one(v) + 3; }/' \
		-e 's/return \(scaled(v) + [12]\); }$/return waits(\1); }/; /setup/s/waits//' patched/a.c
	for unit in a b; do
		module_compile orig "$unit" -ffunction-sections -fdata-sections
	done
	calls_ship
	cp "$TOP/test/lib/Module.symvers" kernel/tree/
	grep -vE '^(#|$)' "$TOP/test/lib/facts" >parts/facts
	printf 'CONFIG_%s=y\n' CC_IS_GCC UNWINDER_ORC >kernel/config
}

# calls_begin: the steps for that module, with gcc in kbuild's place.
calls_begin() {
	local file
	for file in lib/{kbuild,kept,message,progress,run,status} steps/{addresses,compile,diff,macros,report,shared}; do
		# shellcheck source=/dev/null
		. "$TOP/kpatch-build/$file.bash"
	done
	# shellcheck disable=SC2317 # called by what is tested
	{
	macros_tell() { :; }
	backend_module_is_current() { :; }
	reach_text() { return 1; }
	reach_count_others() { REACH_NOT_ASKED=0; }
	compile_farm() {
		local farm=${1#"$PWD/"} object words
		read -ra words <<<"${calls:-}"
		shift 2
		for object; do
			echo "$farm/$object${words[1]:+ ${words[1]##*,}}" >>compiled
			module_compile "$farm" "${object%.o}" -ffunction-sections -fdata-sections "${words[@]}" || return
		done >"$farm.out" 2>&1
	}
	}
	# shellcheck disable=SC2034
	{
	KERNEL=$PWD/kernel RUN=$PWD/run ORIG=$PWD/orig PATCHED=$PWD/patched PARTS=$PWD/parts LOG=$PWD/log OPT_JOBS=1
	MODULE=livepatch_t DIFFER=$TOP/create-diff-object/create-diff-object OPT_REPLACE=1 PATCHES=() VERBOSE="" TIMING=""
	PROG=kpatch-build KPATCH_BUILD_DIR=$TOP/kpatch-build SCOPE_FILES=(a.c x.h) KEPT="" KEPT_PATCH="" UNITS=(a.c)
	declare -gA OWNERS=([a.c]=drivers/one [b.c]=drivers/one) OWN=([a.c]=1) REASONS=() REASON_NAMES=() SCOPE_GONE=() INFO=()
	}
	calls_module
}

# calls_diff: sets status
calls_diff() {
	status=0
	(diff_objects) >stdout 2>stderr || status=$?
	cat stdout stderr compiled
}

# calls_to_new OBJECT: how often waits() of a.c is called there.
calls_to_new() {
	objdump -dr "$1" | grep -B 1 -E "(\.text\.|[[:space:]])waits-0x4" | grep -c '\<call\>' || true
}

readonly CALLS_TOLD='a.c: jumps to waits are made calls, by which '

@test "a unit with jumps to a new function is compiled and compared once more, with calls" {
	calls_begin
	compile_units
	[ "$(calls_to_new patched/a.o)" -eq 0 ]
	calls_diff
	[ "$status" -eq 0 ]
	[ "$(grep -c "$CALLS_TOLD" stdout)" -eq 1 ]
	grep -q '; a loop of them takes stack with each round$' stdout
	[ "$(calls_to_new patched/a.o)" -eq 2 ]
	[ "$(calls_to_new run/diff/1.o)" -eq 2 ]
	[ "$(grep -cx 'patched/a.o waits' compiled)" -eq 1 ]
	# of two modules: once for both
	rm -r run/diff compiled
	cp kernel/modules/drivers@{one,two}.ko
	OWNERS[a.c]="drivers/one drivers/two"
	compile_units
	[ "$(calls_to_new patched/a.o)" -eq 0 ]
	calls_diff
	[ "$status" -eq 0 ]
	[ "$(grep -c "$CALLS_TOLD" stdout)" -eq 1 ]
	[ "$(calls_to_new run/diff/1.o)" -eq 2 ]
	[ "$(calls_to_new run/diff/2.o)" -eq 2 ]
	[ "$(grep -cx 'patched/a.o waits' compiled)" -eq 1 ]
}

# calls_shared LINE...: a.c of these, whose functions are in one section.
calls_shared() {
	{
		echo '#define SHARED __attribute__((__section__(".sched.text"), __noipa__))'
		echo 'int far_one(int v);'
		printf '%s\n' "$@"
	} >orig/a.c
	cp orig/a.c shipped/
	cp orig/*.[ch] patched/
	calls_ship
}

@test "a short jump to a function of the same section becomes one that leads anywhere" {
	calls_begin
	calls_shared 'static SHARED int slow(int v) { return far_one(v) + 1; }' \
		'SHARED int one(int v) { far_one(v); return slow(v); }' \
		'SHARED int two(int v) { far_one(v); return slow(v); }'
	sed -i '/one(int v) { far/s/slow(v)/slow(v + 2)/' patched/a.c
	compile_units
	calls_diff
	[ "$status" -eq 0 ]
	grep -qx 'patched/a.o one@short-jump' compiled
	[ "$(objdump -dr run/diff/1.o | grep -A 1 '\<jmp\>' | grep -c 'slow.*-0x4$')" -eq 1 ]
	[ "$(grep -c 'changed function: ' run/diff/1.out)" -eq 1 ]
	! grep -q 'are made calls' stdout || false
	[ ! -s stderr ]
}

@test "a short jump that leads to a new function becomes a call" {
	calls_begin
	calls_shared 'SHARED int one(int v) { far_one(v); return v + 1; }' 'SHARED int two(int v) { far_one(v); return v + 2; }'
	sed -i -e '2s/$/ static SHARED int waits(int v) { return far_one(v) + 3; }/' -e 's/return \(v + [12]\);/return waits(\1);/' patched/a.c
	compile_units
	calls_diff
	[ "$status" -eq 0 ]
	grep -qx 'patched/a.o one@short-jump:two@short-jump' compiled
	grep -qx 'patched/a.o one@short-jump:two@short-jump:waits' compiled
	[ "$(grep -c "$CALLS_TOLD" stdout)" -eq 1 ]
	[ "$(calls_to_new run/diff/1.o)" -eq 2 ]
	[ ! -s stderr ]
}

@test "calls are not told of where the unit is refused all the same" {
	calls_begin
	sed -i 's/far_one(v); return scaled(v) + 2/return scaled(v) + 2/' shipped/a.c
	module_compile shipped a
	ld -r -z noexecstack -o kernel/modules/drivers@two.ko shipped/a.o shipped/b.o
	for owners in "drivers/one drivers/two" "drivers/two drivers/one"; do
		rm -rf run/diff
		OWNERS[a.c]=$owners
		compile_units
		calls_diff
		[ "$status" -eq 2 ]
		grep -q '\[differs-from-shipped\]$' stderr
		# one of both had nothing else in the way
		[ "$(tail -n 1 compiled)" = "patched/a.o waits" ]
		! grep -q 'are made calls' stdout || false
	done
}

@test "what the patch asks to leave out is told, also of a unit where nothing else changes" {
	calls_begin
	UNITS=(a.c b.c)
	cp orig/*.[ch] patched/
	sed -i 's/+ 5; }/+ 6; }/' patched/b.c
	sed -i '/one/s/+ 1; }/+ 6; }/' patched/a.c
	printf 'static const void *const left __attribute__((__used__, __section__(".kpatch.ignore.functions"))) = %s;\n' \
		one >>patched/a.c
	module_diff
	[ "$status" -eq 0 ]
	[[ $(<stdout) == *"1 changed function"*"1 unit(s) without a change"* ]]
	[[ $(<stderr) == "create-diff-object: warning: a.c: a change of one is left out, as KPATCH_IGNORE_FUNCTION asks: "*" [function-ignored]" ]]
	sed 's/one;$/far_one;/' <(tail -n 1 patched/a.c) >>patched/b.c
	module_diff
	[ "$status" -eq "$EXIT_UNCHANGED" ]
	[ "$(grep -c '\[function-ignored\]$' stderr)" -eq 2 ]
}

@test "a unit that does not compile with calls is refused for its jumps" {
	calls_begin
	compile_units
	cp patched/a.o before.o
	echo '#error once only' >>patched/a.c
	calls_diff
	[ "$status" -eq 2 ]
	[ "$(tail -n 1 compiled)" = "patched/a.o waits" ]
	grep -q 'once only' log
	[ "$(grep -c '\[tail-call\]$' stderr)" -eq 2 ]
	! grep -q 'are made calls' stdout || false
	cmp before.o patched/a.o
	[ -z "${COMPILED_CALLS[*]}" ]
}

# calls_asked_first: of the patch's own unit in farms of its own, as reach_first() has it
calls_asked_first() {
	local ORIG=$PWD/own/orig PATCHED=$PWD/own/patched
	mkdir own
	cp -r orig patched own/
	compile_units
	diff_first
}

@test "what the compiler warns of in the patched source only is told" {
	calls_begin
	# shellcheck disable=SC2034 # of kept_get, kept_put
	KEPT=$PWD/kept KEPT_PATCH=$PWD/kept/patch RUN_NAME=1
	echo 'char old_one(void); char old_one(void) { return 300; }' >>orig/a.c
	cp orig/a.c patched/a.c
	(compile_units) 2>stderr
	[ ! -s stderr ]
	echo 'char new_one(void); char new_one(void) { return 400; }' >>patched/a.c
	# the original is compiled, or is there
	for _ in 1 2; do
		rm -rf kept/patch
		(compile_units) 2>stderr
		cat stderr
		[ "$(wc -l <stderr)" -eq 1 ]
		grep -qE '^kpatch-build: warning: a.c:[0-9]+:[0-9]+: the compiler warns, .*400.*\[-Woverflow\].* \[compiler-warning\]$' stderr
		rm -rf kept/originals/a.o
		mv kept/originals kept/gone
		(compile_units) 2>stderr
		[ "$(wc -l <stderr)" -eq 1 ]
	done
}

@test "a unit that was asked first has its calls also beside the others" {
	calls_begin
	for KEPT in "" "$PWD/kept"; do
		KEPT_PATCH=${KEPT:+$KEPT/patch}
		COMPILED_CALLS=()
		DIFF_NUMBERS=()
		rm -rf run/diff own compiled patched/a.o
		UNITS=(a.c)
		calls_asked_first >stdout
		grep -q "$CALLS_TOLD" stdout
		UNITS=(a.c b.c)
		compile_units
		[ "$(calls_to_new patched/a.o)" -eq 2 ]
		[ "$(grep '/\?patched/a.o' compiled)" = $'own/patched/a.o\nown/patched/a.o waits' ]
		# the differ is asked again, what init code leads to: b.c is another one, too
		calls_diff
		[ "$status" -eq 0 ]
		[ -e run/diff/1.said ]
		[[ $(<stdout) == *"3 changed function(s), 1 new"* ]]
		! grep -q '\[tail-call\]$' run/diff/*.err || false
	done
	# a later run has to be told of the calls
	[ "$(calls_to_new kept/patch/patched/a.o)" -eq 0 ]
	[ -s kept/patch/patched/b.o ]
}

# calls_both FIRST: both units, of which FIRST was asked before; empty: none
calls_both() {
	DIFF_NUMBERS=() COMPILED_CALLS=() DIFF_CALLS=()
	rm -rf run/diff compiled own
	UNITS=("$1")
	[ -z "$1" ] || calls_asked_first
	UNITS=(a.c b.c)
	compile_units
	calls_diff
	[ "$status" -eq 0 ]
}

# pointers_module: one() of a.c jumps to where a pointer leads; b.c has the address of a new function.
pointers_module() {
	# shellcheck disable=SC2034 # of module_compile
	MODULE_FLAGS=(-mindirect-branch=thunk-extern -mindirect-branch-register)
	echo 'int one(int (*f)(int), int v); int one(int (*f)(int), int v) { return v ? f(v) : 3; }' >orig/a.c
	echo 'int far_one(int v); void *two(void); void *two(void) { far_one(0); return 0; }' >orig/b.c
	sed 's/f(v)/f(v + 1)/' orig/a.c >patched/a.c
	sed -e '1s/^/static int waits(int v);/; s/return 0/return waits/' \
		-e '$s/$/static int waits(int v) { return far_one(v) + 3; }/' orig/b.c >patched/b.c
	cp orig/* shipped/
	echo '__attribute__((__noipa__)) int far_one(int v) { return v; }' >>shipped/b.c
	calls_ship
}

@test "a jump by a pointer becomes a call where another unit has the address of a new function" {
	local first
	calls_begin
	pointers_module
	# one is asked before the other, or both at once
	for first in a.c b.c ""; do
		calls_both "$first"
		[ "$(grep -c 'a.c: jumps to where a pointer leads in one are made calls' stdout)" -eq 1 ]
		grep -qx 'patched/a.o one@__x86_indirect_thunk' compiled
		objdump -dr run/diff/1.o run/diff/2.o | grep -B 1 '__x86_indirect_thunk' | grep -q '\<call\>'
	done
	# one that has the address of a variable only
	sed -i 's/static int waits(int v);/extern int waits;/; s/return waits/return \&waits/; s/static int waits(int v) {.*//' \
		patched/b.c
	DIFF_NUMBERS=()
	rm -rf run/diff compiled
	UNITS=(a.c b.c)
	compile_units
	diff_units
	grep -q ' \[pointer-jump\]$' run/diff/1.out
	grep -q 'waits, .* \[new-address\]$' run/diff/2.out
	[ ! -e run/diff/1.held ]
}

@test "the address of what is new in another unit is told where it is handed on" {
	calls_begin
	echo 'int far_one(int v); int one(int v); int one(int v) { return far_one(v) + 1; }' >orig/a.c
	echo 'int far_one(int v); void *two(void); void *two(void) { far_one(0); return 0; }' >orig/b.c
	sed -e 's/v) + 1/v) + 2/' -e '1s/^/int waits(int v);/' -e '$s/$/ int waits(int v) { return far_one(v) + 3; }/' orig/a.c >patched/a.c
	sed -e '1s/^/int waits(int v);/; s/return 0/return waits/' orig/b.c >patched/b.c
	cp orig/* shipped/
	echo '__attribute__((__noipa__)) int far_one(int v) { return v; }' >>shipped/b.c
	calls_ship
	calls_both ""
	diff_tell_outlives 2>said
	cat said
	[ "$(wc -l <said)" -eq 1 ]
	[ "$(diff_outlives)" = waits ]
	grep -q 'warning: b.c: it hands on the address of waits, which is new in another file .* \[address-outlives\]$' said
	# of its own the differ tells, and what no unit has as a new function is none
	sed -i 's/^a.c: new function: waits/b.c: new function: waits/' run/diff/*.out
	diff_tell_outlives 2>said
	[ ! -s said ]
	sed -i '/new function: waits/d' run/diff/*.out
	diff_tell_outlives 2>said
	[ ! -s said ]
	[ -z "$(diff_outlives)" ]
}

@test "the address of a new table of functions of another unit is told where it is handed on" {
	calls_begin
	echo 'int far_one(int v); int one(int v); int one(int v) { return far_one(v) + 1; }' >orig/a.c
	echo 'int far_one(int v); const void *two(void); const void *two(void) { far_one(0); return 0; }' >orig/b.c
	sed -e 's/v) + 1/v) + 2/' -e '$s/$/ struct ops { int (*f)(int); }; extern const struct ops ops; const struct ops ops = { far_one }; extern const int number; const int number = 5;/' \
		orig/a.c >patched/a.c
	sed -e '1s/^/extern const char ops[], number[];/; s/return 0/far_one(2); return number[0] > 3 ? (const void *)number : ops/' orig/b.c >patched/b.c
	cp orig/* shipped/
	echo '__attribute__((__noipa__)) int far_one(int v) { return v; }' >>shipped/b.c
	calls_ship
	calls_both ""
	diff_tell_outlives 2>said
	cat said
	[ "$(wc -l <said)" -eq 1 ]
	[ "$(diff_outlives)" = ops ]
	grep -q 'warning: b.c: it hands on the address of ops, which is new in another file .* \[address-outlives\]$' said
}

@test "the module names the addresses that may outlive it" {
	local MODINFO
	calls_begin
	echo 'extern const void *kept; int far_one(int v); int one(int v); int one(int v) { return far_one(v) + 1; }' >orig/a.c
	sed -e 's/; int one/; static int waits(int v) { return far_one(v) + 3; } static const struct { int (*f)(int); int n; } table = { waits, 5 }; int one/' \
		-e 's/{ return far_one(v) + 1/{ kept = v ? (const void *)\&table : (const void *)waits; return far_one(v) + 1/' orig/a.c >patched/a.c
	echo 'int far_one(int v); int far_one(int v) { return v; }' >orig/b.c
	cp orig/b.c patched/
	cp orig/* shipped/
	echo 'const void *kept;' >>shipped/b.c
	calls_ship
	calls_both ""
	cat run/diff/1.err
	[ "$(diff_outlives)" = $'table\nwaits' ]
	# another text is not lost: it is the name then
	sed -i '/the new table/s/.*/other words [address-outlives]/' run/diff/1.err
	diff_outlives >names
	cat names
	[ "$(wc -l <names)" -eq 2 ]
	grep -qx waits names
}

@test "a unit that was asked first is asked again when another one uses what the patch makes global there" {
	local first
	calls_begin
	echo 'int far_one(int v); static __attribute__((__noipa__)) int helper(int v) { return far_one(v); } int one(int v) { return helper(v) + 1; }' >orig/a.c
	echo 'int far_one(int v); __attribute__((__noipa__)) int far_one(int v) { return v + 5; }' >orig/b.c
	sed 's/static \(.*\) + 1/\1 + 2/' orig/a.c >patched/a.c
	sed 's/^/int helper(int v); /; s/v + 5/v > 9 ? helper(v - 1) : 5/' orig/b.c >patched/b.c
	cp orig/* shipped/
	calls_ship
	for first in "" a.c; do
		calls_both "$first"
		nm -P run/diff/1.o | sort >"symbols$first"
	done
	grep '^helper ' symbols
	cmp symbols symbolsa.c
}

@test "archive: listed, but the download fails" {
	[ -e /etc/debian_version ] || skip "not a Debian"
	archive "$PWD/archive"
	archive_has linux-headers-6.1.0-7-cloud-amd64 6.1.7-1
	archive_has linux-image-6.1.0-7-cloud-amd64-unsigned 6.1.7-1
	archive_has linux-image-6.1.0-7-cloud-amd64-dbg 6.1.7-1
	archive_has linux-source-6.1 6.1.7-1
	refused_once 11 package-gone --kernel 6.1.0-7-cloud-amd64 -o out x.patch
	nothing_left cache out
}

@test "archive: its kernels are listed in order" {
	[ -e /etc/debian_version ] || skip "not a Debian"
	archive "$PWD/archive"
	archive_has linux-image-6.1.0-10-cloud-amd64-dbg 6.1.7-1
	archive_has linux-image-6.1.0-9-cloud-amd64-dbg 6.1.7-1
	archive_has linux-image-6.1.0-10-amd64-dbg 6.1.7-1
	archive_has linux-image-amd64-dbg 6.1.7-1
	[ "$("$DRIVER" --list-kernels '*-cloud-amd64' 2>/dev/null)" = \
		$'6.1.0-9-cloud-amd64\n6.1.0-10-cloud-amd64' ]
}

@test "the corpus reads what the differ says of one unit, and of many" {
	printf 'create-diff-object: %s: error: the layout of struct a changed; b uses it [struct-layout-changed]\n' \
		a/b.c a/c.c a/d.c a/e.c a/f.c a/g.c >said
	awk -f "$TOP/kpatch-build/gather.awk" said >gathered
	grep -q ' and 1 more: error: ' gathered
	for file in said gathered <(head -n 2 said | awk -f "$TOP/kpatch-build/gather.awk"); do
		python3 -B -c 'import sys; sys.path.insert(0, sys.argv[1]); import build
found = build.MESSAGE.findall(sys.stdin.read())
sys.exit(not found or any(m[0] != "error" or m[1][:10] != "the layout" or m[2] != "struct-layout-changed" for m in found))' \
			"$TOP/test/corpus" <"$file"
	done
	python3 -B -c 'import sys; sys.path.insert(0, sys.argv[1]); import build
sys.exit(build.MESSAGE.findall("kpatch-build: error: no, a: b [usage]\n") != [("error", "no, a: b", "usage")])' "$TOP/test/corpus"
}

@test "a result of the corpus is of one patch, and not of its file's name or the machine's state" {
	mkdir folder
	printf 'file\tdirection\tbase_version\tclass\tkind\n' >folder/index.tsv
	printf 'F-1.patch\tforward\tnone\tvmlinux\tother\n' >>folder/index.tsv
	printf -- '--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n' >folder/F-1.patch
	cat >ask.py <<-'END'
		import sys
		top, sys.argv = sys.argv[1], ["run", "folder", "--out", "out"]
		sys.path.insert(0, top + "/test/corpus")
		exec(compile(open(top + "/test/corpus/run").read().replace("sys.exit(main())", ""), "run", "exec"))
		run = Run(parse_options())
		row = corpus.read_index("folder")[0]
		row.why = "nobody asks"
		print("kept" if run.kept(row) else "new")
		run.one(row)
	END
	ask() { python3 -B ask.py "$TOP" >asked && head -n 1 asked; }
	[ "$(ask)" = new ]
	[ "$(ask)" = kept ]
	sed -i 's/+b/+c/' folder/F-1.patch
	[ "$(ask)" = new ]
	sed -i 's/forward/reverse/' folder/index.tsv
	[ "$(ask)" = new ]
	# each is written anew by ask, and kept then
	for change in 's/"skipped"/"machine"/' 's/"reasons": \[\]/"reasons": ["time-out"]/' \
		's/"verdict"/"status": -9, "verdict"/' 's/"verdict"/"status": 143, "verdict"/'; do
		[ "$(ask)" = kept ]
		sed -i "$change" out/rows/f-1.json
		[ "$(ask)" = new ]
	done
	sed -i 's/"verdict"/"status": 2, "verdict"/' out/rows/f-1.json
	[ "$(ask)" = kept ]
}

@test "the tests' kernel is the first of all series, however many" {
	. "$TOP/test/lib/stock-kernel.bash"
	# shellcheck disable=SC2317 # called by what is tested
	newest_cloud_releases() { seq 100000; }
	set -o pipefail
	[ "$(newest_cloud_release)" = 1 ] # and no status of a killed writer
	newest_cloud_release
}

@test "the tests' kernel of a series that a newer suite has, no suite has, or nobody can tell" {
	[ -e /etc/debian_version ] || skip "not a Debian"
	. "$TOP/test/lib/stock-kernel.bash"
	archive "$PWD/archive"
	archive_has linux-image-6.1.0-7-cloud-amd64-dbg 6.1.7-1
	suite_has trixie-backports linux-image-9.9.1+t-cloud-amd64-dbg 9.9.1-1
	suite_has sid linux-image-9.10.1-cloud-amd64-dbg 9.10.1-1
	[ "$(suite_cloud_release 9.9)" = "trixie-backports 9.9.1+t-cloud-amd64" ]
	[ "$(suite_cloud_release 9.10)" = "sid 9.10.1-cloud-amd64" ]
	code=0
	suite_cloud_release 9.1 2>stderr || code=$?
	[ "$code" -eq 2 ]
	grep -q '^error: no suite of the archive has a cloud kernel of Linux 9.1$' stderr
	rm -r archive/dists/trixie-backports cache/apt@trixie-backports
	[ "$(suite_cloud_release 9.10)" = "sid 9.10.1-cloud-amd64" ]
	code=0
	suite_cloud_release 9.1 2>stderr || code=$?
	[ "$code" -eq 1 ]
	grep -qF '[unknown-suite]' stderr
	! grep -q 'no suite of the archive has' stderr || false
}

@test "archive: a second run waits for the one that reads the lists, and says so" {
	[ -e /etc/debian_version ] || skip "not a Debian"
	archive "$PWD/archive"
	archive_has linux-image-6.1.0-9-cloud-amd64-dbg 6.1.7-1
	mkdir cache
	hold cache/apt.lock
	"$DRIVER" --list-kernels >stdout 2>stderr 3>&- 8>&- &
	pid=$!
	until_said 'waiting: another run uses the package lists' stderr "$pid"
	let_go
	wait "$pid"
	[ "$(cat stdout)" = 6.1.0-9-cloud-amd64 ]
}

@test "archive: two runs on a fresh cache" {
	[ -e /etc/debian_version ] || skip "not a Debian"
	archive "$PWD/archive"
	archive_has linux-image-6.1.0-9-cloud-amd64-dbg 6.1.7-1
	"$DRIVER" --list-kernels >one 2>&1 3>&- &
	"$DRIVER" --list-kernels >two 2>&1
	wait $!
	[ "$(tail -n 1 one)" = 6.1.0-9-cloud-amd64 ]
	[ "$(tail -n 1 two)" = 6.1.0-9-cloud-amd64 ]
}

@test "archive: apt's lock is held by another apt" {
	[ -e /etc/debian_version ] || skip "not a Debian"
	command -v python3 >/dev/null || skip "no python3"
	archive "$PWD/archive"
	mkdir -p cache/apt/state/lists
	# apt takes a POSIX lock, which flock does not see
	coproc holder { exec python3 -c 'import fcntl, sys
f = open("cache/apt/state/lists/lock", "w")
fcntl.lockf(f, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()' 3>&-; }
	# shellcheck disable=SC2154 # coproc sets it
	pid=$holder_PID
	read -r _ <&"${holder[0]}"
	refused_once 16 archive-locked --list-kernels
	kill "$pid"
	! wait "$pid" || false
}

@test "no network" {
	[ -e /etc/debian_version ] || skip "not a Debian"
	unshare -n true 2>/dev/null || skip "no right to leave the network"
	status=0
	unshare -n "$DRIVER" --kernel 6.1.0-7-cloud-amd64 -o out x.patch 2>stderr || status=$?
	cat stderr
	[ "$status" -eq 12 ]
	[[ $(tail -n 2 stderr) == "kpatch-build: error: "*" [no-network]"* ]]
	nothing_left cache out
}

@test "no space on the disk" {
	mkdir cache
	mount -t tmpfs -o size=1m none cache 2>/dev/null || skip "no right to mount"
	mkdir t t/kernel && touch t/{Makefile,Kbuild,Module.symvers}
	printf '\177ELF' >t/vmlinux
	gcc --version | sed '1s/.*/CONFIG_CC_VERSION_TEXT="&"/;q' >t/.config
	status=0
	refused_once 13 no-space -s t -o out x.patch || status=$?
	umount cache
	[ "$status" -eq 0 ]
}

@test "no space for what an earlier run has compiled is no fault of the source" {
	. "$TOP/kpatch-build/lib/status.bash"
	for file in "$TOP"/kpatch-build/{lib/{kept,run},steps/compile}.bash; do
		# shellcheck source=/dev/null
		. "$file"
	done
	mkdir cache kept small
	dd if=/dev/zero of=kept/a.o bs=1k count=64 status=none
	mount -t tmpfs -o size=8k none small 2>/dev/null || skip "no right to mount"
	# shellcheck disable=SC2034
	LOG=$PWD/log KEPT=$PWD/kept RUN=$PWD
	status=0
	kept_get kept a.o small/a.o 2>said || status=$?
	umount small
	[ "$status" -eq 1 ] && [ ! -s said ]
	: >small.out
	# shellcheck disable=SC2317 # called by what is tested
	end_line() { :; }
	# shellcheck disable=SC2317
	die() { echo "$2"; exit 0; }
	[ "$(compile_failed small original)" = no-space ]
}

@test "the disk of a run counts beside that of the cache" {
	. "$TOP/kpatch-build/lib/run.bash"
	mkdir cache run
	# shellcheck disable=SC2034
	RUN=""
	# what nobody has named is not asked
	! is_full <<<"No space left on device" || false
	mount -t tmpfs -o size=8k none run 2>/dev/null || skip "no right to mount"
	RUN=$PWD/run status=0
	is_full || status=$?
	umount run
	[ "$status" -eq 0 ]
}

@test "a second run waits for the one that prepares, and says so" {
	[ -e /etc/debian_version ] || skip "not a Debian"
	archive "$PWD/archive"
	mkdir cache
	hold cache/prepare.lock
	"$DRIVER" --kernel 6.1.0-9-cloud-amd64 -o out x.patch >stdout 2>stderr 3>&- 8>&- &
	pid=$!
	until_said 'waiting: another run prepares a kernel' stdout "$pid"
	let_go
	status=0
	wait "$pid" || status=$?
	cat stdout stderr
	[ "$status" -eq 10 ]
	[[ $(grep ': error: ' stderr) = *" [unknown-kernel]" ]]
}

@test "a new run's directory that another run takes for a dead one's" {
	for file in status message run cache; do
		# shellcheck source=/dev/null
		. "$TOP/kpatch-build/lib/$file.bash"
	done
	mkdir -p cache/runs
	: >made
	# the first is gone at once, the second is locked, the third goes before it is locked
	# shellcheck disable=SC2317 # called by what is tested
	{
	mktemp() {
		local dir
		dir=$(command mktemp "$@")
		echo "$dir" >>made
		case $(wc -l <made) in
		1)	rmdir "$dir" ;;
		2)	exec 7<"$dir"
			flock 7
			sleep 60 >/dev/null 2>&1 3>&- &
			echo $! >pid ;;
		esac
		echo "$dir"
	}
	flock() {
		[[ $(wc -l <made) -ne 3 ]] || rmdir "$(tail -n 1 made)"
		command flock "$@"
	}
	}
	run_open
	kill "$(cat pid)"
	[ "$(wc -l <made)" -eq 4 ]
	[ "$RUN" = "$(tail -n 1 made)" ] && [ -d "$RUN" ]
	[ "$RUN_NAME" = "${RUN##*/}" ]
	! command flock -n "$RUN" true || false
	# others may look at what is left for somebody to look at
	run_keep
	[ "$(stat -c %a "$RUN")" = 755 ]
}

@test "a run of another container with the same process id" {
	[ -e /etc/debian_version ] || skip "not a Debian"
	unshare --pid --fork --mount-proc true 2>/dev/null || skip "no right to make namespaces"
	archive "$PWD/archive"
	mkdir -p cache/kernels/k/parts
	# shellcheck disable=SC2016 # for the inner shell, whose next process has the id 2
	apart=(unshare --pid --fork --mount-proc sh -c '"$@"; exit $?' sh)
	hold cache/prepare.lock
	"${apart[@]}" "$DRIVER" --kernel 6.1.0-9-cloud-amd64 -o out x.patch >stdout 2>stderr 3>&- 8>&- &
	pid=$!
	until_said 'waiting: another run prepares a kernel' stdout "$pid"
	first=$(echo cache/runs/*)
	[ -d "$first" ]
	# of a third one
	mkdir -p cache/{kernels,kernels/k/parts,packages,roots,targets}/.partial-2
	status=0
	"${apart[@]}" "$DRIVER" -s . -o out x.patch >stdout2 2>stderr2 8>&- || status=$?
	cat stdout2 stderr2
	[ "$status" -eq 1 ]
	[[ $(grep ': error: ' stderr2) = *" [not-a-kernel-tree]" ]]
	[ "$(echo cache/runs/*)" = "$first" ]
	[ "$(find cache -name .partial-2 | wc -l)" -eq 5 ]
	let_go
	status=0
	wait "$pid" || status=$?
	cat stdout stderr
	[ "$status" -eq 10 ]
	[[ $(grep ': error: ' stderr) = *" [unknown-kernel]" ]]
	nothing_left cache out
}

@test "what a killed run has started is waited for, and no other run" {
	. "$TOP/kpatch-build/lib/cache.bash"
	# higher than any process id
	dead=cache/runs/9999999-$(pid_namespace)-a other=cache/runs/9999999-1-a
	mkdir -p "$dead" "$other"
	mkfifo held go
	flock "$dead" sh -c 'echo >held && read -r _ <go' 3>&- &
	hold "$other"
	read -r _ <held
	SECONDS=0
	runs_sweep 60 3>&- &
	sweep=$!
	until pgrep -P "$sweep" -x flock; do
		kill -0 "$sweep"
		sleep 0.1
	done
	[ -e "$dead" ]
	echo >go
	wait "$sweep"
	[ ! -e "$dead" ] && [ -e "$other" ]
	[ "$SECONDS" -lt 30 ]
	let_go
	runs_sweep 60
	[ ! -e "$other" ]
}

# ordinary_user: makes $there, with the installed programs: the tree may be in a directory that is closed
# to others.
ordinary_user() {
	[ "$(id -u)" -eq 0 ] || skip "not root"
	there=$(mktemp -d /tmp/kpatch-user.XXXXXX)
	make -s -C "$TOP" install DESTDIR="$there/root" PREFIX=/usr
	cp x.patch "$there/"
	cd "$there"
	mkdir -p home out cache/{packages,kernels,targets,runs,logs}
	chown nobody out cache cache/*
	chmod 755 .
}

teardown() {
	[ -z "${there:-}" ] || rm -rf "$there"
}

# as_nobody COMMAND...: with that cache.
as_nobody() {
	setpriv --reuid=nobody --clear-groups env -i PATH="$there/root/usr/bin:$PATH" HOME="$there/home" \
		KPATCH_CACHE="$there/cache" ${APT_CONFIG:+APT_CONFIG="$APT_CONFIG"} "$@"
}

# nobody_is_refused STATUS IDENTIFIER ARGUMENT...: with one message, and nothing is said beside it.
nobody_is_refused() {
	local wanted=$1 id=$2 status=0
	shift 2
	as_nobody kpatch-build "$@" >stdout 2>stderr || status=$?
	cat stdout stderr
	[ "$status" -eq "$wanted" ]
	[[ $(grep -v '^kpatch-build: the log is ' stderr) = "kpatch-build: error: "*" [$id]" ]]
	[ "$(grep -vc '^kpatch-build: the log is ' stderr)" -eq 1 ]
}

@test "what another user has left in the cache is in nobody's way" {
	ordinary_user
	mkdir -p cache/runs/1/x cache/kernels/.partial-1/tree
	touch cache/runs/1/x/y cache/kernels/.partial-1/tree/x cache/{use,prepare,apt}.lock
	chown root cache/logs
	chmod 1777 cache/logs
	echo "root's" | tee cache/logs/{livepatch-x,list-kernels}.log >/dev/null
	nobody_is_refused 1 not-a-kernel-tree -s . -o out x.patch
	[ -e cache/runs/1/x/y ] && [ "$(ls cache/runs)" = 1 ]
	[ "$(cat cache/logs/livepatch-x.log)" = "root's" ]
	[ -e cache/logs/livepatch-x@65534.log ]
	# shellcheck disable=SC2016 # for the inner shell
	as_nobody bash -c '. "$1/lib/kept.bash"; LOG=cache/log KEPT=cache kept_get "$1" macros.awk out/x' \
		bash "$there/root/usr/libexec/kpatch/kpatch-build" 2>said
	[ -s out/x ] && [ ! -s said ]
	[ -e /etc/debian_version ] || skip "not a Debian"
	archive "$there/archive"
	nobody_is_refused 10 unknown-kernel --kernel 6.1.0-9-cloud-amd64 -o out x.patch
	nobody_is_refused 10 unknown-kernel --kernel 6.1.0-9-cloud-amd64 --kernel '6.1.*' -o out x.patch
}

@test "a cache that is another user's in part" {
	ordinary_user
	mkdir -p cache/runs/1/x cache/kernels/k
	touch cache/kernels/k/x
	nobody_is_refused 16 cache-not-writable --clean
	[ ! -e cache/logs ]
	mkdir -p cache/{packages,kernels,targets,runs}
	chown nobody cache/*
	mkdir cache/logs
	nobody_is_refused 16 cache-not-writable -s . -o out x.patch
	chown nobody cache/logs
	chown root cache/runs
	nobody_is_refused 16 cache-not-writable -s . -o out x.patch
	[ -e /etc/debian_version ] || skip "not a Debian"
	chown nobody cache/runs
	mkdir cache/apt
	archive "$there/archive"
	nobody_is_refused 16 cache-not-writable --kernel 6.1.0-9-cloud-amd64 -o out x.patch
	# a single file is enough
	chown nobody cache/apt
	mkdir -p cache/apt/state/lists
	for file in state/lists/lock updated; do
		chown nobody cache/apt/state cache/apt/state/lists
		touch -d '1 hour ago' "cache/apt/$file"
		chmod 640 "cache/apt/$file"
		nobody_is_refused 16 cache-not-writable --kernel 6.1.0-9-cloud-amd64 -o out x.patch
		rm "cache/apt/$file"
	done
}

@test "where a prepared kernel cannot be added to, this is told" {
	for file in lib/{status,message,run,cache} steps/{prepare,target,diff} backends/debian; do
		# shellcheck source=/dev/null
		. "$TOP/kpatch-build/$file.bash"
	done
	mkdir -p cache kernel run other/parts
	# nobody can make anything in them
	touch cache/{kernels,packages,roots,targets} kernel/{parts,modules} other/parts/x
	# shellcheck disable=SC2034
	PROG=kpatch-build LOG=$PWD/log KERNEL=$PWD/kernel RUN=$PWD/run RUN_NAME=1 PACKAGES=$PWD/cache/packages \
		TARGET_NAME=x WANTED=()
	# shellcheck disable=SC2317 # called by what is tested
	{
	debian_file() { :; }
	backend_fetch() { :; }
	prepare_check_space() { :; }
	backend_module() { echo >"$2"; }
	}
	prepare_core() { KERNEL=$PWD/other prepare_part "$PWD/other/parts/x/core" true; }
	for act in "prepare_part $PWD/kernel/parts/x true" prepare_core prepare_kernel "prepare_link x" debian_download \
		"compiler_make_root $PWD/cache/roots/x gcc x" "diff_parent fs/x"; do
		echo "$act"
		status=0
		# shellcheck disable=SC2086 # words
		(set -eE; trap unexpected ERR; $act) 2>said || status=$?
		cat said
		[ "$status" -eq 16 ]
		grep -q '^kpatch-build: error: .* \[cache-not-writable\]$' said
	done
}

@test "leftovers of a killed run go, those of a living one stay" {
	mkdir -p cache/runs/1 cache/runs/2 cache/runs/3 cache/runs/4 cache/kernels/.partial-1/tree
	# kept by somebody
	touch cache/runs/3/.keep
	touch -d '-2 hours' cache/runs/4/.keep
	hold cache/runs/2
	refused_once 1 not-a-kernel-tree -s . x.patch 8>&-
	[ ! -e cache/runs/1 ] && [ -e cache/runs/2 ] && [ ! -e cache/kernels/.partial-1 ]
	[ -e cache/runs/3 ] && [ ! -e cache/runs/4 ]
}

# told DONE SECOND...: what the line says when so many units are done at these times.
told() {
	local text
	PROGRESS_DONE=() PROGRESS_AT=()
	while [[ $# -gt 0 ]]; do
		progress_mark "$1" $((1000000000 + $2 * 1000000))
		shift 2
	done
	progress_text "${then:-}"
	echo "$text"
}

@test "how long the rest takes is said when enough units are done" {
	. "$TOP/kpatch-build/lib/progress.bash"
	PROGRESS_WHAT=comparing PROGRESS_TOTAL=160
	[ "$(told 0 0)" = "[        ] comparing 0 of 160" ]
	[ "$(told 0 0 16 10)" = "[        ] comparing 16 of 160" ]
	[ "$(told 0 0 16 10 32 21)" = "[#       ] comparing 32 of 160 (85 s left)" ]
	[ "$(told 0 0 32 60)" = "[#       ] comparing 32 of 160 (4 min left)" ]
	[ "$(told 0 0 80 60 159 100)" = "[####### ] comparing 159 of 160 (5 s left)" ]
	[ "$(told 0 0 80 60 160 100)" = "[########] comparing 160 of 160" ]
	[ "$(then="compiling 7" told 0 0 80 60)" = "[####    ] comparing 80 of 160 (65 s left), then compiling 7" ]
}

@test "how long the rest takes is told by the latest units" {
	. "$TOP/kpatch-build/lib/progress.bash"
	PROGRESS_WHAT=compiling PROGRESS_TOTAL=1000
	[[ "$(told 0 0 96 96)" == *"(15 min left)" ]]
	# 96 units of a second each, and then of four
	[[ "$(told 0 0 96 96 144 288)" == *"(29 min left)" ]]
	[[ "$(told 0 0 96 96 144 288 192 480)" == *"(54 min left)" ]]
	[[ "$(told 0 0 48 48 96 96 144 288 192 480 240 672)" == *"(51 min left)" ]]
}

@test "what is said of a long stage fits into a line" {
	local text
	. "$TOP/kpatch-build/lib/progress.bash"
	PROGRESS_WHAT=comparing PROGRESS_TOTAL=4561
	text=$(then="compiling 4561" told 0 0 4544 8000000)
	[[ "$text" == *"min left)"*4561 ]]
	printf -v text '%-8s %s' compare "$text"
	[ "${#text}" -lt 80 ]
}

@test "without a terminal, how far a long stage is becomes a note every half minute" {
	local clock=1000000000
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/lib/progress.bash"
	# shellcheck disable=SC2317 # called by what is tested
	now_us() { printf -v "$1" '%s' "$clock"; }
	# shellcheck disable=SC2034
	LOG="" STEP=scope
	at() {
		clock=$((1000000000 + $1 * 1000000))
		progress "$2" "${3:-}"
	}
	{
		progress_begin comparing 160
		at 20 24
		at 31 32 "compiling 7"
		at 45 48 "compiling 8"
		at 62 64 "compiling 8"
		at 200 160 "compiling 8"
		# each stage has its own half minute
		progress_begin compiling 16
		at 210 8
		at 231 9
	} >told
	diff told - <<-END
		         comparing 32 of 160 (2 min left), then compiling 7
		         comparing 64 of 160 (2 min left), then compiling 8
		         compiling 9 of 16
	END
}

@test "what is kept is not counted for what is to be compiled" {
	. "$TOP/kpatch-build/steps/compile.bash"
	local missing
	UNITS=(fs/a.c fs/b.c fs/c.c) KEPT="" KEPT_PATCH=""
	compile_count
	[ "$missing" -eq 6 ]
	KEPT=$PWD/kept KEPT_PATCH=$PWD/kept/patches/x
	mkdir -p kept/originals/fs kept/patches/x/patched/fs
	echo a | tee kept/originals/fs/{a,b}.o kept/patches/x/patched/fs/a.o >/dev/null
	# half of a file that was being written
	: >kept/originals/fs/c.o
	compile_count
	[ "$missing" -eq 3 ]
	COMPILED_CALLS[fs/b.c]=own/b.o
	compile_count
	[ "$missing" -eq 2 ]
}

@test "of a long comparison it is told how many units will be compiled" {
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/lib/progress.bash"
	. "$TOP/kpatch-build/steps/reach-judge.bash"
	# shellcheck disable=SC2317 # called by what is tested
	{
	reach_load_env() { :; }
	reach_keep() { :; }
	reach_judge_made() { :; }
	reach_portion() {
		local unit
		for unit; do
			case $unit in
			*[37].c) verdicts[$unit]="changed x" ;;
			*)    verdicts[$unit]=unused ;;
			esac
		done
	}
	progress() { echo "$*" >>told; }
	}
	# shellcheck disable=SC2034
	declare -A kinds=([fs/a.S]=asm) verdicts=([fs/b.c]="changed y" [fs/a.S]=changed)
	# shellcheck disable=SC2034
	OPT_JOBS=1 LOG="" STEP=scope
	reach_judge fs/b.c fs/a.S fs/{10..29}.c
	diff told - <<-END
		0
		16 compiling 4
		20 compiling 5
	END
}

@test "directories of units that are known for not being concerned stay links" {
	source_reach
	. "$TOP/kpatch-build/lib/message.bash"
	. "$TOP/kpatch-build/lib/farm.bash"
	. "$TOP/kpatch-build/steps/compile.bash"
	mkdir -p tree/{include/linux,fs,fs/b,mm,net,sound,arch/x86/kvm,virt/kvm} run/{before,after}/include/linux
	touch tree/.config tree/{fs/a,fs/b/b,mm/c,net/d,sound/e,virt/kvm/f}.c \
		{tree,run/before,run/after}/include/linux/x.h
	# shellcheck disable=SC2317 # called by what is tested
	{
	reach_judge() { for unit; do verdicts[$unit]=${verdicts[$unit]:-same}; done; }
	reach_image() { :; }
	}
	# shellcheck disable=SC2034
	{
	KERNEL=$PWD RUN=$PWD/run ORIG=$RUN/orig PATCHED=$RUN/patched LOG="" UNITS=() REACH_SEEN=0
	declare -A SCOPE_NEW=() SCOPE_GONE=() kinds=([fs/a.c]=c [fs/b/b.c]=c [mm/c.c]=c [net/d.c]=c [sound/e.c]=c [virt/kvm/f.c]=c)
	declare -A INDEX_OUTSIDE=([virt/kvm/f.o]=arch/x86/kvm/../../../virt/kvm/f.o)
	declare -A verdicts=([fs/a.c]=unseen [mm/c.c]="changed x" [sound/e.c]=unused)
	SCOPE_FILES=(include/linux/x.h) SCOPE_MAKEFILES=() image=() own=() seen=("${!kinds[@]}")
	}
	reach_farms
	[ ! -L run/orig/include/linux ]
	[ -L run/orig/fs ]
	reach_compare
	[ "${UNITS[*]}" = mm/c.c ]
	for farm in run/orig run/patched; do
		for dir in fs/b mm net virt/kvm arch/x86/kvm; do
			[ ! -L $farm/$dir ]
			[ -d $farm/$dir ]
		done
		[ -L $farm/sound ]
	done
}
