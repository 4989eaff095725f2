# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2004,SC2034,SC2154 # of the caller's arrays
#
# Does a change of a header come to code in Rust?
#
# reads:  SCOPE_FILES, KERNEL, INFO, INDEX, ORIG, PATCHED, and of the caller's: rust

# Code in Rust is not compiled here. What it knows of C is made from some headers and its helpers in C,
# of which the macros and declarations that it can come to are compared (compare-unit), and from
# instructions in macros.
reach_rust() {
	local name texts=() by="" at="" line
	[[ " ${SCOPE_FILES[*]}" != *" rust/"* ]] || {
		reach_rust_refuse
		return
	}
	for name in bindings uapi; do
		[[ ! -e $KERNEL/tree/rust/$name/${name}_helper.h ]] || texts+=("$name")
	done
	[[ ! -e $KERNEL/tree/rust/helpers.c && ! -e $KERNEL/tree/rust/helpers/helpers.c ]] || texts+=(helpers)
	[[ $(config_value RUST_INLINE_HELPERS "$KERNEL/tree/.config") != y ]] || texts+=(inline)
	reach_rust_compare
	for name in "${texts[@]}"; do
		line=$(reach_verdict "rust/kpatch-$name.o")
		log "rust, $name: ${line:-no verdict}"
		case $line in
		unseen | same | unused) ;;
		*)	[[ $line != "changed "* ]] ||
				{ read -r _; read -r _ by; read -r _ at; } <"$PATCHED/rust/kpatch-$name.o.verdict" || true
			reach_rust_refuse "${line#changed}" "$by" "$at"
			return ;;
		esac
	done
	reach_rust_instructions || reach_rust_refuse
}

# Helpers that become part of Rust's own code are a unit as any other.
reach_rust_compare() {
	local name line grown=1
	while [[ -n $grown ]]; do
		grown=""
		reach_load_env
		KBUILD_ENV+=("KPATCH_RUST=$INDEX/rust")
		# shellcheck disable=SC2016 # make expands it
		run kbuild "$PATCHED" -k obj=rust need-builtin=1 need-modorder=1 quiet=silent_ \
			'--eval=kpatch-%: ; $(if $(filter inline,$*),KPATCH_RUST=) $(CC) $(c_flags) $(if $(filter inline,$*),,-fno-builtin -D__BINDGEN__ -DMODULE) -Irust -o rust/kpatch-$*.o $(firstword $(wildcard rust/$*/$*_helper.h rust/helpers/helpers.c rust/helpers.c))' \
			"${texts[@]/#/kpatch-}" || true
		for name in "${texts[@]}"; do
			line=$(reach_verdict "rust/kpatch-$name.o")
			[[ $line != link\ * ]] || ! reach_unlink "${line#link }" || grown=1
		done
	done
}

# Instructions that macros of C give to Rust: are the same made of both?
reach_rust_instructions() {
	local source name farm
	for source in "$KERNEL/tree"/rust/kernel/*.rs.S; do
		[[ -e $source ]] || continue
		name=${source##*/}
		name=${name%.rs.S}
		for farm in "$ORIG" "$PATCHED"; do
			kbuild_load_env "$KERNEL/env" "${INFO[tree]}" "$farm"
			# shellcheck disable=SC2016 # make expands it
			run kbuild "$farm" obj=rust need-builtin=1 need-modorder=1 \
				'--eval=kpatch-%: ; $(CPP) $(c_flags) -xc -C -P rust/kernel/$*.rs.S >rust/kpatch-$*.rs' \
				"kpatch-$name" || return 1
			sed -i '1,/^\/\/ Cut here\.$/d' "$farm/rust/kpatch-$name.rs"
			[[ -s $farm/rust/kpatch-$name.rs ]] || return 1
		done
		cmp -s "$ORIG/rust/kpatch-$name.rs" "$PATCHED/rust/kpatch-$name.rs" || return 1
	done
}

# reach_rust_refuse [NAME BY FILE]: NAME begins with a space where it is known.
reach_rust_refuse() {
	local name="" by=""
	[[ ${1:-} != ' '* ]] || name=" of${1/#' ?'/ a declaration without a name}${3:+ in $3}"
	[[ -z ${2:-} || $2 == "${1# }" || $2 == \? ]] || by=" by way of $2"
	finding "$EXIT_REFUSED" header-reaches-rust "the change$name is also seen by code in Rust$by ($(scope_list "${rust[@]:0:3}")), and only functions in C can be replaced; keep what is declared there as it is, and give the fix a declaration or macro of its own beside it"
}
