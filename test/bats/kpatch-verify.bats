#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
#
# kpatch verify: what the kernel may make of its code, and what it may not; records that are
# damaged; a kernel that does not let anybody look. The "kernel" is a folder (verify-memory.c); how
# a real one does is tested in a virtual machine.

top=$BATS_TEST_DIRNAME/../..
kpatch=${KPATCH:-$top/kpatch/kpatch}

setup_file()
{
	make -s -C "$BATS_TEST_DIRNAME/../.." --no-print-directory build/test/verify-memory
}

setup()
{
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p kernel/modules
	: >kernel/kprobes
	symbols f
}

# f in the file and in memory.
file_address=0xffffffff81000040
address=0xffffffffaf000040

# symbols LINE-END...: kallsyms, with f at its place where the line end is "f".
symbols()
{
	local word

	for word; do
		case $word in
		*' '*) echo "$word" ;;
		*) printf '%x t %s\n' "$address" "$word" ;;
		esac
	done >kernel/kallsyms
}

# bytes HEX: as an operand of .byte
bytes()
{
	local word list=

	for word in $1; do
		list+=${list:+,}0x$word
	done
	echo ".byte $list"
}

# memory HEX [ADDRESS]: what is there from f on, and INT3 before it
memory()
{
	{
		echo '.fill 64,1,0xcc'
		bytes "$1"
		echo '.fill 64,1,0xcc'
	} | gcc -c -x assembler -o memory.o -
	ld -N -e 0 -Ttext="$(printf '0x%x' $((${2:-$address} - 64)))" -o kernel/kcore memory.o 2>ld.out
}

# record HEX [ASSEMBLY-OF-SITES [NUMBER-OF-THEM [MORE]]]: module.ko with one record. The variables
# below change parts of it.
record()
{
	local code=$1 sites=${2:-} count=${3:-} more=${4:-}

	[[ -n $count ]] || count=$(grep -c . <<<"$sites" || true)
	cat >module.s <<-END
		.section .modinfo,"a"
		.asciz "livepatch=Y"
		.asciz "name=livepatch_test"
		.section .kpatch.shipped,"",@progbits
		.balign 8
		record: .long ${magic:-0x5350504b}, ${size:-end - record}
		.short ${version:-2}, ${flags:-1}
		.long object - record, ${name:-name - record}, name - record, ${sympos:-0}
		.long ${code_size:-code_end - code}
		.quad ${at:-$file_address}
		.long ${code_at:-code - record}, $count, ${sites_at:-sites - record}, 0
		object: .asciz "${object:-vmlinux}"
		name: .asciz "f"
		code: $(bytes "$code")
		code_end:
		.balign 8
		sites: $sites
		$more
		.balign 8
		end:
	END
	gcc -c -o module.o module.s
	mv module.o module.ko
}

# site OFFSET LENGTH KIND [VALUE [NR DATA]]
site()
{
	printf '.long %s; .short %s; .byte %s, %s; .long %s, %s\n' "$1" "$2" "$3" "${4:-0}" \
		"${5:-0}" "${6:-0}"
}

verified()
{
	"$top/build/test/verify-memory" module.ko kernel
}

same()
{
	local out

	out=$(verified 2>&1) || { echo "$out"; return 1; }
	[[ $out = *'1 of 1 pieces of code in memory are as shipped'* ]]
}

# refused STATUS IDENTIFIER [TEXT]
refused()
{
	local out status=0

	out=$(verified 2>&1) || status=$?
	echo "status $status: $out"
	[ "$status" -eq "$1" ]
	[[ $out = *"[$2]"* ]]
	[[ $out = *"${3:-}"* ]]
}

