# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# A root of another Debian release in the cache, for its compiler.
#
#   debian_root SUITE PACKAGE...   makes it once, prints its directory
#   debian_tool SUITE TOOL         writes a command into it that runs TOOL, prints its path
#
# debootstrap and the mounts want to be run by root. The caller has STOCK_CACHE of
# stock-kernel.bash.

# shellcheck source=kpatch-build/backends/debian/suite.bash
. "${BASH_SOURCE[0]%/*}/../../kpatch-build/backends/debian/suite.bash"

# The archive is the one that this machine has its packages from. Only the main one has
# whole suites; the others (security, third parties) fail at once.
debian_root()
{
	local suite=$1 root=$STOCK_CACHE/test/roots/$1 packages archive fd
	shift

	mkdir -p "${root%/*}" && exec {fd}>>"$root.lock" && flock "$fd" || return
	if [[ ! -d $root && $EUID = 0 ]]; then
		packages=$(IFS=,; echo "$*")
		for archive in $(LOG=$root.log debian_archives); do
			rm -rf --one-file-system "$root.new"
			debootstrap --variant=minbase --include="$packages" "$suite" \
				"$root.new" "$archive" >"$root.log" 2>&1 &&
				rm -f "$root.new"/var/cache/apt/archives/*.deb &&
				mv "$root.new" "$root" && break
		done
	fi
	exec {fd}>&-
	if [[ ! -d $root ]]; then
		echo "error: no root of $suite: debootstrap has to be run by root, see $root.log" >&2
		return 1
	fi
	echo "$root"
}

# The root's /usr takes the place of ours, for this process alone: so every other path
# stays as it is, the work directory and include paths as well.
debian_tool()
{
	local root=$STOCK_CACHE/test/roots/$1 tool=$2 command new

	command=$root/usr/bin/kpatch-$tool
	if [[ ! -x $command ]]; then
		new=$command.$BASHPID
		cat >"$new" <<-END || return
			#!/bin/sh
			exec unshare --mount sh -c 'mount --bind "\$0" /usr && exec $tool "\$@"' \\
				"$root/usr" "\$@"
		END
		chmod +x "$new" && mv "$new" "$command" || return
	fi
	echo "$command"
}
