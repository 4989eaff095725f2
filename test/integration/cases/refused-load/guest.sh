# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=test/integration/guest/lib.sh
. /lib/kpatch-test/lib.sh

m=livepatch-refused-load.ko
name=livepatch_refused_load

nothing_left()
{
	[ ! -e /sys/module/$name ] || die "the module is loaded"
	is "version" "$(wc -l </proc/version)" 1
}

# The same module, made for a kernel whose build-id differs in one digit: in what
# kpatch reads, and in what the module itself compares.
other_kernel()
{
	id=$(tr '\0' '\n' <$m | sed -n 's/^kpatch_build_id=//p')
	case $id in
	0*) other=1${id#?} ;;
	*) other=0${id#?} ;;
	esac
	hex=$(xxd -p $m | tr -d '\n')
	text=$(printf %s "$id" | xxd -p | tr -d '\n')
	other_text=$(printf %s "$other" | xxd -p | tr -d '\n')
	printf %s "$hex" | sed "s/$text/$other_text/g; s/$id/$other/g" | xxd -r -p >"$1"
}

other_kernel /tmp/$m
cmp -s $m /tmp/$m && die "the build-id was not found in the module"

refused 2 wrong-kernel kpatch load /tmp/$m
nothing_left
insmod /tmp/$m && die "insmod took a module for another kernel"
like "the module's own refusal" "$(dmesg)" 'kpatch: error: .*this kernel has .*\[wrong-kernel\]'
nothing_left

chmod 755 /cases /cases/*
refused 10 not-root su nobody -s /bin/kpatch -- load "$PWD/$m"
nothing_left

refused 1 not-elf kpatch load guest.sh
refused 5 not-loaded kpatch unload $name

load $m
refused 2 already-loaded kpatch load $m
is "version" "$(sed 1d /proc/version)" patched
unload $m
nothing_left