# permits KIND VALUE FILE-HEX MEMORY-HEX...: a site of all of FILE, between other code.
permits()
{
	local kind=$1 value=$2 code=$3 words
	shift 3

	read -ra words <<<"$code"
	record "53 $code 5b" "$(site 1 "${#words[@]}" "$kind" "$value")"
	for seen; do
		memory "53 $seen 5b"
		echo "$seen"
		same
	done
}

# refuses KIND VALUE FILE-HEX MEMORY-HEX...
refuses()
{
	local kind=$1 value=$2 code=$3 words
	shift 3

	read -ra words <<<"$code"
	record "53 $code 5b" "$(site 1 "${#words[@]}" "$kind" "$value")"
	for seen; do
		memory "53 $seen 5b"
		refused 2 memory-differs 'f+0x'
	done
}

ADDRESS=1 DISTANCE=2 RELOCATION=3 FTRACE=4 JUMP_LABEL=5 STATIC_CALL=6 ALTERNATIVE=7 PARAVIRT=8
RETPOLINE=9 RETURN=10 LOCK=11 ENDBR=12 CALL=13 CONSTANT=14 NOPS=15 JUMP=16

@test "the same bytes, and a difference: function, offset, expected and seen" {
	record "31 c0 c3"
	memory "31 c0 c3"
	same
	memory "31 c9 c3"
	refused 2 memory-differs "vmlinux: f+0x1 in memory is not the shipped code: expected c0 c3, seen c9 c3"
}

@test "the image is moved by one distance, in large pages" {
	local more

	record "c3"
	for more in 8 0x1000 0x100000; do
		memory "c3" $((address + more))
		printf '%x t f\n' $((address + more)) >kernel/kallsyms
		refused 2 symbol-missing "not where its kernel's file says"
	done
	memory "c3" $((address + 0x200000))
	printf '%x t f\n' $((address + 0x200000)) >kernel/kallsyms
	same
}

@test "addresses in the code move with the image, and distances to what does not the other way" {
	local moved_field='c0 00 00 af' still='00 00 00 d2'

	record "48 c7 c0 c0 00 00 81 8b 05 00 00 00 00 c3" \
		"$(site 3 4 $ADDRESS; site 9 4 $DISTANCE)"
	memory "48 c7 c0 $moved_field 8b 05 $still c3"
	same
	memory "48 c7 c0 c0 00 00 81 8b 05 $still c3"
	refused 2 memory-differs "f+0x6"
	memory "48 c7 c0 $moved_field 8b 05 00 00 00 00 c3"
	refused 2 memory-differs "f+0xc"
}

@test "eight-byte addresses" {
	record "48 b8 c0 00 00 81 ff ff ff ff" "$(site 2 8 $ADDRESS)"
	memory "48 b8 c0 00 00 af ff ff ff ff"
	same
}

@test "ftrace: NOPs, a call" {
	permits $FTRACE 0 "e8 01 02 03 04" "0f 1f 44 00 00" "e8 99 99 99 99" "66 66 66 66 90"
	refuses $FTRACE 0 "e8 01 02 03 04" "e9 01 02 03 04" "0f 1f c4 00 00" "cc 1f 44 00 00"
}

@test "jump labels: the NOP and the jump, nothing else" {
	local nop='.long 0, 0, 0, 0' jump='.long 5, jump - record, 0, 0; jump: .byte 0xe9,9,0,0,0'

	record "53 e9 09 00 00 00 5b" "$(site 1 5 $JUMP_LABEL 0 2 'forms - record')" 1 \
		"forms: $nop; $jump"
	for seen in "e9 09 00 00 00" "0f 1f 44 00 00" "66 66 66 66 90"; do
		memory "53 $seen 5b"
		same
	done
	for seen in "e9 0a 00 00 00" "e8 09 00 00 00" "cc 1f 44 00 00"; do
		memory "53 $seen 5b"
		refused 2 memory-differs
	done
	record "53 66 90 5b" "$(site 1 2 $JUMP_LABEL 0 2 'forms - record')" 1 \
		"forms: $nop; .long 2, jump - record, 0, 0; jump: .byte 0xeb,7"
	memory "53 eb 07 5b"
	same
	memory "53 eb 08 5b"
	refused 2 memory-differs
}

@test "static calls" {
	permits $STATIC_CALL 0 "e8 01 02 03 04" "e8 09 09 09 09" "0f 1f 44 00 00" "2e 2e 2e 31 c0" \
		"66 66 48 31 c0" "67 48 0f b9 3a"
	refuses $STATIC_CALL 0 "e8 01 02 03 04" "e9 09 09 09 09" "c3 cc cc cc cc" "2e 2e 2e 31 c9" \
		"eb 02 03 04 05" "0f 84 03 04 05" "67 48 0f b9 3b"
	permits $STATIC_CALL 0 "e9 01 02 03 04" "e9 09 09 09 09" "c3 cc cc cc cc"
	refuses $STATIC_CALL 0 "e9 01 02 03 04" "e8 09 09 09 09" "c3 90 90 90 90" "0f 1f 44 00 00" \
		"67 48 0f b9 3a"
	permits $STATIC_CALL 0 "0f 84 01 02 03 04" "0f 84 09 09 09 09"
	refuses $STATIC_CALL 0 "0f 84 01 02 03 04" "0f 85 09 09 09 09"
}

@test "alternatives: their forms, with NOPs of any length behind them, and relocated fields" {
	local forms='.long 3, lfence - record, 0, 0; .long 5, call - record, 1, field - record
		lfence: .byte 0x0f,0xae,0xe8
		call: .byte 0xe8; .long 0x81000100 - 0x81000046
		field: .long 1; .short 4; .byte 2, 0; .long 0, 0'

	record "53 f3 90 90 90 90 90 90 5b" "$(site 1 7 $ALTERNATIVE 0 2 'forms - record'; site 3 5 $NOPS)" 2 \
		"forms: $forms"
	for seen in "f3 90 90 90 90 90 90" "f3 90 0f 1f 44 00 00" \
		"0f ae e8 90 90 90 90" "0f ae e8 0f 1f 40 00" "0f ae e8 eb 02 cc cc" \
		"e8 ba 00 00 d2 66 90"; do
		memory "53 $seen 5b"
		echo "$seen"
		same
	done
	for seen in "0f ae e9 90 90 90 90" "0f ae e8 eb 03 cc cc" "0f ae e8 eb 02 cc c3" \
		"e8 ba 00 00 00 66 90" "f3 90 0f 1f c4 00 00"; do
		memory "53 $seen 5b"
		refused 2 memory-differs
	done
}

@test "alternatives: bytes of an operand that look like NOPs are none" {
	record "53 b8 66 90 90 90 5b" "$(site 1 5 $ALTERNATIVE)"
	memory "53 b8 90 66 90 90 5b"
	refused 2 memory-differs
	record "53 b8 e9 0b 00 00 00 00 00 5b" "$(site 1 8 $ALTERNATIVE 0 1 'forms - record')" 1 \
		'forms: .long 8, mov - record, 0, 0; mov: .byte 0xb8,0x66,0x90,0x90,0x90,0xf,0xae,0xe8'
	memory "53 b8 90 66 90 90 0f ae e8 5b"
	refused 2 memory-differs
	memory "53 b8 eb 0e 0f 1f 00 00 00 5b"
	refused 2 memory-differs
}

@test "alternatives: a jump may be short" {
	record "53 90 90 90 90 90 90 5b" "$(site 1 6 $ALTERNATIVE 0 1 'forms - record')" 1 \
		"forms: .long 5, jump - record, 1, field - record; jump: .byte 0xe9,0x10,0,0,0
		field: $(site 0 5 $JUMP)"
	for seen in "e9 10 00 00 00 90" "eb 13 0f 1f 00 90" "eb 13 cc cc cc 90"; do
		memory "53 $seen 5b"
		same
	done
	for seen in "eb 12 0f 1f 00 90" "eb 13 0f 1f c0 90"; do
		memory "53 $seen 5b"
		refused 2 memory-differs
	done
}

@test "alternatives that begin at one place: NOPs up to the end of the longest" {
	record "53 f3 90 90 90 90 90 90 90 5b" \
		"$(site 1 5 $ALTERNATIVE 0 1 'lfence - record'; site 1 8 $ALTERNATIVE 0 1 'hlt - record'
			site 3 6 $NOPS)" 3 \
		'lfence: .long 3, lfence_code - record, 0, 0; lfence_code: .byte 0x0f,0xae,0xe8
		hlt: .long 1, hlt_code - record, 0, 0; hlt_code: .byte 0xf4'
	for seen in "0f ae e8 0f 1f 44 00 00" "f4 0f 1f 80 00 00 00 00" "f3 90 66 0f 1f 44 00 00"; do
		memory "53 $seen 5b"
		echo "$seen"
		same
	done
	memory "53 0f ae e8 0f 1f c4 00 00 5b"
	refused 2 memory-differs
}

@test "an alternative with another site in it" {
	record "53 e8 01 00 00 00 90 90 5b" \
		"$(site 1 7 $ALTERNATIVE 0 1 'forms - record'; site 1 5 $STATIC_CALL; site 6 2 $NOPS)" 3 \
		'forms: .long 1, form - record, 0, 0; form: .byte 0xf4'
	for seen in "e8 01 00 00 00 66 90" "e8 09 00 00 00 90 90" "e8 09 00 00 00 66 90" \
		"f4 66 0f 1f 44 00 00"; do
		memory "53 $seen 5b"
		echo "$seen"
		same
	done
	memory "53 ea 09 00 00 00 66 90 5b"
	refused 2 memory-differs
}

@test "paravirtual calls" {
	permits $PARAVIRT 0 "ff 15 01 02 03 04" "e8 09 09 09 09 90" "0f 1f 44 00 00 90" \
		"66 0f 1f 44 00 00"
	refuses $PARAVIRT 0 "ff 15 01 02 03 04" "ff 15 01 02 03 05" "e8 09 09 09 09 c3" \
		"e9 09 09 09 09 90" "0f 0b 0f 1f 40 00" "cc cc cc cc cc cc"
}

@test "retpolines: through the same register" {
	permits $RETPOLINE 0 "e8 01 02 03 04" "ff d0 90 90 90" "ff d0 0f 1f 00" "0f ae e8 ff d0"
	refuses $RETPOLINE 0 "e8 01 02 03 04" "ff d1 90 90 90" "ff e0 90 90 90" "ff d0 90 90 c3" \
		"ff d0 cc cc cc" "e8 09 09 09 09"
	permits $RETPOLINE 11 "2e e8 01 02 03 04" "41 ff d3 0f 1f 00" "0f ae e8 41 ff d3"
	refuses $RETPOLINE 11 "2e e8 01 02 03 04" "ff d3 90 90 90 90"
	permits $RETPOLINE 3 "e9 01 02 03 04" "ff e3 cc 90 90" "ff e3 cc cc cc" "0f ae e8 ff e3"
	permits $RETPOLINE 3 "0f 84 01 02 03 04" "75 04 ff e3 cc 90"
	refuses $RETPOLINE 3 "0f 84 01 02 03 04" "74 04 ff e3 cc 90" "75 05 ff e3 cc 90"
}

@test "retpolines: to another thunk, by its name or by what is there" {
	record "e8 01 02 03 04 90 90 90 90 90 90 90 90 90 90 90" "$(site 0 5 $RETPOLINE 3)"
	# f + 5 + 0x1b = f + 0x20
	memory "e8 1b 00 00 00 90 90 90 90 90 90 90 90 90 90 90"
	refused 2 memory-differs
	printf '%x T __x86_indirect_its_thunk_rbx\n' $((address + 32)) >>kernel/kallsyms
	same
	for other in its_thunk_rcx thunk_r8 call_thunk_array; do
		symbols f
		printf '%x T __x86_indirect_%s\n' $((address + 32)) $other >>kernel/kallsyms
		refused 2 memory-differs
	done
	record "e8 01 02 03 04 90 90 90 90 90 90 90 90 90 90 90" "$(site 0 5 $RETPOLINE 0)"
	same
	symbols f
	record "e8 01 02 03 04 90 90 90 90 90 90" "$(site 0 5 $RETPOLINE 3)"
	memory "e8 06 00 00 00 90 90 90 90 90 90 ff e3 cc"
	same
	memory "e8 06 00 00 00 90 90 90 90 90 90 ff e1 cc"
	refused 2 memory-differs
}

@test "returns: RET with INT3, or another return thunk" {
	permits $RETURN 0 "e9 01 02 03 04" "c3 cc cc cc cc"
	refuses $RETURN 0 "e9 01 02 03 04" "c3 90 90 90 90" "e9 09 00 00 00" "e8 01 02 03 04"
	record "53 e9 01 02 03 04" "$(site 1 5 $RETURN)"
	memory "53 e9 1a 00 00 00"
	printf '%x T srso_return_thunk\n' $((address + 32)) >>kernel/kallsyms
	same
	symbols f
	printf '%x T other\n' $((address + 32)) >>kernel/kallsyms
	refused 2 memory-differs
}

@test "lock prefixes, ENDBR, constants" {
	permits $LOCK 0 "f0" "3e"
	refuses $LOCK 0 "f0" "2e" "90"
	permits $ENDBR 0 "f3 0f 1e fa" "66 0f 1f 00" "0f 1f 40 00"
	refuses $ENDBR 0 "f3 0f 1e fa" "f3 0f 1e fb" "c3 0f 1f 00"
	permits $CONSTANT 0 "ef cd ab 89 67 45 23 01" "01 02 03 04 05 06 07 08"
	refuses $CONSTANT 0 "0c" "0d c3"
}

@test "calls that call depth tracking leads to the padding of the function" {
	permits $CALL 0 "e8 40 02 03 04" "e8 36 02 03 04" "e8 00 02 03 04"
	refuses $CALL 0 "e8 40 02 03 04" "e8 41 02 03 04" "e8 ff 01 03 04" "e9 36 02 03 04"
}

@test "a difference outside of every site counts, also right beside one" {
	record "53 e8 01 02 03 04 5b" "$(site 1 5 $FTRACE)"
	memory "54 0f 1f 44 00 00 5b"
	refused 2 memory-differs "f+0x0"
	memory "53 0f 1f 44 00 00 5c"
	refused 2 memory-differs "f+0x6"
}

@test "kprobes that the kernel lists, and breakpoints that it does not" {
	record "53 48 89 fb 5b c3" "$(site 0 1 $LOCK)"
	memory "53 cc 89 fb 5b c3"
	refused 2 memory-differs "no kprobe is listed there"
	rm kernel/kprobes
	refused 2 memory-differs "where debugfs is mounted"
	printf '%x  k  f+0x1    \n' $((address + 1)) >kernel/kprobes
	same
	printf '%x  k  f+0x2    \n' $((address + 2)) >kernel/kprobes
	refused 2 memory-differs "f+0x1"
	# A listed probe permits a breakpoint and nothing else.
	printf '%x  k  f+0x1    \n' $((address + 1)) >kernel/kprobes
	memory "53 cd 89 fb 5b c3"
	refused 2 memory-differs "f+0x1"
}

@test "kprobes that are jumps" {
	record "53 48 89 fb 48 89 f0 5b c3"
	memory "53 e9 01 02 03 04 f0 5b c3"
	printf '%x  k  f+0x1    \n' $((address + 1)) >kernel/kprobes
	refused 2 memory-differs "f+0x1"
	printf '%x  k  f+0x1    [OPTIMIZED]\n' $((address + 1)) >kernel/kprobes
	same
	memory "53 e9 01 02 03 04 f1 5b c3"
	refused 2 memory-differs "f+0x6"
}

@test "a kprobe in a place that the kernel changes, too" {
	record "53 e8 01 02 03 04 5b" "$(site 1 5 $RETURN)"
	memory "53 cc 09 09 09 09 5b"
	printf '%x  k  f+0x1    \n' $((address + 1)) >kernel/kprobes
	refused 2 memory-differs
	memory "53 cc cc cc cc cc 5b"
	same
}

@test "the kernel has no such function, or several" {
	record "c3"
	memory "c3"
	symbols g
	refused 2 symbol-missing "does not have it"
	symbols f f
	refused 2 symbol-missing "several"
	sympos=2 record "c3"
	same
	sympos=3 record "c3"
	refused 2 symbol-missing "does not have it"
}

# module_record: f of the module "mod", which refers to g of it, to its .rodata, and to an exported
# symbol.
module_record()
{
	object=mod at=0 record "e8 00 00 00 00 48 c7 c0 00 00 00 00 e8 00 00 00 00" "$(
		site 1 4 $RELOCATION 0 1 'own - record'
		site 8 4 $RELOCATION 0 1 'section - record'
		site 13 4 $RELOCATION 0 1 'exported - record'
	)" 3 "own: .long 2, g - record, 0, ${g_position:-0}; .quad -4
		section: .long 11, rodata - record, 1, 0; .quad 16
		exported: .long 4, kfree - record, 0, 0; .quad -4
		g: .asciz \"g\"; rodata: .asciz \".rodata\"; kfree: .asciz \"kfree\""
}

