# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Another suite than those of the machine's package sources (--suite), from the same archives: its
# packages come by the private apt's lists, and nothing of the machine's apt changes.
#
# reads:  OPT_SUITE, DEB_APT, LOG

# The machine's archives, as `apt-get update` would ask them; its lists may never have been read.
# Each has suites of its own: the security updates are an archive beside the main one.
debian_archives() {
	LC_ALL=C apt-get update --print-uris 2>>"$LOG" |
		sed -nE "s,^'([^']+/)(dists/[^']+|\\.)/(InRelease|Release)' .*,\\1,p" | sort -u
}

# Backports and updates stand on the suite before the hyphen: the compiler is there.
debian_suites() {
	printf '%s\n' "$OPT_SUITE"
	[[ $OPT_SUITE != *-* ]] || printf '%s\n' "${OPT_SUITE%-*}"
}

# The sources of the private apt, behind debian_configure_apt.
debian_configure_suite() {
	local suite archive keys=""
	[[ ! -f /usr/share/keyrings/debian-archive-keyring.gpg ]] ||
		keys="[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] "
	cat >>"$DEB_APT/apt.conf" <<-END
		Dir::Etc::sourcelist "$DEB_APT/sources.list";
		Dir::Etc::sourceparts "$DEB_APT/none";
	END
	: >"$DEB_APT/sources.list"
	for suite in $(debian_suites); do
		for archive in $(debian_archives); do
			if debian_archive_has "$archive" "$suite"; then
				printf 'deb %s%s %s main\n' "$keys" "$archive" "$suite" >>"$DEB_APT/sources.list"
				break
			fi
		done
	done
	grep -qF " $OPT_SUITE " "$DEB_APT/sources.list" || debian_no_suite
}

debian_no_suite() {
	die "$EXIT_KERNEL" unknown-suite "no archive of this machine's package sources has a suite $OPT_SUITE, or none can be reached; examples of suites are stable-backports and unstable"
}

# debian_archive_has ARCHIVE SUITE: asked of its first file, signed in one or beside it. Archives of third
# parties have suites of the same names. (Backports call themselves "Debian Backports".)
debian_archive_has() {
	local file
	for file in InRelease Release; do
		! run debian_apt /usr/lib/apt/apt-helper download-file \
			"$1dists/$2/$file" "$DEB_APT/probe" ||
			{ grep -qiE '^Origin: debian( |$)' "$DEB_APT/probe" && return; }
	done
	return 1
}
