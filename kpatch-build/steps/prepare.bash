# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# A prepared kernel in the cache, once per kernel. It is made in a directory of another
# name and renamed when it is complete: a run that is killed leaves nothing half done.
#
#   kernels/KEY/    KEY is build-id, and a checksum of source, configuration and compiler
#     tree/         source with everything generated, ready to compile single objects in
#     vmlinux       unstripped
#     env           what the kernel's top Makefile exports, NUL-separated
#     info          NAME=VALUE lines: format, release, build_id, source, compiler, config_cc, tree
#     modules/      shipped modules, as they are needed
#     parts/KEY/    what also depends on our own programs: glue objects, facts of the kernel, and
#                   in core/ the core module for it
#
# reads:  TARGET_*, KERNEL, INFO, OPT_BACKEND
# sets:   KERNEL, INFO, PARTS (directory of the parts)

# Goes up when what a prepared kernel holds changes: older ones are then prepared anew.
readonly PREPARE_FORMAT=3

prepare() {
	step_begin prepare
	if [[ -z $KERNEL ]]; then
		prepare_lock
		# Perhaps the run we waited for has prepared it.
		if ! target_find || ! target_is_ours ||
		   ! { compiler_check "${INFO[config_cc]}"; target_is_current; }; then
			prepare_kernel
		fi
		prepare_unlock
	fi
	prepare_parts
	step_end "$(prepare_summary)"
}

prepare_summary() {
	if [[ -n ${PARTIAL:-} ]]; then
		printf '%s (%s), the cache has %s' "${INFO[release]}" "${INFO[source]}" "$(cache_size)"
	else
		printf 'in the cache'
	fi
}

prepare_kernel() {
	local key config
	need tar xz ar make readelf awk find
	KERNEL=""
	backend_fetch
	prepare_check_space
	PARTIAL=$KPATCH_CACHE/kernels/.partial-$RUN_NAME
	cache_mkdir "$PARTIAL"
	config=$PARTIAL/config
	backend_config "$config"
	compiler_check "$(config_value CC_VERSION_TEXT "$config")"
	prepare_check_config "$config"
	# What the user gives is looked at where it lies, before a tree of gigabytes is copied.
	[[ -z $OPT_SOURCE ]] || prepare_check_vmlinux "$OPT_VMLINUX" "$OPT_SOURCE"
	note "unpacking source, configuration and vmlinux of $SOURCE_ID"
	backend_unpack "$PARTIAL"
	[[ -n $OPT_SOURCE ]] || prepare_check_vmlinux "$PARTIAL/vmlinux" "$PARTIAL/tree"
	prepare_tree
	prepare_info "$config"
	key=$(prepare_key)
	[[ -d $KPATCH_CACHE/kernels/$key ]] || mv -T "$PARTIAL" "$KPATCH_CACHE/kernels/$key"
	rm -rf "$PARTIAL"
	prepare_link "$key"
	target_find
}

# prepare_link KEY
prepare_link() {
	local dir=$KPATCH_CACHE/targets
	{ ln -sfnT "../kernels/$1" "$dir/.partial-$RUN_NAME" && mv -T "$dir/.partial-$RUN_NAME" "$dir/$TARGET_NAME"; } \
		2>>"$LOG" || cache_not_writable "$dir"
}

# prepare_failed WHAT
prepare_failed() {
	die_if_full "$LOG"
	die "$EXIT_ERROR" prepare-failed "$1; the last lines of the log tell why: $(tail -n 3 "$LOG" | tr '\n' ' ')"
}

# Unpacked, a kernel needs about 2.3 GB; better to say so at once than to fill the disk.
prepare_check_space() {
	local free
	free=$(df --output=avail -B1M -- "$KPATCH_CACHE" | tail -n 1)
	[[ $free -ge 2500 ]] ||
		die "$EXIT_SPACE" no-space "a prepared kernel needs 2.5 GB, and $KPATCH_CACHE has ${free// /} MB left; free some, run $PROG --clean, or move the cache with KPATCH_CACHE"
}

prepare_check_config() {
	[[ $OPT_BACKEND == core || $(config_value LIVEPATCH "$1") == y ]] ||
		die "$EXIT_LIVEPATCH" no-livepatch "the kernel ${TARGET_RELEASE:-of $OPT_SOURCE} was built without livepatch support (CONFIG_LIVEPATCH is not set); it cannot be patched this way, but perhaps with --backend core"
	[[ $(config_value X86_64 "$1") == y ]] ||
		die "$EXIT_REFUSED" architecture "the kernel ${TARGET_RELEASE:-of $OPT_SOURCE} is not for x86-64, the only architecture so far"
}

