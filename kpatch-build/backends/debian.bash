# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# The Debian back end: everything of one kernel comes from the packages of exactly that
# version, downloaded and unpacked as an ordinary user, nothing is installed.
#
#   linux-image-RELEASE-unsigned   modules (or linux-image-RELEASE, where only that is left;
#                                  7.2: linux-modules-RELEASE)
#   linux-image-RELEASE-dbg        unstripped vmlinux
#   linux-headers-RELEASE          .config, Module.symvers and the generated headers
#   linux-kbuild-*                 objtool, fixdep, genksyms …; the headers package names it
#   linux-source-X.Y               source with Debian's patches
#
# linux-headers-*-common holds nothing that the source does not hold.
#
# With --suite they are of that suite, from the archives of the machine's package sources (suite.bash),
# and so is the compiler, if the machine has another (compiler.bash).
#
# sets:  DEB_APT (directory of the private apt)
#        DEB_IMAGE, DEB_DEBUG, DEB_HEADERS, DEB_KBUILD (may stay empty), DEB_SOURCE: files

# shellcheck source=kpatch-build/backends/debian/suite.bash
. "${BASH_SOURCE[0]%.bash}/suite.bash"
# shellcheck source=kpatch-build/backends/debian/compiler.bash
. "${BASH_SOURCE[0]%.bash}/compiler.bash"

DEB_APT=${KPATCH_CACHE:-}/apt${OPT_SUITE:+@$OPT_SUITE}
DEB_IMAGE="" DEB_DEBUG="" DEB_HEADERS="" DEB_KBUILD="" DEB_SOURCE=""

backend_matches() {
	local key value ids=""
	[[ -r /etc/os-release ]] || return 1
	while IFS='=' read -r key value; do
		[[ $key != ID && $key != ID_LIKE ]] || ids+=" ${value//[\"\']/} "
	done </etc/os-release
	[[ $ids == *" debian "* ]]
}

# Debian puts the package version at the end of the kernel's version string: one release
# name can stand for several package versions.
backend_running() {
	local text
	TARGET_RELEASE=$(uname -r)
	read -r text </proc/version
	TARGET_VERSION=$(debian_version_in "$text")
}

# … #1 SMP PREEMPT_DYNAMIC Debian 6.1.52-1 (2023-09-07) → 6.1.52-1; the compiler's version
# stands further left in the same form.
debian_version_in() {
	[[ ! $1 =~ \ Debian\ ([0-9][^ ]*)\ \([0-9-]+\)$ ]] || printf '%s\n' "${BASH_REMATCH[1]}"
}

backend_target() {
	[[ $TARGET_RELEASE =~ ^[0-9][A-Za-z0-9.+~_-]*$ ]] ||
		die "$EXIT_KERNEL" unknown-kernel "\"$TARGET_RELEASE\" is not a kernel release; $PROG --list-kernels shows what the archive has"
	TARGET_NAME=$TARGET_RELEASE${TARGET_VERSION:+@$TARGET_VERSION}
}

backend_fetch() {
	if ! debian_find_cached; then
		debian_update
		debian_find_in_archive
		debian_download
		debian_find_cached ||
			die "$EXIT_ERROR" internal "the packages of $TARGET_RELEASE were downloaded but are not in $PACKAGES"
	fi
	SOURCE_ID="Debian $TARGET_VERSION"
}

# debian_file VARIABLE NAME VERSION: the package's file in the cache, if it is there.
debian_file() {
	local -n debian_found=$1
	local candidate
	debian_found=""
	for candidate in "$PACKAGES/$2_${3//:/%3a}_"*.deb; do
		[[ ! -f $candidate ]] || debian_found=$candidate
	done
	[[ -n $debian_found ]]
}