module_symbols()
{
	local a=0xffffffffc0001000

	mkdir -p kernel/modules/mod/sections
	printf '0x%x\n' $((a + 0x2000)) >kernel/modules/mod/sections/.rodata
	printf '%x t f\t[mod]\n%x t g\t[mod]\n%x T kfree\n%x t kfree\t[other]\n%x t f\t[other]\n' \
		$a $((a + 0x100)) $((a + 0x800)) $((a + 0x900)) $((a + 0xa00)) >kernel/kallsyms
}

@test "a symbol without a position: by the distance of the image; of a module the one that is left" {
	record "c3"
	cp module.s first.s
	flags=5 at=0xffffffff81000050 record "c3 5b"
	sed -i '/modinfo/,/asciz "name=/d; s/\b\(record\|object\|name\|code_end\|code\|sites\|end\)\b/\1_2/g' module.s
	cat first.s module.s | gcc -c -x assembler -o module.ko -
	symbols f "ffffffffaf000050 t other"
	memory "c3 cc cc cc cc cc cc cc cc cc cc cc cc cc cc cc c3 5b"
	out=$(verified 2>&1) || { echo "$out"; return 1; }
	[[ $out = *'2 of 2 pieces of code in memory are as shipped'* ]]
	memory "c3 cc cc cc cc cc cc cc cc cc cc cc cc cc cc cc c3 5c"
	refused 2 memory-differs

	flags=5 object=mod at=0 record "c3"
	mkdir kernel/modules/mod
	memory "c3"
	symbols "$(printf '%x' "$address") t f	[mod]"
	same
	symbols "$(printf '%x' "$address") t f	[mod]" "ffffffffaf000041 t f	[mod]"
	refused 2 symbol-missing "when the patch was made"
	symbols f
	refused 2 symbol-missing "when the patch was made"
}