# prepare_check_vmlinux VMLINUX TREE: is it the kernel's, with what is needed of it, and built from such a
# tree? sets: TARGET_RELEASE, BUILD_ID
prepare_check_vmlinux() {
	prepare_release "$@"
	BUILD_ID=$(LC_ALL=C readelf -n "$1" 2>>"$LOG" |
		sed -nE 's/^ *Build ID: ([0-9a-f]+)$/\1/p' | head -n 1)
	[[ -n $BUILD_ID ]] ||
		die "$EXIT_MISMATCH" no-build-id "the vmlinux of $TARGET_RELEASE has no build-id; without it nobody can tell which kernel it is"
	[[ -z $RUNNING_BUILD_ID || $RUNNING_BUILD_ID == "$BUILD_ID" ]] ||
		die "$EXIT_MISMATCH" other-build "the running kernel is not the $TARGET_RELEASE of $SOURCE_ID (build-id $RUNNING_BUILD_ID, the archive's is $BUILD_ID); reboot into the archive's kernel, or use -s -c -v"
	grep -q ' \.symtab ' <(LC_ALL=C readelf -SW "$1" 2>>"$LOG") ||
		die "$EXIT_MISMATCH" not-a-vmlinux "$1 has no symbols; give the unstripped vmlinux with -v"
}

# prepare_release VMLINUX TREE: the release is part of the vermagic string: it must be the target's, to the
# letter.
prepare_release() {
	local banner=""
	if [[ ! -s $PARTIAL/release ]]; then
		banner=$(grep -aom 1 'Linux version [0-9].*' "$1" | head -n 1) ||
			die "$EXIT_MISMATCH" not-a-vmlinux "$1 holds no kernel version; give the unstripped vmlinux with -v"
		read -r _ _ TARGET_RELEASE _ <<<"$banner"
		printf '%s\n' "$TARGET_RELEASE" >"$PARTIAL/release"
	fi
	read -r TARGET_RELEASE <"$PARTIAL/release"
	prepare_check_version "$banner" "$2"
}

