#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
#
# Documents against the tree.
#
# shellcheck disable=SC2016 # backticks are text

top=$BATS_TEST_DIRNAME/../..

# sources FOLDER: the names of its source files, as the tables of the architecture have them.
sources()
{
	find "$top/$1" -type f \( -name '*.[chS]' -o -name '*.bash' -o -name '*.awk' -o -name '*.lds' \
		-o -name '*.mk' -o -name Kbuild -o -path '*/kpatch-build/kpatch-build' \) \
		! -name build.mk ! -name '*.mod.c' -printf '%f\n'
}

# parts FOLDER: the names in its table, a line each.
parts()
{
	awk -v heading="### $1/" '/^##/ { on = $0 == heading } on' "$top/doc/architecture.md" |
		sed -nE 's/^\|[^|]*\|(.*)\|$/\1/p' | grep -o '`[^`]*`' | tr -d '`'
}

setup()
{
	cd "$BATS_TEST_TMPDIR" || return
}

folders=(create-diff-object kpatch-build kpatch kmod lib)

@test "each source file belongs to a part of the architecture" {
	local folder file
	for folder in "${folders[@]}"; do
		parts "$folder" >named
		while read -r file; do
			echo "$folder: $file"
			grep -qxF -e "$file" -e "${file%.[chS]}" named
		done < <(sources "$folder")
	done
}

@test "the parts of the architecture have no file that is not there" {
	local folder part
	for folder in "${folders[@]}"; do
		sources "$folder" >files
		[ "$(parts "$folder" | wc -l)" -ge 6 ]
		while read -r part; do
			echo "$folder: $part"
			grep -qxF -e "$part" -e "$part.c" -e "$part.S" files
		done < <(parts "$folder")
	done
}

@test "each section of the guide for authors has the message as it is printed" {
	local guide=$top/doc/patch-author-guide.md id
	sed -nE 's/^### ([a-z-]+)$/\1/p' "$guide" >sections
	[ "$(wc -l <sections)" -ge 50 ]
	while read -r id; do
		echo "$id"
		awk -v heading="### $id" '/^##/ { on = $0 == heading } on' "$guide" |
			grep -qE "^(create-diff-object|kpatch-build): .* \[$id\]$"
	done <sections
}
