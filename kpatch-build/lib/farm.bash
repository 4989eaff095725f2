# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Trees of ours: a farm looks like the prepared tree, but only the directories along the
# touched files are real; everything else is a link into the cache. What a compile writes
# lands in the farm, and the prepared tree stays as it is.

# farm_grow FARM TREE DIR: makes DIR (and its parents) real; of a DIR that TREE lacks the parents.
farm_grow() {
	local farm=$1 tree=$2 dir=$3
	if [[ $dir == . ]]; then
		mkdir "$farm"
		ln -s -t "$farm" "$tree"/* "$tree"/.config
		return
	fi
	case $dir in
	*/*) farm_grow "$farm" "$tree" "${dir%/*}" ;;
	esac
	[[ -L $farm/$dir && -d $farm/$dir ]] || return 0
	rm "$farm/$dir"
	mkdir "$farm/$dir"
	ln -s -t "$farm/$dir" "$tree/$dir"/*
	farm_copy_made "$@"
	farm_grow_made "$@"
}

# What was made in the tree, of which kbuild has kept the command, is made again in the farm: its command
# has no link there. As a link it would be written through: gcc -S does not remove what is in its way.
farm_copy_made() {
	local name
	for name in "$2/$3"/.*.cmd; do
		[[ -e $name ]] || continue
		name=${name##*/.}
		farm_own "$1" "$2" "$3/${name%.cmd}"
	done
}

# What the make rules of a directory write below it. pasyms.h is of an older version of ours, which wrote through
# the link.
farm_grow_made() {
	[[ $3 == arch/*/realmode && -L $1/$3/rm ]] || return 0
	farm_grow "$1" "$2" "$3/rm"
	rm -f "$1/$3/rm/pasyms.h"
}

# farm_own FARM TREE FILE: makes FILE a copy that may be changed.
farm_own() {
	case $3 in
	*/*) farm_grow "$1" "$2" "${3%/*}" ;;
	esac
	[[ -L $1/$3 ]] || return 0
	rm "$1/$3"
	cp -- "$2/$3" "$1/$3"
}
