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
	newest_cloud_releases | head -n 1
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

cached_cloud_releases()
{
	find "$STOCK_CACHE/packages" -name 'linux-image-*-cloud-amd64-unsigned_*.deb' \
		-printf '%f\n' 2>/dev/null | sed 's/^linux-image-//; s/-unsigned_.*//' | sort -uV
}

# stock_root RELEASE: the directory that has boot/ and lib/modules/ of its package.
stock_root()
{
	local release=$1 root package
	root=$STOCK_CACHE/test/$release

	package=$(compgen -G "$STOCK_CACHE/packages/linux-image-$release-unsigned_*.deb" |
		sort -V | tail -n 1)
	if [[ -z $package ]]; then
		echo "error: the package of $release is not in $STOCK_CACHE/packages" >&2
		return 1
	fi
	if [[ ! -e $root/${package##*/} ]]; then
		rm -rf "$root" "$root.new" && mkdir -p "$root.new" &&
			ar p "$package" data.tar.xz | xz -T0 -dc |
			tar x -C "$root.new" --wildcards '*boot/vmlinuz-*' '*lib/modules/*' &&
			touch "$root.new/${package##*/}" && mv "$root.new" "$root" || return
	fi
	echo "$root"
}

# stock_image RELEASE: its bzImage.
stock_image()
{
	local root
	root=$(stock_root "$1") && echo "$root/boot/vmlinuz-$1"
}
