# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Programs of another system than the machine's: a directory whose usr/ takes the place of /usr, for
# one command and what it starts. Every other path stays as it is, that of the cache as well. An
# ordinary user needs a user namespace for it.
#
# reads:  KPATCH_ROOT (where kpatch itself is: also there, if it is below /usr)

# in_root ROOT COMMAND...: an empty ROOT is the machine itself.
in_root() {
	local root=$1 own="" user=()
	shift
	[[ -n $root ]] || { "$@"; return; }
	[[ $EUID -eq 0 ]] || user=(--map-root-user)
	[[ ${KPATCH_ROOT:-} != /usr/* ]] || { own=$KPATCH_ROOT; mkdir -p "$root$own"; }
	# shellcheck disable=SC2016 # for the inner shell
	unshare "${user[@]}" --mount sh -c 'root=$1 own=$2 && shift 2 &&
		{ [ -z "$own" ] || mount --bind "$own" "$root$own"; } &&
		mount --rbind "$root/usr" /usr && exec "$@"' in_root "$root" "$own" "$@"
}

# root_works: may this user do so?
root_works() {
	unshare "$([[ $EUID -eq 0 ]] && echo --mount || echo --map-root-user)" --mount \
		mount --bind /usr /usr 2>>"${LOG:-/dev/null}"
}