@test "code of a module: its relocations are resolved in the running kernel" {
	module_record
	module_symbols
	memory "e8 fb 00 00 00 48 c7 c0 10 30 00 c0 e8 ef 07 00 00" 0xffffffffc0001000
	same
	memory "e8 fb 00 00 00 48 c7 c0 10 30 00 c0 e8 ef 08 00 00" 0xffffffffc0001000
	refused 2 memory-differs "mod: f+0xe"
	memory "e8 fb 00 00 00 48 c7 c0 11 30 00 c0 e8 ef 07 00 00" 0xffffffffc0001000
	refused 2 memory-differs "mod: f+0x8"
	memory "e8 fc 00 00 00 48 c7 c0 10 30 00 c0 e8 ef 07 00 00" 0xffffffffc0001000
	refused 2 memory-differs "mod: f+0x1"
}

@test "code of a module: a static branch that jumps to another section" {
	object=mod at=0 record "53 0f 1f 44 00 00 5b" "$(site 1 5 $JUMP_LABEL 0 2 'forms - record')" 1 \
		"forms: .long 0, 0, 0, 0; .long 5, jump - record, 1, field - record
		jump: .byte 0xe9,0,0,0,0
		.balign 8
		field: $(site 1 4 $RELOCATION 0 1 'part - record')
		part: .long 2, rodata - record, 1, 0; .quad 12
		rodata: .asciz \".rodata\""
	module_symbols
	for seen in "0f 1f 44 00 00" "e9 0a 20 00 00"; do
		memory "53 $seen 5b" 0xffffffffc0001000
		same
	done
	for seen in "e9 00 00 00 00" "e9 0b 20 00 00"; do
		memory "53 $seen 5b" 0xffffffffc0001000
		refused 2 memory-differs
	done
}