# All packages of the target in the cache? Then there is no need to ask the archive.
debian_find_cached() {
	local version=$TARGET_VERSION kbuild file
	if [[ -z $version ]]; then
		version=$(for file in "$PACKAGES/linux-headers-${TARGET_RELEASE}_"*.deb; do
			file=${file##*/}
			file=${file#*_}
			printf '%s\n' "${file%_*}"
		done | sort -V | tail -n 1)
	fi
	debian_file DEB_HEADERS "linux-headers-$TARGET_RELEASE" "$version" || return 1
	debian_file DEB_DEBUG "linux-image-$TARGET_RELEASE-dbg" "$version" || return 1
	debian_file DEB_SOURCE "$(debian_source_name "$version")" "$version" || return 1
	debian_find_image "$version" || return 1
	kbuild=$(dpkg-deb -f "$DEB_HEADERS" Depends | debian_kbuild_name)
	debian_file DEB_KBUILD "$kbuild" "$version" ||
		[[ -f $DEB_HEADERS.no-kbuild ]] || return 1
	TARGET_VERSION=$version
}

# The packages that may have the modules, the likeliest first.
debian_image_names() {
	printf '%s\n' "linux-modules-$TARGET_RELEASE" "linux-image-$TARGET_RELEASE-unsigned" \
		"linux-image-$TARGET_RELEASE"
}

debian_find_image() {
	local name
	for name in $(debian_image_names); do
		! debian_file DEB_IMAGE "$name" "$1" || return 0
	done
	return 1
}

# 6.1.192-2 → linux-source-6.1
debian_source_name() {
	[[ $1 =~ ^([0-9]+\.[0-9]+) ]] && printf 'linux-source-%s\n' "${BASH_REMATCH[1]}"
}

debian_kbuild_name() {
	grep -oE 'linux-kbuild-[^ ,]+' | head -n 1
}

# Package lists of our own below the cache: the machine's may be empty or old and are not
# ours to update. The hooks of the machine's apt configuration are not run.
debian_apt() {
	local tool=$1
	shift
	LC_ALL=C "$tool" -c "$DEB_APT/apt.conf" "$@"
}

# Like debian_apt, for what only reads the lists: not while they change.
debian_read() (
	lock_open apt.lock
	flock -s "$LOCK_FD"
	debian_apt "$@"
)

debian_configure_apt() {
	local dir=$DEB_APT
	{ mkdir -p "$dir/state/lists/partial" "$dir/cache/archives/partial" && : >>"$dir/apt.conf" &&
		[[ -w $dir/state/lists ]]; } 2>/dev/null || cache_not_writable "$dir"
	cat >"$dir/apt.conf" <<-END
		Dir::State "$dir/state";
		Dir::State::status "/var/lib/dpkg/status";
		Dir::Cache "$dir/cache";
		Dir::Cache::pkgcache "pkgcache.bin";
		APT::Sandbox::User "root";
		Acquire::Languages "none";
		Acquire::Retries "2";
		#clear APT::Update::Pre-Invoke;
		#clear APT::Update::Post-Invoke;
		#clear APT::Update::Post-Invoke-Success;
		#clear Acquire::IndexTargets;
		Acquire::IndexTargets::deb::Packages {
			MetaKey "\$(COMPONENT)/binary-\$(ARCHITECTURE)/Packages";
			flatMetaKey "Packages";
			ShortDescription "Packages";
			Description "\$(RELEASE)/\$(COMPONENT) \$(ARCHITECTURE) Packages";
		};
	END
}

# Lists younger than ten minutes are young enough.
debian_lists_are_young() {
	[[ -n $(find "$DEB_APT/updated" -mmin -10 2>/dev/null) ]]
}

debian_update() {
	local fd
	! debian_lists_are_young || return 0
	need apt-get apt-cache dpkg-deb
	lock_open apt.lock
	fd=$LOCK_FD
	if ! flock -n "$fd"; then
		note "waiting: another run uses the package lists in $KPATCH_CACHE"
		lock_wait "$fd"
	fi
	# Perhaps the run we waited for has read them.
	debian_lists_are_young || debian_update_locked
	exec {fd}>&-
}

debian_update_locked() {
	[[ $OPT_SUITE =~ ^([a-z][a-z0-9.-]*)?$ ]] || debian_no_suite
	note "reading the package lists of the archive"
	debian_configure_apt
	[[ -z $OPT_SUITE ]] || debian_configure_suite
	if run debian_apt apt-get -q -o APT::Update::Error-Mode=any update; then
		{ : >"$DEB_APT/updated"; } 2>/dev/null || cache_not_writable "$DEB_APT"
		return
	fi
	die_if_full "$LOG"
	! tail -n 20 "$LOG" | grep 'Permission denied' >/dev/null || cache_not_writable "$DEB_APT"
	! tail -n 20 "$LOG" | grep -E 'Could not get lock|Unable to lock' >/dev/null ||
		die "$EXIT_MACHINE" archive-locked "another apt holds the lock of the package lists in $DEB_APT; wait for it, or end it"
	# One broken source of several is no reason to stop, as long as there are lists.
	[[ -z $(debian_apt apt-cache pkgnames linux-source-) ]] ||
		{ warn archive-partly-unreachable "some package sources could not be read; going on with the lists there are"; return; }
	die "$EXIT_NETWORK" no-network "cannot read the package lists: the archive of this machine's apt sources cannot be reached; check the network, or put the packages of ${TARGET_RELEASE:-the kernel} into $PACKAGES"
}

# debian_versions NAME: versions of a package in the lists, newest first.
debian_versions() {
	debian_read apt-cache madison "$1" 2>/dev/null | awk -F '[ |]+' -v name="$1" '
		{ sub(/^ +/, "") } $1 == name && !seen[$2]++ { print $2 }'
}

# debian_has NAME VERSION
debian_has() {
	debian_versions "$1" | grep -qxF -- "$2"
}

debian_find_in_archive() {
	local version name
	version=$TARGET_VERSION
	[[ -n $version ]] || version=$(debian_versions "linux-headers-$TARGET_RELEASE" | head -n 1)
	[[ -n $version ]] || debian_unknown
	TARGET_VERSION=$version
	WANTED=("linux-headers-$TARGET_RELEASE=$version" "linux-image-$TARGET_RELEASE-dbg=$version"
		"$(debian_source_name "$version")=$version")
	for name in $(debian_image_names); do
		! debian_has "$name" "$version" || break
	done
	WANTED+=("$name=$version")
	debian_check_wanted
	debian_want_kbuild "$version"
}

debian_unknown() {
	local alike="" series=${TARGET_RELEASE%%[-+]*} flavour=""
	[[ ! $TARGET_RELEASE =~ -([a-z]+-)?[a-z]+[0-9]*$ ]] || flavour=${BASH_REMATCH[0]}
	alike=$(backend_list_kernels "${series%.*}.*[0-9]$flavour" | tail -n 3 | paste -sd ' ')
	die "$EXIT_KERNEL" unknown-kernel "the archive has no kernel $TARGET_RELEASE${alike:+; it has, among others, $alike}; $PROG --list-kernels shows all${OPT_SUITE:+ with --suite $OPT_SUITE}, another suite has others (--suite), and -s -c -v take a kernel of your own"
}

debian_check_wanted() {
	local package
	for package in "${WANTED[@]}"; do
		debian_has "${package%%=*}" "${package#*=}" ||
			finding "$EXIT_PACKAGE" package-gone "the archive no longer has ${package%%=*} in version ${package#*=}, which kernel $TARGET_RELEASE needs; update to a kernel it has ($PROG --list-kernels), or put the package into $PACKAGES"
	done
	findings_end
}

# The archive keeps the tools for the newest version of a suite only.
debian_want_kbuild() {
	local name
	name=$(debian_read apt-cache show "linux-headers-$TARGET_RELEASE=$1" |
		grep '^Depends:' | debian_kbuild_name) || true
	KBUILD_GONE=""
	if [[ -n $name ]] && debian_has "$name" "$1"; then
		WANTED+=("$name=$1")
	else
		KBUILD_GONE=1
	fi
}

# Downloads go to a directory of their own first, so that every file in packages/ is whole.
debian_download() {
	local dir=$PACKAGES/.partial-$RUN_NAME package file missing=()
	for package in "${WANTED[@]}"; do
		debian_file file "${package%%=*}" "${package#*=}" || missing+=("$package")
	done
	cache_mkdir "$dir"
	for package in "${missing[@]}"; do
		note "downloading ${package/=/ }"
		run debian_download_one "$dir" "$package" || debian_download_failed "$package"
		mv "$dir"/*.deb "$PACKAGES/"
	done
	[[ -z $KBUILD_GONE ]] || debian_mark_no_kbuild
	rm -rf "$dir"
}

debian_download_one() {
	cd "$1" && debian_read apt-get -q download "$2"
}

debian_download_failed() {
	die_if_full "$LOG"
	! tail -n 20 "$LOG" | grep -E '404 |File not found' >/dev/null ||
		die "$EXIT_PACKAGE" package-gone "the archive lists ${1/=/ } but no longer has it; try again after its next update"
	die "$EXIT_NETWORK" no-network "cannot download ${1/=/ }: the archive cannot be reached; check the network, or put the package into $PACKAGES"
}

debian_mark_no_kbuild() {
	local headers
	debian_file headers "linux-headers-$TARGET_RELEASE" "$TARGET_VERSION"
	: >"$headers.no-kbuild"
}

# debian_data DEB: the files of a package as a tar archive. dpkg-deb would do the same with
# one thread less.
debian_data() {
	local member
	member=$(ar t "$1" | grep '^data\.tar')
	case $member in
	*.xz)	ar p "$1" "$member" | xz -T2 -dc ;;
	*.zst)	ar p "$1" "$member" | zstd -dc ;;
	*.gz)	ar p "$1" "$member" | gzip -dc ;;
	*)	ar p "$1" "$member" ;;
	esac
}

backend_config() {
	debian_data "$DEB_HEADERS" 2>>"$LOG" |
		tar -xO --wildcards './usr/src/linux-headers-*/.config' >"$1" 2>>"$LOG" ||
		debian_damaged "$DEB_HEADERS"
}

debian_damaged() {
	die_if_full "$LOG"
	die "$EXIT_MACHINE" package-damaged "cannot unpack $1; remove it, and the next run downloads it again"
}

backend_unpack() {
	local dir=$1 source_job debug_job small_job
	mkdir "$dir/tree" "$dir/small"
	printf '%s\n' "$TARGET_RELEASE" >"$dir/release"
	start debian_unpack_source "$dir/tree"
	source_job=$STARTED
	start debian_unpack_vmlinux "$dir"
	debug_job=$STARTED
	start debian_unpack_small "$dir/small"
	small_job=$STARTED
	wait "$small_job" || debian_damaged "$DEB_HEADERS"
	wait "$debug_job" || debian_damaged "$DEB_DEBUG"
	wait "$source_job" || debian_damaged "$DEB_SOURCE"
	run cp -a "$dir/small/." "$dir/tree/" || debian_damaged "$DEB_HEADERS"
	rm -rf "$dir/small"
	printf '%s\n' "$DEB_IMAGE" >"$dir/modules-at"
}

# Only what can be part of a kernel of this architecture, or builds one. Of arch/ that is
# Kconfig and x86; the pattern keeps xtensa too, which is small.
debian_unpack_source() {
	debian_data "$DEB_SOURCE" | tar -xO --wildcards './usr/src/linux-source-*.tar.xz' |
		xz -T2 -dc | tar -C "$1" -x --strip-components=1 --no-same-owner \
		--anchored --no-wildcards-match-slash --exclude='*/arch/[!Kx]*' \
		--exclude='*/Documentation' --exclude='*/tools/testing'
}

# The file itself stands before the links to it, in boot/ (7.2: in lib/modules/RELEASE/). The rest of
# the package is not unpacked, and so the writing end of the pipe ends early.
debian_unpack_vmlinux() {
	set +o pipefail
	debian_data "$DEB_DEBUG" | tar -C "$1" -xO --occurrence=1 --wildcards \
		'./usr/lib/debug/*/vmlinux*' >"$1/vmlinux"
	[[ ${PIPESTATUS[1]} -eq 0 && -s $1/vmlinux ]]
}

debian_unpack_small() {
	debian_data "$DEB_HEADERS" | tar -C "$1" -x --strip-components=4 --no-same-owner --wildcards \
		"./usr/src/linux-headers-$TARGET_RELEASE/.config" \
		"./usr/src/linux-headers-$TARGET_RELEASE/Module.symvers" \
		"./usr/src/linux-headers-$TARGET_RELEASE/arch" \
		"./usr/src/linux-headers-$TARGET_RELEASE/include"
	[[ -n $DEB_KBUILD ]] || return 0
	debian_data "$DEB_KBUILD" | tar -C "$1" -x --strip-components=4 --no-same-owner --wildcards \
		'./usr/lib/linux-kbuild-*/scripts' './usr/lib/linux-kbuild-*/tools'
}

backend_module() {
	local image dir=$2.unpacked file
	read -r image <"$KERNEL/modules-at"
	[[ -f $image ]] || backend_fetch_image
	mkdir "$dir"
	debian_data "$image" 2>>"$LOG" | tar -C "$dir" -x --wildcards --occurrence=1 \
		"*lib/modules/*/kernel/$1.ko*" 2>>"$LOG" || true
	file=$(find "$dir" -type f -name '*.ko*' | head -n 1)
	case $file in
	*.ko)	mv "$file" "$2" ;;
	*.xz)	xz -dc "$file" >"$2" ;;
	*.zst)	zstd -dc "$file" >"$2" ;;
	*.gz)	gzip -dc "$file" >"$2" ;;
	esac
	rm -rf "$dir"
	[[ -s $2 ]]
}

# A package of one version does not change.
backend_module_is_current() {
	:
}

# The package was removed after the kernel had been prepared.
backend_fetch_image() {
	TARGET_VERSION=${INFO[source]#Debian }
	prepare_lock
	backend_fetch
	prepare_unlock
	image=$DEB_IMAGE
}

# A release is listed when it has what a patch needs most: the debug package.
backend_list_kernels() {
	local release
	debian_update >&2
	debian_read apt-cache search --names-only '^linux-image-[0-9]+\.[0-9]+\.[0-9].*-dbg$' |
		sed -nE 's/^linux-image-([^ ]+)-dbg - .*/\1/p' | sort -V |
		while read -r release; do
			# shellcheck disable=SC2053 # a pattern is what is wanted
			[[ $release != $1 ]] || printf '%s\n' "$release"
		done
}
