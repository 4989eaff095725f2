# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# The stock kernel that tests and demo boot: its release, and the image and modules
# of its package, unpacked once into the cache.

STOCK_TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
STOCK_CACHE=${KPATCH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kpatch}

# The newest cloud kernel of the distribution's own series: updates bring kernels of
# later series beside it. Without network, the newest whose package is in the cache.
newest_cloud_release()
{
	# not head: who ends before all is read kills what writes, now and then
	newest_cloud_releases | sed -n 1p
}

# The newest cloud kernel of each series, the distribution's own first.
newest_cloud_releases()
{
	local releases newest

	releases=$("$STOCK_TOP/kpatch-build/kpatch-build" --list-kernels '[0-9]*-cloud-amd64') ||
		releases=$(cached_cloud_releases)
	newest=$(awk '{ split($1, v, "."); s = v[1] "." v[2] } !(s in newest) { series[++n] = s }
		{ newest[s] = $1 } END { for (i = 1; i <= n; i++) print newest[series[i]] }' <<<"$releases")
	if [[ -z $newest ]]; then
		echo "error: no cloud kernel, neither in the archive nor in $STOCK_CACHE" >&2
		return 1
	fi
	echo "$newest"
}

# The newest prepared cloud kernel of each series, those of other suites as well.
prepared_cloud_releases()
{
	find "$STOCK_CACHE/targets" -name '[0-9]*-cloud-amd64' -printf '%f\n' 2>/dev/null |
		sort -rV | awk '{ split($1, v, ".") } !seen[v[1] "." v[2]]++'
}

cached_cloud_releases()
{
	find "$STOCK_CACHE/packages" -name 'linux-image-*-cloud-amd64-unsigned_*.deb' \
		-printf '%f\n' 2>/dev/null | sed 's/^linux-image-//; s/-unsigned_.*//' | sort -uV
}

# The newest cloud kernel of a series in the suites that are ahead of the distribution's release, SUITE
# in front of it: "trixie-backports 7.2.1+deb13-cloud-amd64". Such a suite has several series.
# Status 2: none of them has such a kernel. 1: that cannot be told, and kpatch-build has said why.
suite_cloud_release()
{
	local series=$1 suite releases status=2

	for suite in trixie-backports sid; do
		if ! releases=$("$STOCK_TOP/kpatch-build/kpatch-build" --suite "$suite" \
			--list-kernels "$series.*-cloud-amd64"); then
			status=1
		elif [[ -n $releases ]]; then
			echo "$suite $(tail -n 1 <<<"$releases")"
			return
		fi
	done
	((status == 1)) || echo "error: no suite of the archive has a cloud kernel of Linux $series" >&2
	return "$status"
}

# stock_package NAME: the newest such package in the cache.
stock_package()
{
	{ compgen -G "$STOCK_CACHE/packages/$1_*.deb" || true; } | sort -V | tail -n 1
}

# stock_unpack DIR PACKAGE...: image and modules, at DIR/boot and DIR/lib.
stock_unpack()
{
	local dir=$1 package
	shift

	for package; do
		dpkg-deb --fsys-tarfile "$package" | tar x -C "$dir" --exclude=./usr/share \
			--transform='s,^\./usr/lib/,./lib/,S' || return
	done
}

# stock_binary RELEASE: the package of the image alone, which comes beside that of the modules since
# Linux 7.2. No patch needs it: so kpatch-build does not fetch it.
stock_binary()
{
	local release=$1 modules version conf

	modules=$(stock_package "linux-modules-$release")
	version=${modules##*"$release"_}
	if [[ -z $(stock_package "linux-binary-unsigned-$release") ]]; then
		for conf in "$STOCK_CACHE"/apt@*/apt.conf; do
			(cd "$STOCK_CACHE/packages" && LC_ALL=C apt-get -q -c "$conf" download \
				"linux-binary-unsigned-$release=$(sed 's/_[^_]*$//; s/%3a/:/' <<<"$version")") \
				>/dev/null 2>&1 && break
		done
	fi
	stock_package "linux-binary-unsigned-$release"
}

# stock_unpack_root ROOT RELEASE PACKAGE...: complete, or not there.
stock_unpack_root()
{
	local root=$1 release=$2
	shift 2

	rm -rf "$root" "$root.new" && mkdir -p "$root.new/boot" &&
		stock_unpack "$root.new" "$@" &&
		{ [[ ! -e $root.new/lib/modules/$release/vmlinuz.unsigned ]] ||
			mv "$root.new/lib/modules/$release/vmlinuz.unsigned" \
				"$root.new/boot/vmlinuz-$release"; } &&
		touch "$root.new/${1##*/}" && mv "$root.new" "$root"
}

# stock_root RELEASE: the directory that has boot/ and lib/modules/ of its packages.
stock_root()
{
	local release=$1 root package fd status=0 packages=()
	root=$STOCK_CACHE/test/$release

	package=$(stock_package "linux-image-$release-unsigned")
	if [[ -n $package ]]; then
		packages=("$package")
	else
		packages=("$(stock_package "linux-modules-$release")" "$(stock_binary "$release")")
	fi
	if [[ ! -e ${packages[0]} || ! -e ${packages[-1]} ]]; then
		echo "error: the package of $release is not in $STOCK_CACHE/packages" >&2
		return 1
	fi
	# Tests that run beside each other want it at the same time.
	mkdir -p "${root%/*}" && exec {fd}>>"$root.lock" && flock "$fd" || return
	[[ -e $root/${packages[0]##*/} ]] ||
		stock_unpack_root "$root" "$release" "${packages[@]}" || status=1
	exec {fd}>&-
	((status == 0)) && echo "$root"
}

# stock_image RELEASE: its bzImage.
stock_image()
{
	local root
	root=$(stock_root "$1") && echo "$root/boot/vmlinuz-$1"
}
