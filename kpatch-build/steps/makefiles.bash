# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2153
#
# A Makefile may get lines for source files that the patch adds to vmlinux or to a module there is.
# Whatever else it changes could change how other files are compiled, and is refused with the line.
#
# reads:  SCOPE_MAKEFILES, SCOPE_NEW, KERNEL, INFO, INDEX, ORIG, PATCHED, RUN
# sets:   OWNERS[UNIT], kinds[UNIT] of new sources

makefiles() {
	local file
	for file in "${SCOPE_MAKEFILES[@]}"; do
		if makefiles_lines "$file"; then
			makefiles_owners "$file"
		fi
	done
}

# The empty original of a new source is compiled by the same rules.
makefiles_apply() {
	local file
	[[ ${#SCOPE_MAKEFILES[@]} -gt 0 ]] || return 0
	for file in "${SCOPE_MAKEFILES[@]}"; do
		cp "$RUN/after/$file" "$ORIG/$file"
	done
	for file in "${!SCOPE_NEW[@]}"; do
		[[ -z ${OWNERS[$file]:-} ]] || : >"$ORIG/$file"
	done
}

makefiles_refuse() {
	finding "$EXIT_REFUSED" build-files-changed "the patch changes how the kernel is built ($1: $2); a live patch can add source files to vmlinux and to modules there are, and change functions: leave the rest out of the patch"
}

# Only lists of objects may change.
makefiles_lines() {
	local line
	line=$(diff "$RUN/before/$1" "$RUN/after/$1" | sed -n 's/^[<>] //p' | awk '
		function objects(text,    i, n, words) {
			n = split(text, words, /[ \t]+/)
			for (i = 1; i <= n; i++)
				if (words[i] != "" && words[i] != "\\" && words[i] !~ /^[A-Za-z0-9_\/.-]+\.o$/)
					return 0
			return 1
		}
		/^[ \t]*(#|$)/ { next }
		{
			rest = $0
			if (sub(/^[ ]*[A-Za-z0-9_.-]+-(y|m|objs|\$\(CONFIG_[A-Za-z0-9_]+\))[ \t]*[+:]?=/, "", rest) &&
			    $0 !~ /flags/ && objects(rest))
				next
			if (objects($0))
				next
			print
			exit
		}')
	[[ -z $line ]] || makefiles_refuse "$1" "\"$line\""
	[[ -z $line ]]
}

# What kbuild makes of both differs by the new sources' objects, and by nothing else.
makefiles_owners() {
	local dir=${1%/*} sign word object path
	if ! makefiles_ask "$ORIG" "$dir" >"$RUN/owners.before" ||
	   ! makefiles_ask "$PATCHED" "$dir" >"$RUN/owners.after"; then
		makefiles_refuse "$1" "the make rules cannot be evaluated"
		return
	fi
	while read -r sign word object path; do
		if [[ $sign == '<' ]]; then
			makefiles_refuse "$1" "$object is no longer built in the same way"
		elif [[ -z ${SCOPE_NEW[${object%.o}.c]:-} ]]; then
			makefiles_refuse "$1" "$object is added, and its source is not"
		elif [[ $word == builtin ]]; then
			makefiles_add "${object%.o}.c" vmlinux
		elif grep -q " $path\( \|\$\)" "$INDEX/units"; then
			makefiles_add "${object%.o}.c" "$path"
		else
			makefiles_refuse "$1" "$path.ko is a new module, which is no matter of a live patch"
		fi
	done < <(diff "$RUN/owners.before" "$RUN/owners.after" | grep '^[<>]')
}

makefiles_ask() {
	kbuild_load_env "$KERNEL/env" "${INFO[tree]}" "$1"
	kbuild_owners_from_top "$1" "$2" 2>>"$LOG" | awk 'NF { $1 = $1; print }' | sort -u
}

makefiles_add() {
	OWNERS[$1]=${OWNERS[$1]:-}${OWNERS[$1]:+ }$2
	kinds[$1]=c
}
