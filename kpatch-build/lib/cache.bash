# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# The cache: where everything is kept, who may write there, and how it is emptied.
#
#   packages/      packages of the distribution as downloaded
#   apt/           state of the package manager (Debian back end); apt@SUITE/ of another suite
#   roots/NAME/    a system with a compiler that the machine does not have (see lib/root.bash)
#   kernels/KEY/   a prepared kernel; complete when it has its name (see steps/prepare.bash)
#   targets/NAME   link to the prepared kernel of what the user asked for
#   runs/NAME/     files of one run, which holds its lock; removed at its end, or by the next run
#   logs/          the last log of each module name
#   test/          images and modules that the tests boot
#   use.lock       shared by every run, exclusive for --clean
#   prepare.lock   exclusive, while a kernel is prepared
#   apt.lock       shared by those who read package lists, exclusive for an update
#
# The name of a run is in all that it has half done. Its process id alone would not do: the next container
# with the same cache has the same ids.
#
# sets:  KPATCH_CACHE, PACKAGES, RUN (directory of this run), RUN_NAME

RUN="" RUN_NAME="" RUN_FD=""
USE_FD=""
PREPARE_FD=""

cache_open() {
	local base=${XDG_CACHE_HOME:-${HOME:-}/.cache}
	KPATCH_CACHE=${KPATCH_CACHE:-$base/kpatch}
	[[ $KPATCH_CACHE == /* ]] || KPATCH_CACHE=$PWD/$KPATCH_CACHE
	PACKAGES=$KPATCH_CACHE/packages
	# kbuild cannot work in a directory whose name has a space or a colon
	[[ $KPATCH_CACHE != *[[:space:]:]* ]] ||
		die "$EXIT_MACHINE" cache-path "the kernel's make rules cannot work below \"$KPATCH_CACHE\": a space or colon in the name; move the cache with KPATCH_CACHE"
	if ! mkdir -p "$KPATCH_CACHE"/{packages,kernels,targets,runs,logs} 2>/dev/null ||
	   [[ ! -w $KPATCH_CACHE/runs ]]; then
		cache_not_writable "$KPATCH_CACHE"
	fi
}

# cache_not_writable PLACE
cache_not_writable() {
	die_if_full "$LOG"
	die "$EXIT_MACHINE" cache-not-writable "cannot write to $1; mend the permissions of the cache, some of which may be another user's, or move it with KPATCH_CACHE"
}

# cache_mkdir DIRECTORY
cache_mkdir() {
	mkdir -p "$1" 2>/dev/null || cache_not_writable "${1%/*}"
}

# log_open NAME: an empty log. One of that name that another user has made may have to stay.
log_open() {
	local file
	for file in "$KPATCH_CACHE/logs/$1"{,@"$EUID"}.log; do
		{ rm -f "$file" && : >"$file"; } 2>/dev/null || continue
		LOG=$file
		return
	done
	cache_not_writable "$KPATCH_CACHE/logs"
}

# lock_open FILE: of the cache. What is another user's can be locked by those who may read it, except on
# some file systems of other machines. sets: LOCK_FD
lock_open() {
	local file=$KPATCH_CACHE/$1
	{ exec {LOCK_FD}>>"$file"; } 2>/dev/null || { exec {LOCK_FD}<"$file"; } 2>/dev/null ||
		cache_not_writable "$file"
}

# lock_wait FD [OPTION]: takes the lock, however long that lasts. A shell obeys a signal when the program
# in front of it has ended, but at once while it waits for one behind it.
lock_wait() {
	local fd=$1
	shift
	flock "$@" "$fd" &
	wait "$!"
}

# discard PARTIAL DIRECTORY...: removes them under the name of what is half done: a run that is killed
# meanwhile leaves nothing that looks whole. PARTIAL is on the same file system. What is another user's
# may stay there.
discard() {
	local partial=$1 dir
	shift
	for dir; do
		rm -rf "$partial" 2>/dev/null || true
		mv -T -- "$dir" "$partial" 2>/dev/null || continue
		rm -rf "$partial" 2>/dev/null || true
	done
}

# Taken by every run; the children inherit it, so nothing is removed below a tool that
# outlives a killed run.
cache_use() {
	lock_open use.lock
	USE_FD=$LOCK_FD
	if ! flock -s -n "$USE_FD"; then
		note "waiting: another run empties the cache $KPATCH_CACHE" >&2
		lock_wait "$USE_FD" -s
		cache_open
	fi
}

# The directory of this run, and an end to those of killed runs. A directory that is not locked yet looks
# like one of a killed run, and another run may remove it: then there is a next one. It is ours, for
# clean_up to remove, when it is locked.
run_open() {
	local dir tries=20
	runs_sweep 0
	while ((tries--)); do
		dir=$(mktemp -d "$KPATCH_CACHE/runs/$$-$(pid_namespace)-XXXXXX" 2>/dev/null) || break
		{ exec {RUN_FD}<"$dir"; } 2>/dev/null || continue
		if flock -n "$RUN_FD" && [[ -d $dir ]]; then
			RUN=$dir RUN_NAME=${dir##*/}
			return
		fi
		exec {RUN_FD}<&-
	done
	cache_not_writable "$KPATCH_CACHE/runs"
}

# Where the process id in a run's name means something.
pid_namespace() {
	stat -L -c %i /proc/self/ns/pid 2>/dev/null || echo 0
}

# run_keep: leaves the directory of this run for somebody to look at, an hour at least: other runs
# begin and end meanwhile.
run_keep() {
	chmod 755 "$RUN"
	touch "$RUN/.keep"
	printf 'files    %s (kept for an hour, then until the next run)\n' "$RUN"
}

# run_is_kept DIRECTORY
run_is_kept() {
	[[ -e $1/.keep && -n $(find "$1/.keep" -mmin -60 2>/dev/null) ]]
}

# runs_sweep SECONDS: removes the directories of dead runs, which nobody has locked; those of another
# user may stay. Programs that outlive a killed run hold its lock too; we wait that long for them, where
# we can see that they are those.
runs_sweep() {
	local old fd pid namespace seconds here
	here=$(pid_namespace)
	for old in "$KPATCH_CACHE"/runs/*/; do
		old=${old%/}
		[[ -d $old && $old != "$RUN" ]] || continue
		! run_is_kept "$old" || continue
		{ exec {fd}<"$old"; } 2>/dev/null || continue
		IFS=- read -r pid namespace _ <<<"${old##*/}"
		seconds=$1
		[[ $namespace == "$here" && ! -e /proc/$pid ]] || seconds=0
		if flock -w "$seconds" "$fd"; then
			rm -rf "$old" 2>/dev/null || true
		fi
		exec {fd}<&-
	done
}

