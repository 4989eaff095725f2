# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# For the `build` of a case: modules of its own, compiled against the prepared kernel. To be sourced.

guest_top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=test/lib/stock-kernel.bash
. "$guest_top/test/lib/stock-kernel.bash"
# shellcheck source=kpatch-build/lib/kbuild.bash
. "$guest_top/kpatch-build/lib/kbuild.bash"
# shellcheck source=kpatch-build/lib/farm.bash
. "$guest_top/kpatch-build/lib/farm.bash"

# guest_tree RELEASE: sets guest_farm, a tree to compile in, with the core module's sources in core/
# and patch/. It is removed when the shell ends.
guest_tree()
{
	local kernel

	guest_release=$1
	guest_work=$(mktemp -d)
	trap 'rm -rf "$guest_work"' EXIT
	guest_farm=$guest_work/farm
	kernel=$(readlink -f "$STOCK_CACHE/targets/$1")
	farm_grow "$guest_farm" "$kernel/tree" .
	farm_grow "$guest_farm" "$kernel/tree" scripts
	mkdir "$guest_farm/core" "$guest_farm/patch"
	cp "$guest_top"/kmod/core/* "$guest_farm/core/"
	cp "$guest_top"/kmod/patch/*.h "$guest_farm/patch/"
	kbuild_load_env "$kernel/env" "$(sed -n 's/^tree=//p' "$kernel/info")" "$guest_farm"
	[[ -e $guest_farm/scripts/module.lds ]] ||
		kbuild "$guest_farm" obj=scripts scripts/module.lds
}

# guest_make FOLDER [VARIABLE=VALUE]...: the modules of a folder of guest_farm.
guest_make()
{
	local folder=$1 cc
	shift

	cc=$(printf '%s\n' "${KBUILD_ENV[@]}" | sed -n 's/^CC=//p')
	clean_make -C "$guest_farm" M="$folder" CC="$cc" KERNELRELEASE="$guest_release" "$@" modules
}

# guest_take FILE.ko OUT.ko: without what the guest has no use for.
guest_take()
{
	strip --strip-debug -o "$2" "$1"
}

# guest_modules CASE-DIR OUT NAME...: of NAME.c each.
guest_modules()
{
	local dir=$1 out=$2 name symbols=$guest_farm/core/Module.symvers
	shift 2

	mkdir "$guest_farm/own"
	find "$dir" -name "*.[ch]" -exec cp -t "$guest_farm/own" {} +
	{
		printf 'obj-m += %s.o\n' "$@"
		# shellcheck disable=SC2016
		echo 'ccflags-y += -I$(src)/../core -I$(src)/../patch'
	} >"$guest_farm/own/Kbuild"
	# Those of the core module, where that was made before.
	[[ -e $symbols ]] || symbols=
	guest_make own KBUILD_EXTRA_SYMBOLS="$symbols"
	for name in "$@"; do
		guest_take "$guest_farm/own/$name.ko" "$out/$name.ko"
	done
}
