# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# The compiler of a kernel of another suite, and what else kernels are built by: packages of
# that suite, unpacked into a directory. Nothing is installed: no script of a package runs, and no right
# of the superuser is needed. lib/root.bash uses what is in usr/ there.

# What kernel/Makefile and its tools want, beside the compiler. Essential packages are not in the
# dependencies of others.
readonly DEB_BUILD_PACKAGES=(make bc bison flex libelf-dev libssl-dev libc6-dev pahole perl-base
	bash dash coreutils findutils grep sed mawk gzip tar xz-utils zstd diffutils hostname
	util-linux cpio kmod)

# backend_compiler DIR NAME WANTED: NAME is x86_64-linux-gnu-gcc-14 or gcc-12; WANTED is
# "(Debian 14.2.0-19) 14.2.0".
backend_compiler() {
	local package=${2#*-linux-gnu-} version
	[[ -n $OPT_SUITE && $3 =~ \(Debian\ ([^ ]+)\) ]] || return 1
	version=${BASH_REMATCH[1]}
	debian_update
	if ! debian_has "$package" "$version"; then
		[[ -n $OPT_SKIP_COMPILER_CHECK && -n $(debian_versions "$package") ]] || return 1
		version=$(debian_versions "$package" | head -n 1)
	fi
	need apt-get dpkg-deb unshare mount
	note "fetching $package $version of $OPT_SUITE, which this machine does not have (about 40 s)"
	mkdir "$1/packages"
	run debian_compiler_download "$1/packages" "$package=$version" ||
		debian_download_failed "$package=$version"
	run debian_compiler_unpack "$1" || {
		die_if_full "$LOG"
		die "$EXIT_MACHINE" package-damaged "cannot unpack the packages of $package; the log tells which"
	}
	run debian_compiler_names "$1/usr/bin" "$2"
}

# debian_compiler_download DIR PACKAGE: with all that it depends on, as if nothing were installed.
debian_compiler_download() {
	mkdir -p "$1/partial"
	: >"$1/status"
	debian_read apt-get -q -y --no-install-recommends --download-only \
		-o Dir::State::status="$1/status" -o Dir::Cache::archives="$1" -o Debug::NoLocking=1 \
		install "$2" "${DEB_BUILD_PACKAGES[@]}"
}

# Old packages have files in /lib, which is a link to usr/lib where the directory is used.
debian_compiler_unpack() {
	local dir file
	for dir in bin lib lib64 sbin; do
		mkdir -p "$1/usr/$dir" && ln -s "usr/$dir" "$1/$dir" || return
	done
	for file in "$1"/packages/*.deb; do
		dpkg-deb --fsys-tarfile "$file" |
			tar -C "$1" -x --keep-directory-symlink --no-same-owner --exclude='./dev/*' \
			--exclude='./usr/share/doc' --exclude='./usr/share/man' --exclude='./usr/share/locale' ||
			return
	done
	rm -r "$1/packages"
}

# debian_compiler_names BIN COMPILER: links that scripts of packages would make.
debian_compiler_names() {
	[[ -e $1/awk ]] || ln -s mawk "$1/awk" || return
	[[ -e $1/sh ]] || ln -s dash "$1/sh" || return
	[[ -e $1/gcc ]] || ln -s "$2" "$1/gcc"
}
