#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
#
# What create-patch-module writes and what it refuses. The objects are small assembly and
# stand for the joined object of an imaginary kernel; loading is tested in a virtual machine.

bats_require_minimum_version 1.5.0

top=$BATS_TEST_DIRNAME/../..
tool=${CREATE_PATCH_MODULE:-$top/create-diff-object/create-patch-module}
parts=$BATS_TEST_DIRNAME/create-patch-module
build_id=00112233445566778899aabbccddeeff00112233

setup()
{
	cd "$BATS_TEST_TMPDIR" || return
	tabs > Module.symvers <<-END
		0x11111111 module_layout vmlinux EXPORT_SYMBOL
		0x22222222 klp_enable_patch vmlinux EXPORT_SYMBOL_GPL
		0x33333333 exported vmlinux EXPORT_SYMBOL
		0x44444444 elsewhere drivers/some-module EXPORT_SYMBOL_GPL SPACE
		0x55555555 elsewhere_too drivers/some-module EXPORT_SYMBOL_GPL SPACE
		0x66666666 for_one drivers/other EXPORT_SYMBOL_GPL module:friend
		0x88888888 init_task vmlinux EXPORT_SYMBOL
		0x77777777 exported_under_a_rather_long_name vmlinux EXPORT_SYMBOL
	END
}

tabs()
{
	tr ' ' '\t' | sed -E 's/(EXPORT_SYMBOL(_GPL)?)$/\1\t/'
}

# joined [GLUE-OPTION...] <ASSEMBLY: joined.o, the glue and one diff object of this assembly.
joined()
{
	{
		printf '#include "records.inc"\n'
		cat
		printf '.section .note.GNU-stack,"",@progbits\n'
	} > diff.S
	gcc -c -I"$parts" -o diff.o diff.S
	gcc -c -O2 -fno-pic -mcmodel=kernel -fno-asynchronous-unwind-tables -I"$top" "$@" \
		-o glue.o "$parts/glue.c"
	ld -r -o joined.o glue.o diff.o
}

create()
{
	"$tool" --name livepatch-test --build-id "$build_id" "$@" joined.o Module.symvers out.ko
}

# refused STATUS IDENTIFIER [LINES]: this many messages, each ending in the identifier.
refused()
{
	local out status=0

	out=$(create 2>&1) || status=$?
	echo "status $status: $out"
	[ "$status" -eq "$1" ]
	[ "$(wc -l <<<"$out")" -eq "${3:-1}" ]
	[ "$(grep -c "^create-patch-module: error: .* \[$2\]$" <<<"$out")" -eq "${3:-1}" ]
	[ ! -e out.ko ]
}

# A patch of one function that needs one symbol of vmlinux.
simple()
{
	cat <<-END
		function changed
			call exported
			mov hidden(%rip), %rax
			jmp other
		end changed
		replace changed, changed, vmlinux
		bind hidden, hidden, vmlinux, vmlinux, 2
		bind other, other, vmlinux, vmlinux
	END
}

relocations()
{
	readelf -rW out.ko | sed -n "/'$1'/,/^\$/p" | sed -nE 's/.* (R_X86_64_[A-Z0-9]+) +[0-9a-f]+ (.*)/\1 \2/p'
}

modinfo()
{
	objcopy -O binary -j .modinfo out.ko modinfo.bin
	tr '\0' '\n' < modinfo.bin
}

