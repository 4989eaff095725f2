# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2004,SC2034,SC2153
#
# A Makefile may get lines for source files that the patch adds to vmlinux or to a module there is, and
# lose those of source files that it removes. Whatever else it changes could change how other files are
# compiled, and is refused with the line.
#
# A source that is added is an empty one that changes, and one that is removed becomes empty: what may come
# and go with it is the differ's to say. The rules of each side are its own, with a line for what the other
# one has more; how an empty file is compiled is no matter.
#
# reads:  SCOPE_MAKEFILES, SCOPE_NEW, SCOPE_GONE, KERNEL, INFO, INDEX, ORIG, PATCHED, RUN
# sets:   OWNERS[UNIT], kinds[UNIT] of new sources

makefiles() {
	local file
	local -A dropped=()
	for file in "${SCOPE_MAKEFILES[@]}"; do
		if makefiles_lines "$file"; then
			makefiles_owners "$file"
		fi
	done
	[[ $FINDINGS -eq 0 ]] || return 0
	for file in "${!SCOPE_GONE[@]}"; do
		[[ -z ${OWNERS[$file]:-} || -n ${dropped[$file]:-} ]] ||
			finding "$EXIT_REFUSED" file-removed "the patch removes the file $file, and leaves it in the list of objects of its Makefile; take it out there as well, or leave the removal out of the patch"
	done
}

makefiles_apply() {
	local file
	for file in "${SCOPE_MAKEFILES[@]}"; do
		cp "$RUN/before/$file" "$ORIG/$file"
		cp "$RUN/after/$file" "$PATCHED/$file"
	done
	for file in "${!SCOPE_NEW[@]}"; do
		[[ -z ${OWNERS[$file]:-} ]] || : >"$ORIG/$file"
	done
}

makefiles_refuse() {
	finding "$EXIT_REFUSED" build-files-changed "the patch changes how the kernel is built ($1: $2); a live patch can add source files to vmlinux and to modules there are, remove some, and change functions: leave the rest out of the patch"
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

# What kbuild makes of both differs by the objects of new and removed sources, and by nothing else.
makefiles_owners() {
	local dir=${1%/*} sign word object path
	if ! makefiles_ask "$ORIG" "$dir" >"$RUN/owners.before" ||
	   ! makefiles_ask "$PATCHED" "$dir" >"$RUN/owners.after"; then
		makefiles_refuse "$1" "the make rules cannot be evaluated"
		return
	fi
	while read -r sign word object path; do
		if [[ $sign == '<' && -n ${SCOPE_GONE[${object%.o}.c]:-} ]]; then
			makefiles_drop "$1" "$object" "$path"
		elif [[ $sign == '<' ]]; then
			makefiles_refuse "$1" "$object is no longer built in the same way"
		elif [[ -z ${SCOPE_NEW[${object%.o}.c]:-} ]]; then
			makefiles_refuse "$1" "$object is added, and its source is not"
		elif [[ $word == builtin ]]; then
			makefiles_add "$1" "$object" vmlinux
		elif grep -q " $path\( \|\$\)" "$INDEX/units"; then
			makefiles_add "$1" "$object" "$path"
		else
			makefiles_refuse "$1" "$path.ko is a new module, which is no matter of a live patch"
		fi
	done < <(diff "$RUN/owners.before" "$RUN/owners.after" | grep '^[<>]')
}

makefiles_ask() {
	kbuild_load_env "$KERNEL/env" "${INFO[tree]}" "$1"
	kbuild_owners_from_top "$1" "$2" 2>>"$LOG" | awk 'NF { $1 = $1; print }' | sort -u
}

# makefiles_drop MAKEFILE OBJECT PATH: PATH is that of its module, or empty.
makefiles_drop() {
	[[ -z $3 ]] || grep -q " $3\$" "$RUN/owners.after" || {
		makefiles_refuse "$1" "$3.ko is no longer built; a module that is not wanted is unloaded"
		return
	}
	dropped[${2%.o}.c]=1
	makefiles_list "$2" "$3" "$1" >>"$RUN/after/$1"
}

# makefiles_add MAKEFILE OBJECT OWNER
makefiles_add() {
	local source=${2%.o}.c
	OWNERS[$source]=${OWNERS[$source]:-}${OWNERS[$source]:+ }$3
	kinds[$source]=c
	makefiles_list "$2" "${3#vmlinux}" "$1" >>"$RUN/before/$1"
}

# makefiles_list OBJECT PATH MAKEFILE: a line for it.
makefiles_list() {
	local list=${2##*/}
	printf '%s-y += %s\n' "${list:-obj}" "${1#"${3%/*}/"}"
}