@test "code of a module: symbols that another module exports to GPL modules" {
	module_record
	module_symbols
	memory "e8 fb 00 00 00 48 c7 c0 10 30 00 c0 e8 ef 08 00 00" 0xffffffffc0001000
	sed -i '/ T kfree/d' kernel/kallsyms
	same
	printf '%x t kfree\t[third]\n' 0xffffffffc0004000 >>kernel/kallsyms
	refused 2 symbol-missing "the symbol kfree"
	printf '%x t kfree\n' 0xffffffffc0004000 >>kernel/kallsyms
	refused 2 symbol-missing "the symbol kfree"
}

@test "code of a module: what it refers to is not there" {
	memory "e8 fb 00 00 00 48 c7 c0 10 30 00 c0 e8 ef 07 00 00" 0xffffffffc0001000
	module_record
	module_symbols
	rm kernel/modules/mod/sections/.rodata
	refused 2 symbol-missing "the section .rodata"
	module_symbols
	sed -i /kfree/d kernel/kallsyms
	refused 2 symbol-missing "the symbol kfree"
	module_symbols
	g_position=2 module_record
	refused 2 symbol-missing "the symbol g"
}

@test "code of a module: an empty section is told by a symbol in it, and not by another module's" {
	local a=0xffffffffc0001000

	object=mod at=0 record "48 c7 c7 00 00 00 00" "$(site 3 4 $RELOCATION 0 1 'key - record')" 1 \
		'key: .long 11, key_name - record, 0, 1; .quad 0
		key_name: .asciz "__key.0"'
	mkdir -p kernel/modules/mod/sections
	memory "48 c7 c7 00 20 00 c0" "$a"
	symbols "${a#0x} t f	[mod]" "ffffffffc0002000 b __key.0	[mod]" \
		"ffffffffc0002000 b __key.0	[mod]"
	same
	memory "48 c7 c7 08 20 00 c0" "$a"
	refused 2 memory-differs "f+0x3"
	symbols "${a#0x} t f	[mod]" "ffffffffc0002008 b __key.0	[other]"
	refused 2 symbol-missing "the symbol __key.0"
}