# prepare_check_version BANNER TREE: is the source of the version that vmlinux was built from?
# BANNER is empty where both come from packages of one version.
prepare_check_version() {
	local source series built
	source=$(awk '$1 == "VERSION" { v = $3 } $1 == "PATCHLEVEL" { v = v "." $3 }
		$1 == "SUBLEVEL" { v = v "." $3; exit } END { print v }' "$2/Makefile")
	series=$(cut -d . -f 1,2 <<<"$source")
	[[ $TARGET_RELEASE == "$series"[!0-9]* ]] || prepare_other_version "$source" "$TARGET_RELEASE"
	[[ -n $1 ]] || return 0
	built=$(prepare_built_version "$series" "$1")
	if [[ -z $built ]]; then
		warn source-version-unknown "vmlinux does not tell of which version after $series it is; whether the source, $source, is the one it was built from cannot be checked"
	elif [[ $built != "$source" ]]; then
		prepare_other_version "$source" "$TARGET_RELEASE, built from $built"
	fi
}

prepare_other_version() {
	die "$EXIT_MISMATCH" source-mismatch "the source is of Linux $1 and the target kernel is $2; give the source it was built from"
}

# prepare_built_version SERIES BANNER: the version in three numbers. A distribution names it at
# the end, after the number of the build, and may begin its release with 6.1.0 whatever it is:
#   Linux version 6.1.0-9-amd64 (...) (gcc ...) #1 SMP ... Debian 6.1.7-1 (2023-01-01)
# Upstream begins the release with it: Linux version 6.1.7-mine (...) (gcc ...) #1 SMP ...
prepare_built_version() {
	local release named
	read -r _ _ release _ <<<"$2"
	named=$(grep -oE "[ (]${1//./\\.}\.[0-9]+([-+~) ]|\$)" <<<"${2#* #}" | tail -n 1 |
		tr -d ' ()+~-') || true
	if [[ -n $named ]]; then
		printf '%s\n' "$named"
	elif [[ $release =~ ^[0-9]+\.[0-9]+\.[1-9][0-9]* ||
		$release =~ ^[0-9]+\.[0-9]+\.0(\+|-rc[0-9]+.*)?$ ]]; then
		printf '%s\n' "${BASH_REMATCH[0]%%[+-]*}"
	fi
}

# What a build would have made before it compiles the first object.
prepare_tree() {
	local tree=$PARTIAL/tree
	if [[ ! -f $tree/include/config/auto.conf ]]; then
		run clean_make -C "$tree" KERNELRELEASE="$TARGET_RELEASE" CC="$TARGET_CC" olddefconfig ||
			prepare_failed "make olddefconfig fails"
		prepare_tools "it was not built there"
	else
		# Newer than .config, or kbuild makes them again.
		touch "$tree"/include/config/auto.conf "$tree"/include/config/auto.conf.cmd \
			"$tree"/include/generated/autoconf.h "$tree"/include/generated/rustc_cfg
		[[ -x $tree/scripts/basic/fixdep && -x $tree/tools/objtool/objtool ]] ||
			prepare_tools "no package has them ready built"
	fi
	run kbuild_capture "$tree" "$TARGET_RELEASE" "$TARGET_CC" "$PARTIAL/env" ||
		prepare_failed "the kernel's Makefile does not tell its environment"
	[[ -s $PARTIAL/env ]] || prepare_failed "the kernel's Makefile does not tell its environment"
	kbuild_load_env "$PARTIAL/env" "$tree" "$tree"
	prepare_small_tools "$tree"
	prepare_check_kbuild "$tree"
}

prepare_tools() {
	[[ -n $KBUILD_ROOT ]] || need flex bison bc gcc
	note "building the kernel's tools (about 20 s): $1"
	run clean_make -C "$PARTIAL/tree" -j"$OPT_JOBS" KERNELRELEASE="$TARGET_RELEASE" \
		CC="$TARGET_CC" modules_prepare || prepare_failed "make modules_prepare fails"
}

# Tools that only some directories need, and that packages leave out.
prepare_small_tools() {
	local tree=$1
	if [[ ! -x $tree/scripts/asn1_compiler ]] &&
	   [[ -n $(config_value ASN1 "$tree/.config") ]]; then
		run kbuild "$tree" obj=scripts scripts/asn1_compiler ||
			prepare_failed "cannot build scripts/asn1_compiler"
	fi
	if [[ -d $tree/scripts/selinux/genheaders && ! -x $tree/scripts/selinux/genheaders/genheaders &&
	      -n $(config_value SECURITY_SELINUX "$tree/.config") ]]; then
		run kbuild "$tree" obj=scripts/selinux/genheaders ||
			prepare_failed "cannot build scripts/selinux/genheaders"
	fi
}

# One make rule file must lead from the top directory to every object (Linux 5.19 or later).
prepare_check_kbuild() {
	local top
	top=$(kbuild_owners "$1" . 2>>"$LOG") || prepare_failed "the kernel's make rules do not work alone"
	[[ $top == *"subdir kernel"* && $top == *"subdir arch/"* ]] ||
		die "$EXIT_REFUSED" kernel-too-old "the make rules of Linux $TARGET_RELEASE cannot build a single object from the top directory; kernels from 5.19 on can"
}

prepare_info() {
	cat >"$PARTIAL/info" <<-END
		format=$PREPARE_FORMAT
		release=$TARGET_RELEASE
		build_id=$BUILD_ID
		source=$SOURCE_ID
		compiler=$TARGET_CC_TEXT
		config_cc=$(config_value CC_VERSION_TEXT "$1")
		tree=$PARTIAL/tree
	END
	mkdir "$PARTIAL/modules" "$PARTIAL/parts"
}

prepare_key() {
	local sum
	sum=$({ grep -v '^tree=' "$PARTIAL/info"; cat "$PARTIAL/config"; } | sha256sum)
	printf '%s-%s\n' "${BUILD_ID:0:16}" "${sum:0:12}"
}

# The glue of the patch module and the facts that the differ needs change with our programs. The
# core module is made when it is asked for first.
prepare_parts() {
	local key
	key=$(prepare_parts_key)
	PARTS=$KERNEL/parts/$key
	prepare_part "$PARTS" prepare_glue_and_facts
	[[ $OPT_BACKEND != core ]] || prepare_part "$PARTS/core" prepare_core
}

# prepare_part DIR FUNCTION: DIR appears with all that FUNCTION puts into PARTS_PARTIAL, once.
prepare_part() {
	# The time of its last use; the kernel may be another user's.
	[[ ! -d $1 ]] || { touch -c -- "$1" 2>/dev/null || true; return 0; }
	prepare_lock
	if [[ ! -d $1 ]]; then
		PARTS_PARTIAL=$KERNEL/parts/.partial-$RUN_NAME
		cache_mkdir "$PARTS_PARTIAL"
		"$2"
		# Whoever was faster, in spite of the lock, has made the same.
		mv -T "$PARTS_PARTIAL" "$1" 2>>"$LOG" || { [[ -d $1 ]] && rm -rf "$PARTS_PARTIAL"; } ||
			cache_not_writable "${1%/*}"
	fi
	prepare_unlock
}

# What other versions of ours have made goes when none has used it for a week.
prepare_trim() {
	local old=()
	[[ -n ${PARTS:-} ]] || return 0
	mapfile -t old < <(find "$KERNEL/parts" -mindepth 1 -maxdepth 1 ! -path "$PARTS" ! -path "$INDEX" \
		! -name '.partial-*' -mtime +7)
	discard "$KERNEL/parts/.partial-$RUN_NAME" "${old[@]}"
}

prepare_glue_and_facts() {
	prepare_glue
	prepare_facts
}

prepare_parts_key() {
	local sum
	sum=$(cat "$KPATCH_GLUE_DIR"/* "$KPATCH_CORE_DIR"/* "$DIFFER" \
		"$KPATCH_BUILD_DIR"/{lib/{farm,kbuild,root},steps/prepare}.bash | sha256sum)
	printf '%s\n' "${sum:0:16}"
}

# The glue of each back end is compiled as a module of one object, without objtool, which runs over
# the whole patch module later; its arguments are what kbuild would have run here.
prepare_glue() {
	local farm=$PARTS_PARTIAL/farm glue
	farm_grow "$farm" "$KERNEL/tree" .
	mkdir "$farm/kpatch-glue"
	cp "$KPATCH_GLUE_DIR"/* "$KPATCH_CORE_DIR/kpatch-core.h" "$farm/kpatch-glue/"
	kbuild_load_env "$KERNEL/env" "${INFO[tree]}" "$farm"
	for glue in kpatch-glue kpatch-glue-core; do
		run kbuild "$farm" obj=kpatch-glue need-modorder=1 objtool=/bin/true \
			"OBJECT_FILES_NON_STANDARD_$glue.o=" "kpatch-glue/$glue.o" ||
			prepare_failed "the glue of the patch module does not compile for $TARGET_RELEASE"
		mv "$farm/kpatch-glue/$glue.o" "$PARTS_PARTIAL/"
	done
	sed -nE '1s|^.*; */bin/true (.*) [^ ]*kpatch-glue\.o *;?.*$|\1|p' \
		"$farm/kpatch-glue/.kpatch-glue.o.cmd" >"$PARTS_PARTIAL/objtool-arguments"
	rm -rf "$farm"
}

prepare_facts() {
	"$DIFFER" --facts "$KERNEL/vmlinux" >"$PARTS_PARTIAL/facts" 2>>"$LOG" ||
		prepare_failed "cannot read the facts of the kernel from its vmlinux"
}

# The core module is an ordinary module outside the tree. Its symbols, with their versions, are
# what a patch module for it is linked against.
prepare_core() {
	local farm=$PARTS_PARTIAL/farm cc
	note "building the core module for ${INFO[release]} (about 10 s)"
	farm_grow "$farm" "$KERNEL/tree" .
	farm_grow "$farm" "$KERNEL/tree" scripts
	mkdir "$farm/kpatch-core" "$farm/patch"
	cp "$KPATCH_CORE_DIR"/* "$farm/kpatch-core/"
	cp "$KPATCH_GLUE_DIR"/*.h "$farm/patch/"
	kbuild_load_env "$KERNEL/env" "${INFO[tree]}" "$farm"
	cc=$(printf '%s\n' "${KBUILD_ENV[@]}" | sed -n 's/^CC=//p')
	[[ -e $farm/scripts/module.lds ]] || run kbuild "$farm" obj=scripts scripts/module.lds ||
		prepare_failed "the kernel's make rules do not make scripts/module.lds"
	run clean_make -C "$farm" M=kpatch-core CC="$cc" KERNELRELEASE="${INFO[release]}" modules ||
		prepare_failed "the core module does not compile for ${INFO[release]}"
	strip --strip-debug -o "$PARTS_PARTIAL/kpatch.ko" "$farm/kpatch-core/kpatch.ko"
	mv "$farm/kpatch-core/Module.symvers" "$PARTS_PARTIAL/"
	rm -rf "$farm"
}