prepare_lock() {
	lock_open prepare.lock
	PREPARE_FD=$LOCK_FD
	if ! flock -n "$PREPARE_FD"; then
		note "waiting: another run prepares a kernel in $KPATCH_CACHE"
		lock_wait "$PREPARE_FD"
	fi
	partials_list
	partials_remove
}

# What is half prepared. sets: PARTIALS
partials_list() {
	mapfile -t PARTIALS < <(compgen -G "$KPATCH_CACHE/kernels/.partial-*"
		compgen -G "$KPATCH_CACHE/kernels/*/parts/.partial-*"
		compgen -G "$KPATCH_CACHE/targets/.partial-*"
		compgen -G "$KPATCH_CACHE/roots/.partial-*"
		compgen -G "$KPATCH_CACHE/packages/.partial-*")
}

# What is another user's may stay: it is in nobody's way.
partials_remove() {
	rm -rf "${PARTIALS[@]}" 2>/dev/null || true
}

prepare_unlock() {
	exec {PREPARE_FD}>&-
	PREPARE_FD=""
}

# What a killed run left half prepared goes, unless somebody is at it right now.
cache_sweep() {
	partials_list
	[[ ${#PARTIALS[@]} -gt 0 ]] || return 0
	lock_open prepare.lock
	PREPARE_FD=$LOCK_FD
	if flock -n "$PREPARE_FD"; then
		partials_remove
	fi
	prepare_unlock
}

cache_size() {
	du -sh "$KPATCH_CACHE" 2>/dev/null | cut -f 1
}

# --clean: everything in the cache, after the runs that use it.
cache_clean() {
	local size
	lock_open use.lock
	if ! flock -n "$LOCK_FD"; then
		note "waiting: another run uses the cache $KPATCH_CACHE"
		lock_wait "$LOCK_FD"
	fi
	size=$(cache_size)
	RUN_NAME=clean-$$
	partials_list
	partials_remove
	rm -f "$KPATCH_CACHE"/apt{,@*}/updated 2>/dev/null || true
	discard "$KPATCH_CACHE/kernels/.partial-$RUN_NAME" "$KPATCH_CACHE"/kernels/*/
	discard "$KPATCH_CACHE/roots/.partial-$RUN_NAME" "$KPATCH_CACHE"/roots/*/
	rm -rf "$KPATCH_CACHE"/{packages,apt,apt@*,roots,kernels,targets,runs,logs,test,{prepare,apt}.lock} 2>/dev/null ||
		die "$EXIT_MACHINE" cache-not-writable "cannot remove all of the cache $KPATCH_CACHE: some of it may be another user's; mend its permissions, or let that user empty it"
	printf 'removed %s from %s\n' "$size" "$KPATCH_CACHE"
}