@test "a module that is not loaded is said, and no error" {
	module_record
	memory "c3"
	run verified
	[ "$status" -eq 0 ]
	[[ $output = *"the module mod is not loaded"* ]]
	[[ $output = *"0 of 1 pieces"* ]]
}

@test "a kernel that does not let anybody look" {
	record "c3"
	rm -f kernel/kcore
	refused 10 memory-unreadable "CONFIG_PROC_KCORE"
	ln -s kcore kernel/kcore
	refused 10 memory-unreadable "CAP_SYS_RAWIO"
	rm kernel/kcore
	echo text >kernel/kcore
	refused 10 memory-unreadable
	memory "c3" 0xffffffff90000000
	refused 10 memory-unreadable "cannot be read"
	memory "c3"
	echo "0000000000000000 t f" >kernel/kallsyms
	refused 10 addresses-hidden "kptr_restrict"
	rm kernel/kallsyms
	refused 10 addresses-hidden
}

@test "no record, an unproven one, and a function without one" {
	memory "c3"
	flags=0 record "c3"
	refused 2 not-proven "--no-proof"
	printf '.section .modinfo,"a"; .asciz "livepatch=Y"; .asciz "name=x"\n' |
		gcc -c -x assembler -o module.ko -
	refused 2 no-shipped-code
	record "c3"
	cat >>module.s <<-'END'
		.section .kpatch.funcs,"aw",@progbits
		.quad 0, function, vmlinux, 0, 1, 1
		.section .kpatch.strings,"a",@progbits
		function: .asciz "other"
		vmlinux: .asciz "vmlinux"
	END
	gcc -c -o module.ko module.s
	refused 2 no-shipped-code "other"
	# A name that cannot be read is not one that has a record.
	sed 's/\.quad 0, function/.quad 0, 0/' module.s | gcc -c -x assembler -o module.ko -
	refused 1 bad-record "no name"
	sed 's/function: .*/function: .ascii "other"/; /vmlinux: /d; s/, vmlinux,/, 0,/' module.s |
		gcc -c -x assembler -o module.ko -
	refused 1 bad-record "no name"
	sed 's/vmlinux, 0, 1, 1/vmlinux, 0, 1/' module.s | gcc -c -x assembler -o module.ko -
	refused 1 bad-record "cut off"
}

