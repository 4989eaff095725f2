# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154
#
# Functions that others use by more than their declaration. The differ sees one unit: who has the address
# of a function of another file, in a table or in code, came out as it was, perhaps by a cast; assembly
# has no declarations at all, and BPF programs have the running kernel's.
#
# reads:  DIFFED, UNITS, ORIG, PATCHED, INDEX, KERNEL, RUN, KPATCH_BUILD_DIR
# sets:   worst (diff_collect's)

# addresses_in OBJECT NAME...: those of the names whose address the object has of another file.
addresses_in() {
	local object=$1 IFS=,
	shift
	readelf -rW "$object" 2>/dev/null | awk -v NAMES=",$*," -f "$KPATCH_BUILD_DIR/addresses.awk"
}

# addresses_text FILE: without comments, and without the names of other files.
addresses_text() {
	tr '\n' '\f' <"$1" | sed -E 's,/\*([^*]|\*+[^*/])*\*+/, ,g' | tr '\f' '\n' |
		sed -E 's,//.*,,; /^[[:space:]]*#[[:space:]]*include\b/d; /^[[:space:]]*#[[:space:]]*(define|el|end|if|undef)/b; s/(^|[[:space:]])#[[:space:]].*//'
}

# addresses_files NAME...: assembly, and the headers of its architecture, that have one of the names.
addresses_files() {
	local names dirs
	names=$(printf '%s\n' "$@")
	dirs=$(sed -n 's,^asm \(arch/[^/]*\)/.*,\1,p' "$INDEX/units" | sort -u)
	{
		sed -n 's/^asm \([^ ]*\) .*/\1/p' "$INDEX/units"
		[[ -z $dirs ]] || sed -n 's,.*,^&/.*\\.h$,p' <<<"$dirs" | { grep -f - "$INDEX/files" || true; }
	} | (cd "$PATCHED" || exit; xargs -r grep -lswF -- "$names" || [[ $? -eq 1 || $? -eq 123 ]])
}

# addresses_assembly NAME...: "FILE NAME" for those that the kernel's assembly has. A header declares them for C as well:
# only a call or a jump counts there.
addresses_assembly() {
	local file files name text before
	files=$(addresses_files "$@")
	while IFS= read -r file; do
		[[ -n $file ]] || continue
		text=$(addresses_text "$PATCHED/$file")
		before='(^|[^A-Za-z0-9_])'
		[[ $file == *.S ]] || before='(^|[^A-Za-z0-9_])(call|jmp)q?[[:space:]]+'
		for name; do
			! grep -E "$before$name([^A-Za-z0-9_]|\$)" <<<"$text" >/dev/null || printf '%s %s\n' "$file" "$name"
		done
	done <<<"$files"
}

# diff_check_addresses: what each unit says of its functions is asked of the others.
diff_check_addresses() {
	local i line name unit
	local -A prototypes=() removed=()
	for i in "${!DIFFED[@]}"; do
		while IFS= read -r line; do
			name=${line#* what the function }
			prototypes[${name%% takes or returns changed *}]="${DIFFED[i]} ${line#* takes or returns changed }"
		done < <(grep -hs ' \[prototype-of-global\]$' "$RUN/diff/$i.out")
		while read -r name; do
			! addresses_global "$ORIG/${DIFFED[i]%.c}.o" "$name" || removed[$name]=${DIFFED[i]}
		done < <(sed -nE 's/^[^:]*: removed function: ([^ ]+).*/\1/p' "$RUN/diff/$i.out")
	done
	[[ $((${#prototypes[@]} + ${#removed[@]})) -gt 0 ]] || return 0
	for unit in "${UNITS[@]}"; do
		while read -r name; do
			addresses_tell "$unit" "$name"
		done < <(addresses_in "$ORIG/${unit%.c}.o" "${!prototypes[@]}" "${!removed[@]}")
	done
	[[ ${#prototypes[@]} -gt 0 ]] || return 0
	addresses_tell_assembly "${!prototypes[@]}"
	addresses_tell_bpf "${!prototypes[@]}"
}

# addresses_tell_bpf NAME...: BTF_ID() mostly stands in another file (linux/btf_ids.h, Linux 6.1).
addresses_tell_bpf() {
	local known name
	known=$(nm "$KERNEL/vmlinux" | sed -nE 's/.* __BTF_ID__func__(.*)__[0-9]+$/\1/p')
	for name; do
		! grep -xF -- "$name" <<<"$known" >/dev/null ||
			addresses_refuse "$name" "BPF programs may call it, or look at what it takes, by the running kernel's BTF"
	done
}

# addresses_tell_assembly NAME...
addresses_tell_assembly() {
	local found file name
	found=$(addresses_assembly "$@")
	while read -r file name; do
		[[ -z $name ]] ||
			addresses_refuse "$name" "$file, which is assembly, has its name: whatever calls it there passes and takes what it did before"
	done <<<"$found"
}

# addresses_global OBJECT NAME: whether it defines a function of that name that others may have. No grep -q, see
# shared_lacks().
addresses_global() {
	nm -P --defined-only --extern-only "$1" 2>/dev/null | grep "^$2 [TW] " >/dev/null
}

# addresses_refuse NAME WHY
addresses_refuse() {
	local how=${prototypes[$1]#* }
	finding "$EXIT_REFUSED" prototype-changed "${prototypes[$1]%% *}: what the function $1 takes or returns changed ${how%%; no other file *}, but $2; leave it as it is, and add a function of another name"
	[[ $worst -eq 1 ]] || worst=2
}

# addresses_tell UNIT NAME
addresses_tell() {
	[[ -z ${prototypes[$2]:-} || ${prototypes[$2]%% *} == "$1" ]] ||
		addresses_refuse "$2" "$1 has its address and may have stored it (in a table, a timer, a work): whoever has that calls it as before"
	[[ -z ${removed[$2]:-} || ${removed[$2]} == "$1" ]] ||
		warn removed-address "${removed[$2]}: $2 is gone, but in the original $1 has its address: what has stored that (a timer, a work, a list) goes on calling the old code; keep the function under its name where it is only changed, and noinline where it is only inlined now"
}