@test "bound symbols become livepatch symbols, and their relocations move" {
	simple | joined
	create
	[ "$(relocations .klp.rela.vmlinux..text.changed)" = "R_X86_64_PC32 .klp.sym.vmlinux.hidden,2 - 4
R_X86_64_PLT32 .klp.sym.vmlinux.other,0 - 4" ]
	[ "$(relocations .rela.text.changed)" = "R_X86_64_PLT32 exported - 4" ]
	[ "$(readelf -sW out.ko | grep -c '0xff20] .klp.sym.')" -eq 2 ]
	readelf -SW out.ko | grep -E '\.klp\.rela\.vmlinux\.\.text\.changed RELA .* Ao '
}

# core_vmlinux [SED-SCRIPT]: a kernel of a few symbols, and a per-CPU one near 0; the script renames.
core_vmlinux()
{
	sed -E "${1:-}" > vmlinux.S <<-END
		.globl _text, _end, init_task, hidden
		.text
		_text:		.skip 0x40
		.type twin, @function
		twin:		.skip 0x10
		.size twin, 0x10
		.type changed, @function
		changed:	.skip 0x20
		.size changed, 0x20
		.type changed.cold, @function
		changed.cold:	.skip 8
		.size changed.cold, 8
		.data
		init_task:	.skip 0x100
		hidden:		.skip 8
		_end:
		.section .percpu, "aw", @progbits
		.globl counter
		.skip 0x18
		counter:	.skip 8
		.section .note.GNU-stack,"",@progbits
	END
	gcc -c -o vmlinux.o vmlinux.S
	ld -o vmlinux --section-start=.percpu=0 -Ttext=0xffffffff81000000 \
		-Tdata=0xffffffff82000000 -e _text vmlinux.o
}

# places: the rows of .kpatch.places in out.ko, a line each.
places() {
	objcopy -O binary -j .kpatch.places out.ko places.bin
	od -An -v -tu8 -w32 places.bin | tr -s ' '
}

@test "for the core module, references to vmlinux are distances from an exported symbol" {
	core_vmlinux
	joined -DCORE <<-END
		function changed
			mov hidden+4(%rip), %rax
			jmp twin
			mov %gs:counter, %rdx
		end changed
		replace changed, changed, vmlinux
		bind hidden, hidden, vmlinux, vmlinux
		bind twin, twin, vmlinux, vmlinux
		bind counter, counter, vmlinux, vmlinux
	END
	create --core vmlinux
	[ "$(relocations .rela.text.changed)" = "R_X86_64_PC32 init_task + 100
R_X86_64_PLT32 init_task - ffffc4
R_X86_64_32S counter + 0" ]
	readelf -sW out.ko | grep -E ' 0+18 .* LOCAL .* ABS counter$'
	run ! grep -E '\.klp|hidden|twin' <(readelf -sW out.ko; readelf -SW out.ko)
}

@test "for the core module, the places where no task may be are the function and its cold part" {
	core_vmlinux
	simple | sed 's/, 2$//; /other/d' | joined -DCORE
	create --core vmlinux
	[ "$(relocations .rela.kpatch.places | grep init_task)" = "R_X86_64_64 init_task - ffffb0
R_X86_64_64 init_task - ffff90" ]
	[ "$(places)" = " 0 0 32 0
 0 0 8 0" ]
}

@test "for the core module, the body of a system call that is entered elsewhere" {
	core_vmlinux 's/changed\.cold/__do_sys_thing.isra.0/g; s/changed/__x64_sys_thing/g; s/twin/__se_sys_other/g'
	joined -DCORE <<-END
		function changed
			nop
		end changed
		replace changed, __x64_sys_thing, vmlinux
	END
	create --core vmlinux
	[ "$(places)" = " 0 0 32 0
 0 0 8 0" ]
}

@test "for the core module, the body of a compat system call" {
	core_vmlinux 's/changed\.cold/__do_compat_sys_thing/g; s/changed/__ia32_compat_sys_thing/g; s/twin/__se_sys_thing/g'
	joined -DCORE <<-END
		function changed
			nop
		end changed
		replace changed, __ia32_compat_sys_thing, vmlinux
	END
	create --core vmlinux
	[ "$(places)" = " 0 0 32 0
 0 0 8 0" ]
}

@test "for the core module, a patch that binds nothing" {
	core_vmlinux
	joined -DCORE <<-END
		function changed
			nop
		end changed
		replace changed, changed, some_module
		.section .kpatch.bind, "", @progbits
	END
	create --core vmlinux
}

@test "for the core module, a function that the patch names must not be active" {
	core_vmlinux
	{
		simple | sed 's/, 2$//; /other/d'
		echo inactive twin, vmlinux
	} | joined -DCORE
	create --core vmlinux
	[ "$(places)" = " 0 0 32 0
 0 0 16 1
 0 0 8 0" ]
	run ! grep -F .kpatch.inactive <(readelf -SW out.ko)
	rm out.ko
	# what the compiler made of it, but only where it must not be active
	for name in twin.part.0 twin.isra.0.cold twin.constprop.3; do
		core_vmlinux "s/changed\\.cold/$name/g"
		{
			simple | sed 's/, 2$//; /other/d'
			echo inactive twin, vmlinux
		} | joined -DCORE
		create --core vmlinux
		[ "$(places | sort)" = " 0 0 16 1
 0 0 32 0
 0 0 8 1" ]
	done
	core_vmlinux 's/changed\.cold/changed.part.0/g'
	simple | sed 's/, 2$//; /other/d' | joined -DCORE
	create --core vmlinux
	[ "$(places)" = " 0 0 32 0" ]
	core_vmlinux
	rm out.ko
	{
		simple | sed 's/, 2$//; /other/d'
		echo inactive inlined, vmlinux
		echo inactive twin, some_module
	} | joined -DCORE
	run -2 create --core vmlinux
	[[ $output == *"[module-unsupported]" ]]
	{
		simple | sed 's/, 2$//; /other/d'
		echo inactive inlined, vmlinux
	} | joined -DCORE
	run -2 create --core vmlinux
	[[ $output == *"has no function inlined,"*"[inactive-missing]" ]]
	{
		simple
		echo inactive twin, vmlinux
	} | joined
	refused 2 inactive-unsupported
}

# patch_of FUNCTION: a patch that replaces it, of the kernel itself.
patch_of()
{
	printf '%s\n' "function new_code" " ret" "end new_code" "replace new_code, $1, vmlinux"
}

@test "for the core module, functions that some task is always in are refused by name" {
	core_vmlinux 's/\<twin\>/schedule/'
	patch_of schedule | joined -DCORE
	run -2 create --core vmlinux
	[[ $output == "create-patch-module: error: some task is in schedule() at all times,"*" replace it;"*"[always-active]" ]]
	[ ! -e out.ko ]
	{
		patch_of changed
		echo inactive schedule, vmlinux
	} | joined -DCORE
	run -2 create --core vmlinux
	[[ $output == "create-patch-module: error: some task is in schedule() at all times,"*"(KPATCH_INACTIVE);"*"[always-active]" ]]
	[ ! -e out.ko ]
	# a function of a module has that name by chance, and livepatch does not mind
	patch_of changed | sed 's/replace .*/&\nreplace new_code, schedule, some_module/' | joined -DCORE
	create --core vmlinux
	patch_of schedule | joined
	create
}

@test "for the core module, what it cannot do is refused" {
	local out status=0

	core_vmlinux
	joined -DCORE <<-END
		function changed
			call foreign
		end changed
		replace changed, changed, some_module
		bind foreign, foreign, some_module, some_module
		callback post_patch, changed, some_module
		callback check_patch, changed, some_module
	END
	out=$(create --core vmlinux 2>&1) || status=$?
	echo "$out"
	[ "$status" -eq 2 ]
	[ "$(grep -c '\[module-unsupported\]$' <<<"$out")" -eq 2 ]
	[ ! -e out.ko ]
}

@test "for the core module, what refers to a module waits for it" {
	core_vmlinux
	joined -DCORE <<-END
		function changed
			nop
			call foreign
			call hidden
		end changed
		replace changed, changed, some_module
		bind foreign, foreign, some_module, some_module
		bind hidden, hidden, vmlinux, vmlinux
	END
	create --core vmlinux
	objcopy -O binary -j .kpatch.relocs out.ko relocs.bin
	# place, name, object, target, position, type R_X86_64_PLT32, addend; and the end
	[ "$(od -An -v -td8 -w56 relocs.bin | tr -s ' ')" = " 0 0 0 0 0 4 -4
 0 0 0 0 0 0 0" ]
	relocations .rela.kpatch.relocs
	[ "$(relocations .rela.kpatch.relocs | wc -l)" -eq 4 ]
	run ! grep -E ' foreign$' <(readelf -sW out.ko)
	# the function's address is not known, its size is
	run ! grep init_task <(relocations .rela.kpatch.places)
	run ! grep '\.klp' <(readelf -SW out.ko)
}

# pointed SECTION OFFSET: the string that a pointer of the module leads to.
pointed()
{
	local at
	at=$((16#$(readelf -rW out.ko | awk -v section=".rela$1" -v offset="$2" '
		$1 == "Relocation" { on = index($3, "\x27" section "\x27") }
		on && $3 ~ /^R_/ && $1 == sprintf("%016x", offset) { print $NF }')))
	objcopy -O binary -j .kpatch.strings out.ko strings.bin
	tail -c +$((at + 1)) strings.bin | tr '\0' '\n' | head -1
}

@test "for the core module, what another module has and the patched one uses" {
	core_vmlinux
	joined -DCORE <<-END
		function changed
			call foreign
		end changed
		replace changed, changed, some_module
		bind foreign, foreign, other_module, some_module
	END
	create --core vmlinux
	pointed .kpatch.relocs 8; pointed .kpatch.relocs 16; pointed .kpatch.relocs 24
	[ "$(pointed .kpatch.relocs 8)" = foreign ]
	[ "$(pointed .kpatch.relocs 16)" = other_module ]
	[ "$(pointed .kpatch.relocs 24)" = some_module ]
}

@test "for the core module, the build-ids of modules" {
	core_vmlinux
	simple | sed 's/, 2$//; /other/d' | joined -DCORE
	create --core vmlinux --modinfo kpatch_module_build_id=some_module:00ff17
	objcopy -O binary -j .kpatch.modules out.ko modules.bin
	[ "$(stat -c %s modules.bin)" -eq $((2 * 136)) ]
	[ "$(head -c 64 modules.bin | tr -d '\0')" = some_module ]
	[ "$(od -An -v -tx1 -j 64 -N 12 modules.bin)" = " 03 00 00 00 00 00 00 00 00 ff 17 00" ]
	[ -z "$(tail -c 136 modules.bin | tr -d '\0')" ]
	run -1 create --core vmlinux --modinfo kpatch_module_build_id=some_module
	[[ $output == *"[usage]" ]]
	run -1 create --core vmlinux --modinfo kpatch_module_build_id=some_module:xyz
	[[ $output == *"[build-id-malformed]" ]]
	create --core vmlinux
	objcopy -O binary -j .kpatch.modules out.ko modules.bin
	[ "$(stat -c %s modules.bin)" -eq 136 ]
}

@test "a callback that only the core module calls" {
	core_vmlinux
	{
		simple | sed 's/, 2$//; /other/d'
		echo callback apply_patch, changed, vmlinux
	} | joined -DCORE
	refused 2 callback-unsupported
	create --core vmlinux
	readelf -SW out.ko | grep -q ' \.kpatch\.callbacks\.apply_patch '
}

@test "for the core module, another vmlinux, and the other glue" {
	core_vmlinux
	simple | joined -DCORE
	run -1 create --core vmlinux
	[[ $output == *"[not-in-vmlinux]" ]]
	run -1 create --core vmlinux.o
	[[ $output == *"[parent-name]" ]]
	simple | joined
	run -1 create --core vmlinux
	[[ $output == *"[glue-missing]" ]]
	[ ! -e out.ko ]
}

@test "a relocation section that has become empty is gone" {
	joined <<-END
		function changed
			jmp other
		end changed
		replace changed, changed, vmlinux
		bind other, other, vmlinux, vmlinux
	END
	create
	run ! grep -q '\.rela\.text\.changed' <(readelf -SW out.ko | grep -v klp)
}

@test "a symbol of a module is bound when that module is loaded" {
	joined <<-END
		function changed
			call foreign
		end changed
		replace changed, changed, some_module
		bind foreign, foreign, some_module, some_module, 1
	END
	create
	[ "$(relocations .klp.rela.some_module..text.changed)" = \
		"R_X86_64_PLT32 .klp.sym.some_module.foreign,1 - 4" ]
}

@test "a symbol of a module in which nothing is replaced would never be bound" {
	joined <<-END
		function changed
			call exported
		end changed
		function fresh
			call foreign
		end fresh
		replace changed, changed, vmlinux
		bind foreign, foreign, some_module, some_module, 1
	END
	refused 2 module-unchanged
	[[ $(create 2>&1) = *": fresh+0x1 uses foreign of the module some_module, in which "* ]]
}

@test "modinfo has name, dependencies, namespaces, build-id and what is asked for" {
	joined <<-END
		function changed
			call elsewhere
			call elsewhere_too
		end changed
		replace changed, changed, vmlinux
	END
	create --modinfo kpatch_version=1 --modinfo 'kpatch_patch=a b.patch'
	[ "$(modinfo)" = "license=GPL
depends=some-module
name=livepatch_test
import_ns=SPACE
kpatch_version=1
kpatch_patch=a b.patch
kpatch_build_id=$build_id" ]
}

# shipped FUNCTION FLAGS: a record of the shipped code (kmod/patch/kpatch-shipped.h) that only names.
shipped()
{
	cat <<-END
		.pushsection .kpatch.shipped, "", @progbits
		.balign 8
		1:
		.long 0x5350504b, 3f - 1b
		.short 2, $2
		.long 0, 2f - 1b, 2f - 1b, 0, 0
		.quad 0
		.long 0, 0, 0, 0
		2: .asciz "$1"
		.balign 8
		3:
		.popsection
	END
}

@test "a module tells which functions are not proven" {
	{ simple; shipped changed 1; } | joined
	create
	run ! grep -q kpatch_unproven <(modinfo)
	{ simple; shipped changed 0; shipped part_too 1; shipped other 0; } | joined
	create
	[ "$(modinfo | grep kpatch_unproven)" = $'kpatch_unproven=changed\nkpatch_unproven=other' ]
	readelf -SW out.ko | grep -q '\.kpatch\.shipped  *PROGBITS .* 00  *0  *0  *8$'
}

@test "addresses that outlive the module are told in a note, which stays in memory" {
	simple | joined
	create
	run ! grep -q '\.note\.kpatch' <(readelf -SW out.ko)
	create --modinfo kpatch_outlives=keep --modinfo kpatch_version=1 --modinfo kpatch_outlives=operations
	[ "$(modinfo | grep kpatch_outlives)" = $'kpatch_outlives=keep\nkpatch_outlives=operations' ]
	readelf -SW out.ko | grep -qE '\.note\.kpatch +NOTE .* 00 +A +0 +0 +4$'
	readelf -nW out.ko >notes
	cat notes
	grep -qE '^ *kpatch +0x00000010' notes
	objcopy -O binary -j .note.kpatch out.ko note.bin
	[ "$(od -An -v -tx4 -N 12 note.bin | tr -d ' \n')" = 000000070000001000000001 ]
	[ "$(tail -c +13 note.bin | tr '\0' '|')" = 'kpatch||keep|operations|' ]
	# the kernel's linker pads the text of a note; what is read has its size
	create --modinfo kpatch_outlives=abc --modinfo kpatch_outlives=d
	objcopy -O binary -j .note.kpatch out.ko note.bin
	[ "$(od -An -v -tx4 -N 8 note.bin | tr -d ' \n')" = 0000000700000006 ]
	[ "$(tail -c +13 note.bin | tr '\0' '|')" = 'kpatch||abc|d|||' ]
}

@test "a damaged record of the shipped code" {
	{ simple; echo '.pushsection .kpatch.shipped, "", @progbits'; echo '.quad 0'; echo .popsection; } |
		joined
	refused 1 record-malformed
	{ simple; shipped changed 0 | sed 's/3f - 1b/3f - 1b + 8/'; } | joined
	refused 1 record-malformed
}

@test "the glue gets the module's name, the build-id and the kind of patch" {
	simple | joined
	create
	objcopy -O binary -j .gnu.linkonce.this_module out.ko this_module.bin
	[ "$(tail -c +25 this_module.bin | head -c 24 | tr -d '\0')" = livepatch_test ]
	objcopy -O binary -j .kpatch.info out.ko info.bin
	[ "$(od -An -v -tx1 info.bin | tr -d ' \n' | head -c 72)" = \
		"14000000000000000100000000000000$build_id" ]
	create --non-replace
	objcopy -O binary -j .kpatch.info out.ko info.bin
	[ "$(od -An -v -tu8 -j8 -N8 info.bin | tr -d ' ')" = 0 ]
}

# The last word of .kpatch.info.
once_of()
{
	create
	objcopy -O binary -j .kpatch.info out.ko info.bin
	tail -c 8 info.bin | od -An -v -tu8 | tr -d ' '
}

@test "the glue is told of a DO_ONCE(), whose worker exit waits for" {
	local name

	simple | joined
	[ "$(once_of)" = 0 ]
	for name in __do_once_done __do_once_sleepable_done; do
		printf '0x99999999\t%s\tvmlinux\tEXPORT_SYMBOL\t\n' "$name" >>Module.symvers
		simple | sed "s/call exported/call $name/" | joined
		[ "$(once_of)" = 1 ]
	done
}

@test "the build-id may come from --modinfo, and is needed" {
	simple | joined
	"$tool" --name x --modinfo "kpatch_build_id=$build_id" joined.o Module.symvers out.ko
	modinfo | grep -qx "kpatch_build_id=$build_id"
	run -1 "$tool" --name x joined.o Module.symvers out.ko
	[[ $output = *" [usage]" ]]
	run -1 "$tool" --name x --build-id 123 joined.o Module.symvers out.ko
	[[ $output = *" [build-id-malformed]" ]]
}

@test "symbol versions are written for what is imported, where the kernel checks them" {
	simple | joined
	create
	objcopy -O binary -j __versions out.ko versions.bin
	[ "$(tr '\0' '\n' < versions.bin | grep -aoE '[a-z_]{4,}' | sort | paste -sd' ')" = \
		"exported klp_enable_patch module_layout" ]
	[ "$(od -An -v -tx4 -N4 versions.bin | tr -d ' ')" = 11111111 ]
	simple | joined -DNO_MODVERSIONS
	create
	run ! grep -q __versions <(readelf -SW out.ko)
}

@test "begin and end of the records are defined" {
	simple | joined
	create
	[ "$(readelf -sW out.ko | awk '/kpatch_funcs_(begin|end)$/ { print $2, $8 }' | sort)" = \
		"0000000000000000 kpatch_funcs_begin
0000000000000030 kpatch_funcs_end" ]
	readelf -sW out.ko | grep -qE ' ABS kpatch_post_patch_begin$'
}

@test "helper sections and what only they used are gone" {
	{
		simple
		cat <<-END
			.section .discard.addressable, "", @progbits
			.quad nowhere
			.section .comment.own, "", @progbits
			.section .kpatch.ignore.functions, "a", @progbits
			.quad changed
		END
	} | joined -g
	create
	run ! grep -E 'kpatch\.(bind|facts|ignore)|discard|debug|\.comment ' <(readelf -SW out.ko)
	run ! grep -E ' nowhere| FILE ' <(readelf -sW out.ko)
}

@test "tables and their relocations stay as they are" {
	{
		simple
		cat <<-END
			.pushsection __jump_table, "aw", @progbits
			.balign 8
			.long changed - ., changed - .
			.quad exported - .
			.popsection
			.pushsection __bug_table, "aw", @progbits
			.long changed - ., 7
			.popsection
		END
	} | joined
	create
	for section in __jump_table __bug_table .text.changed; do
		objcopy -O binary -j $section joined.o joined.section
		objcopy -O binary -j $section out.ko out.section
		cmp joined.section out.section
	done
	[ "$(relocations .rela__jump_table | wc -l)" -eq 3 ]
}

@test "the same input gives the same bytes, whatever the paths" {
	simple | joined
	create
	mkdir elsewhere
	mv out.ko first.ko
	cp joined.o elsewhere/another.o
	"$tool" --name livepatch-test --build-id "$build_id" elsewhere/another.o Module.symvers out.ko
	cmp first.ko out.ko
}

@test "all unresolved symbols are named at once" {
	joined <<-END
		function changed
			call missing
			call missing_too
			call for_one
		end changed
		replace changed, changed, vmlinux
	END
	refused 2 symbol-unresolved 3
	create 2>&1 | grep -q 'changed+0x1: symbol missing is '
}

@test "not an ELF file, not a relocatable object, no file" {
	echo text > joined.o
	refused 1 not-elf
	cp "$tool" joined.o
	refused 1 not-relocatable
	rm joined.o
	refused 1 cannot-read
}

@test "an object without the glue" {
	simple | joined
	cp diff.o joined.o
	refused 1 glue-missing
}

@test "an object that objtool has not seen" {
	simple | joined -DORC
	refused 1 objtool-missing
	{
		simple
		printf '.section .orc_unwind, "a", @progbits\n.long 0\n'
	} | joined -DORC
	create
}

@test "a patch without records" {
	joined < /dev/null
	refused 1 nothing-to-patch
}

@test "a relocation type that the kernel does not know" {
	joined <<-END
		function changed
			mov hidden@GOTPCREL(%rip), %rax
		end changed
		replace changed, changed, vmlinux
		bind hidden, hidden, vmlinux, vmlinux
	END
	refused 2 relocation-unknown
}

@test "names that are too long for the kernel" {
	joined <<-END
		function changed
			call hidden
			call exported_under_a_rather_long_name
		end changed
		replace changed, changed, a_module_with_quite_a_long_name
		bind hidden, a_function_with_quite_a_long_name, vmlinux, vmlinux
	END
	refused 2 name-too-long 3
	simple | joined
	run -2 "$tool" --name a-module-with-quite-a-long-name --build-id "$build_id" joined.o \
		Module.symvers out.ko
	[[ $output = *" [name-too-long]" ]]
}

@test "one callback of a kind for an object" {
	{
		simple
		cat <<-END
			callback post_patch, changed, vmlinux
			callback post_patch, changed, some_module
			callback pre_patch, changed, vmlinux
		END
	} | joined
	create
	{
		simple
		cat <<-END
			callback post_patch, changed, vmlinux
			callback post_patch, changed, vmlinux
		END
	} | joined
	rm out.ko
	refused 2 callback-duplicate
}

@test "one replacement for a function" {
	{
		simple
		echo 'replace changed, changed, vmlinux, 2'
	} | joined
	create
	{
		simple
		echo 'replace changed, changed, vmlinux'
	} | joined
	rm out.ko
	refused 2 function-duplicate
}

@test "a symbol with two meanings" {
	{
		simple
		echo 'bind hidden, hidden, vmlinux, vmlinux, 3'
	} | joined
	refused 2 symbol-ambiguous
}

@test "records that contradict the kernel's rules" {
	{
		simple
		echo 'bind foreign, foreign, some_module, vmlinux'
	} | joined
	refused 1 record-malformed
	{
		simple
		echo 'bind foreign, foreign, some_module, some_module'
	} | joined
	refused 2 module-unchanged
}

# in_module SECTION: assembly that uses a symbol of a module in a table.
in_module()
{
	cat <<-END
		function changed
			nop
		end changed
		replace changed, changed, some_module
		bind foreign, foreign, some_module, some_module
		.pushsection $1, "aw", @progbits
		.long changed - ., foreign - .
		.quad foreign - .
		.popsection
	END
}

@test "a module's symbol where the kernel looks before that module is there" {
	in_module __jump_table | joined
	refused 2 module-static-key 2
	create 2>&1 | grep -q 'error: changed+0 uses foreign of module some_module'
	in_module .static_call_sites | joined
	refused 2 module-static-call 2
	in_module .altinstr_replacement | joined
	refused 2 module-alternative 2
	in_module __ex_table | joined
	refused 2 module-table 2
	in_module .init.text | joined
	refused 2 module-init-code 2
	in_module .data.fine | joined
	create
}

@test "for the core module, the same" {
	local place

	core_vmlinux
	for place in __jump_table:key .static_call_sites:call; do
		in_module "${place%:*}" | joined -DCORE
		run -2 create --core vmlinux
		[[ $output == *"[module-static-${place#*:}]" ]]
	done
	in_module .data.fine | joined -DCORE
	create --core vmlinux
}

@test "a module's symbol in an instruction that is replaced at load" {
	alternative() {
		cat <<-END
			function changed
				nop
			1:	call foreign
				call foreign
			end changed
			replace changed, changed, some_module
			bind foreign, foreign, some_module, some_module
			.pushsection .altinstructions, "a", @progbits
			.long 1b - ., changed - .
			.2byte 7
			.byte $1, 0
			.popsection
		END
	}
	alternative 5 | joined
	refused 2 module-alternative
	alternative 1 | joined
	create
}

@test "a static call whose key objtool has not seen" {
	joined <<-END
		function changed
			call tramp
		end changed
		replace changed, changed, vmlinux
		bind tramp, __SCT__some_call, vmlinux, vmlinux
		.pushsection .static_call_sites, "aw", @progbits
		.long changed - ., tramp - .
		.popsection
	END
	refused 2 static-call-key
}

@test "a Module.symvers of another kernel, or not one" {
	simple | joined
	sed -i /module_layout/d Module.symvers
	refused 1 symvers-malformed
	echo text > Module.symvers
	refused 1 symvers-malformed
}

@test "no place for the output" {
	simple | joined
	run -1 "$tool" --name x --build-id "$build_id" joined.o Module.symvers no/such/dir.ko
	[[ $output = *" [cannot-write]" ]]
	run -1 "$tool" --name x --build-id "$build_id" joined.o Module.symvers /dev/full
	[[ $output = *" [cannot-write]" ]]
	[ -c /dev/full ]
}

@test "wrong use" {
	simple | joined
	for arguments in "--name" "joined.o Module.symvers out.ko" "--name x joined.o" \
		"--name a.b joined.o Module.symvers out.ko" \
		"--name x --modinfo name=y joined.o Module.symvers out.ko" \
		"--name x --modinfo y joined.o Module.symvers out.ko"; do
		# shellcheck disable=SC2086
		run -1 "$tool" --build-id "$build_id" $arguments
		[[ ${lines[-1]} = "create-patch-module: error: "*" [usage]" ]]
	done
	"$tool" --help | grep -q 'Usage: create-patch-module'
	"$tool" --version | grep -q '^create-patch-module [0-9]'
}

@test "a cut or garbled object is refused, never believed" {
	simple | joined
	size=$(stat -c %s joined.o)
	mv joined.o whole.o
	for ((cut = 16; cut < size; cut += size / 40)); do
		head -c "$cut" whole.o > joined.o
		run create
		[ "$status" -eq 1 ]
		[[ $output = "create-patch-module: error: "*"]" ]]
	done
	for ((at = 16; at < size; at += size / 150)); do
		cp whole.o joined.o
		printf '\377\377\377\377' | dd of=joined.o bs=1 seek="$at" conv=notrunc status=none
		run create
		[ "$status" -le 2 ]
	done
}