@test "a module that replaces nothing" {
	printf '%s\n' '.section .modinfo,"a"; .asciz "livepatch=Y"; .asciz "name=x"' \
		'.section .kpatch.funcs,"a",@progbits' | gcc -c -x assembler -o module.ko -
	run verified
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output = *"module.ko: it replaces nothing"* ]]
}

# damaged TEXT VARIABLE VALUE...: each VALUE in that variable of record() is refused with TEXT
damaged()
{
	local text=$1 variable=$2 value
	shift 2

	for value; do
		local "$variable=$value"
		record "c3" "$(site 0 1 $LOCK)"
		refused 1 bad-record "$text"
	done
}

@test "damaged records" {
	memory "c3"
	magic=0 record "c3"
	refused 1 bad-record
	version=3 record "c3"
	refused 1 bad-record version
	damaged size size 0 8 48 60 4096 0xfffffff8
	damaged function name 0 8 4096 0xffffffff
	damaged code code_size 0 4096 0xffffffff
	damaged code code_at 0 8 4096 0xffffffff
	damaged places sites_at 0 4096 0xffffffff
	record "c3" "$(site 0 1 $LOCK)" 0xffffffff
	refused 1 bad-record places
}

@test "damaged sites" {
	memory "c3 c3 c3 c3 c3 c3 c3 c3"
	local code="c3 c3 c3 c3 c3 c3 c3 c3"
	record "$code" "$(site 0 4 99)"
	refused 1 bad-record "newer kpatch-build"
	record "$code" "$(site 0 4 0)"
	refused 1 bad-record
	record "$code" "$(site 4 5 $FTRACE)"
	refused 1 bad-record "not in the code"
	record "$code" "$(site 0xffffffff 5 $FTRACE)"
	refused 1 bad-record "not in the code"
	record "$code" "$(site 0 4 $FTRACE)"
	refused 1 bad-record length
	record "$code" "$(site 0 5 $RETPOLINE 16)"
	refused 1 bad-record length
	record "$code" "$(site 4 1 $LOCK; site 0 1 $LOCK)"
	refused 1 bad-record order
	record "$code" "$(site 0 8 $ALTERNATIVE 0 1 8)"
	refused 1 bad-record forms
	record "$code" "$(site 0 8 $ALTERNATIVE 0 0xffffffff 'sites - record')"
	refused 1 bad-record forms
	record "$code" "$(site 0 8 $ALTERNATIVE 0 1 'form - record')" 1 \
		'form: .long 9, record - record, 0, 0'
	refused 1 bad-record form
	record "$code" "$(site 0 8 $ALTERNATIVE 0 1 'form - record')" 1 \
		'form: .long 4, form - record, 2, 0xfffffff0'
	refused 1 bad-record form
	record "$code" "$(site 0 8 $ALTERNATIVE 0 1 'form - record')" 1 \
		"form: .long 4, form - record, 1, field - record; field: $(site 0 4 $ALTERNATIVE)"
	refused 1 bad-record "forms itself"
	record "$code" "$(site 0 4 $RELOCATION 0 1 'target - record')" 1 \
		'target: .long 1, name - record, 0, 0; .quad 0'
	refused 1 bad-record relocation
	record "$code" "$(site 0 0 $RELOCATION 0 1 'target - record')" 1 \
		'target: .long 99, name - record, 0, 0; .quad 0'
	refused 1 bad-record relocation
	record "$code" "$(site 0 4 $RELOCATION 0 1 'target - record')" 1 \
		'target: .long 2, 0, 0, 0; .quad 0'
	refused 1 bad-record name
	record "$code" "$(site 0 4 $RELOCATION)"
	refused 1 bad-record targets
	record "$code" "$(for _ in {1..9}; do site 0 8 $ALTERNATIVE; done)"
	refused 1 bad-record "too many"
}

@test "the command: wrong use, a file without records, another kernel" {
	run "$kpatch" verify
	[ "$status" -eq 1 ]
	[[ $output = *"[usage]"* ]]
	record "c3"
	{
		cat module.s
		echo '.section .modinfo,"a"; .asciz "kpatch_build_id=00"'
	} | gcc -c -x assembler -o module.ko -
	run "$kpatch" verify ./module.ko
	[ "$status" -eq 2 ]
	[[ $output = *"[wrong-kernel]"* ]]
	printf '.section .modinfo,"a"; .asciz "livepatch=Y"; .asciz "name=x"\n' |
		gcc -c -x assembler -o module.ko -
	run "$kpatch" verify --json ./module.ko
	[ "$status" -eq 2 ]
	[ "$(sed '/^kpatch: /d' <<<"$output" | jq -r '.messages[0].id, .files[0].path')" = \
		$'no-shipped-code\n./module.ko' ]
}
