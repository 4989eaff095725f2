# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2153,SC2154
#
# Constants that changed. Code that sees a macro is compiled and compared like all other; what it
# has stored, a bit, a state, a size, no object shows, and debug information has no macros.
#
# reads:  SCOPE_FILES, SCOPE_NEW, RUN, KPATCH_BUILD_DIR

macros_tell() {
	local file name old new before=() after=()
	for file in "${SCOPE_FILES[@]}"; do
		[[ ! -f $RUN/before/$file || -n ${SCOPE_NEW[$file]:-} ]] || before+=("$RUN/before/$file")
		[[ ! -f $RUN/after/$file ]] || after+=("$RUN/after/$file")
	done
	[[ ${#before[@]} -gt 0 && ${#after[@]} -gt 0 ]] || return 0
	while IFS=$'\t' read -r name old new; do
		warn macro-changed "the macro $name changed from $old to $new: all code that sees it was compared, but what the running kernel has stored of the old one (a bit, a state, a size) stays as it is; see that the new code can live with that"
	done < <(awk -f "$KPATCH_BUILD_DIR/macros.awk" after=0 "${before[@]}" after=1 "${after[@]}")
}
