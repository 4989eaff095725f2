# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# A Kconfig file may change in any way that leaves the kernel's configuration as it is: help texts, or an
# option that is not set. The kernel's own program makes a configuration of the kernel's, by the original
# files and by the patched ones; the options that differ then are what the refusal names.
#
# reads:  SCOPE_KCONFIGS, KERNEL, INFO, RUN

kconfig() {
	local changed
	[[ ${#SCOPE_KCONFIGS[@]} -gt 0 ]] || return 0
	if ! kconfig_ask before || ! kconfig_ask after; then
		die_if_full "$LOG"
		finding "$EXIT_REFUSED" build-files-changed "the patch changes $(scope_list "${SCOPE_KCONFIGS[@]}"), and what becomes of the configuration of ${INFO[release]} cannot be told (the log has why); leave the Kconfig files out of the patch"
		return
	fi
	changed=$(comm -3 "$RUN/kconfig.before" "$RUN/kconfig.after" | sed 's/^\t*\([^=]*\)=.*/\1/' | sort -u |
		paste -sd , | sed 's/,/, /g')
	if [[ -n $changed ]]; then
		finding "$EXIT_REFUSED" configuration-changed "by the patch of $(scope_list "${SCOPE_KCONFIGS[@]}") the kernel would be configured in another way ($changed), and the running one is not; leave that out of the patch, and write into the source what it needs"
		return
	fi
	note "$(scope_list "${SCOPE_KCONFIGS[@]}"): the kernel's configuration stays as it is"
	[[ $((${#SCOPE_FILES[@]} + ${#SCOPE_MAKEFILES[@]})) -gt 0 || $FINDINGS -gt 0 ]] ||
		die "$EXIT_UNCHANGED" nothing-changed "the patch changes Kconfig files only, and the configuration of ${INFO[release]} stays as it is; no module was written"
}

# kconfig_ask SIDE: before or after, the directory with the patched files. leaves: $RUN/kconfig.SIDE,
# the options that are set
kconfig_ask() {
	local farm=$RUN/kconfig-$1 file tries=50
	[[ -x $KERNEL/tree/scripts/kconfig/conf ]] || return 1
	farm_grow "$farm" "$KERNEL/tree" .
	rm "$farm/.config"
	cat "$KERNEL/tree/.config" >"$farm/.config"
	for file in "${SCOPE_KCONFIGS[@]}"; do
		kconfig_place "$farm" "$file" "$RUN/$1/$file"
	done
	kbuild_load_env "$KERNEL/env" "${INFO[tree]}" "$farm"
	until run kconfig_run "$farm"; do
		# The prepared tree lacks files of documentation and of other architectures.
		file=$(sed -nE 's/^.*can.t open file "([^"$]+)"$/\1/p' "$farm.out" | tail -n 1)
		[[ -n $file && $file != /* && /$file/ != */../* && ! -e $farm/$file ]] || return 1
		((tries--)) || return 1
		kconfig_place "$farm" "$file" /dev/null
	done
	grep '^CONFIG_' "$farm/.config" | sort >"$RUN/kconfig.$1"
}

# kconfig_place FARM FILE CONTENTS
kconfig_place() {
	[[ $2 != */* || ! -d $KERNEL/tree/${2%/*} ]] || farm_grow "$1" "$KERNEL/tree" "${2%/*}"
	[[ $2 != */* ]] || mkdir -p "$1/${2%/*}"
	rm -f "$1/$2"
	[[ ! -e $3 ]] || cat "$3" >"$1/$2"
}

kconfig_run() (
	cd "$1" || exit
	in_root "$KBUILD_ROOT" env -i "${KBUILD_ENV[@]}" KCONFIG_CONFIG=.config \
		scripts/kconfig/conf --olddefconfig Kconfig >"$1.out" 2>&1
	status=$?
	cat "$1.out"
	exit "$status"
)
