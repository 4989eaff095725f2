#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
#
# The core module and a patch module for it, as kpatch-build makes them for the newest stock
# kernel of each series that is prepared. What they do is tested in a virtual machine.

bats_require_minimum_version 1.5.0

setup_file()
{
	local top release

	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	# shellcheck source=test/lib/stock-kernel.bash
	. "$top/test/lib/stock-kernel.bash"
	export KPATCH_CACHE=$STOCK_CACHE
	RELEASES=
	for release in $(newest_cloud_release) $(prepared_cloud_releases); do
		[[ " $RELEASES " != *" $release "* ]] || continue
		mkdir "$BATS_FILE_TMPDIR/$release"
		"$top/kpatch-build/kpatch-build" --backend core --kernel "$release" -n patch \
			-o "$BATS_FILE_TMPDIR/$release" "$top/examples/meminfo.patch"
		RELEASES+=" $release"
	done
	export RELEASES
}

setup()
{
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
}

# each COMMAND...: in the folder of each kernel.
each()
{
	local release

	for release in $RELEASES; do
		echo "# $release"
		(cd "$BATS_FILE_TMPDIR/$release" && "$@") || return
	done
}

# indirect_calls FILE: the functions that call or jump through a pointer.
indirect_calls()
{
	objdump -dr "$1" | awk '/^[0-9a-f]+ </ { name = $2 }
		/__x86_indirect_|(call|jmp) +\*/ { print name }' | sort -u
}

only_hooks_by_pointer()
{
	[ "$(indirect_calls kpatch.ko)" = "<hooks_call>:" ]
}

@test "the core module calls hooks through pointers, and nothing else" {
	each only_hooks_by_pointer
}

# The kernel's functions that are not exported have static calls: a site each, no relocation.
static_calls()
{
	local symbols

	symbols=$(readelf -sW kpatch.ko)
	grep -q '__SCK__kpatch_ftrace_location' <<<"$symbols"
	grep -q '__SCK__kpatch_idle_task' <<<"$symbols"
	readelf -SW kpatch.ko | grep -q ' \.static_call_sites '
	! grep -qE ' UND (kallsyms_lookup_name|ftrace_location|idle_task)$' <<<"$symbols"
}

@test "it reaches what is not exported by static calls" {
	each static_calls
}

information()
{
	[ "$(modinfo -F depends patch.ko)" = kpatch ]
	[ "$(modinfo -F kpatch_backend patch.ko)" = core ]
	[ -z "$(modinfo -F livepatch patch.ko)" ]
	[ "$(modinfo -F vermagic patch.ko)" = "$(modinfo -F vermagic kpatch.ko)" ]
	! grep -qF .klp. <(readelf -SW patch.ko)
}

@test "a patch module for it needs it, and no livepatch support" {
	each information
}

# sysfs gets a file of each section's name.
sections_once()
{
	[ -z "$(readelf -SW patch.ko | sed -nE 's/^ +\[ *[0-9]+\] ([^ ]+) .*/\1/p' | sort | uniq -d)" ]
}

@test "a patch module has one section of a name" {
	each sections_once
}

traced()
{
	! grep -q __mcount_loc <(readelf -SW kpatch.ko)
}

@test "the core module is not traced itself" {
	each traced
}

# As dkms builds it: its variables, its command, in a tree of headers.
dkms_build()
{
	local release=${PWD##*/} kernel version
	local -a MAKE BUILT_MODULE_LOCATION
	# shellcheck source=/dev/null
	. "$top/kpatch-build/lib/kbuild.bash"
	# shellcheck source=/dev/null
	. "$top/kpatch-build/lib/farm.bash"
	kernel=$(readlink -f "$KPATCH_CACHE/targets/$release")
	farm_grow "$PWD/farm" "$kernel/tree" .
	farm_grow "$PWD/farm" "$kernel/tree" scripts
	kbuild_load_env "$kernel/env" "$(sed -n 's/^tree=//p' "$kernel/info")" "$PWD/farm"
	[[ -e farm/scripts/module.lds ]] || kbuild "$PWD/farm" obj=scripts scripts/module.lds

	make -C "$top" --no-print-directory install-dkms DESTDIR="$PWD/root"
	version=$(basename root/usr/src/kpatch-*)
	cp -r root again
	make -C "$top" --no-print-directory uninstall-dkms DESTDIR="$PWD/again"
	[ ! -e again/usr/src/"$version" ]
	mkdir -p "dkms/kpatch/${version#kpatch-}"
	mv "root/usr/src/$version" "dkms/kpatch/${version#kpatch-}/build"
	# shellcheck disable=SC2034
	{
		kernel_source_dir="$PWD/farm KERNELRELEASE=$release CC=$(printf '%s\n' \
			"${KBUILD_ENV[@]}" | sed -n 's/^CC=//p')"
		dkms_tree=$PWD/dkms
	}
	# shellcheck source=/dev/null
	. "dkms/kpatch/${version#kpatch-}/build/dkms.conf"
	[ "$PACKAGE_VERSION" = "${version#kpatch-}" ]
	# with the compiler that kbuild_load_env has found
	eval "in_root '$KBUILD_ROOT' ${MAKE[0]}"
	cmp <(modinfo -F vermagic kpatch.ko) \
		<(modinfo -F vermagic "dkms/kpatch/$PACKAGE_VERSION/build/${BUILT_MODULE_LOCATION[0]}/$BUILT_MODULE_NAME.ko")
}

@test "dkms can build the core module" {
	each dkms_build
}
