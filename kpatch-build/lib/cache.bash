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
#   runs/PID/      files of one run; removed at its end, or by the next run
#   logs/          the last log of each module name
#   test/          images and modules that the tests boot
#   use.lock       shared by every run, exclusive for --clean
#   prepare.lock   exclusive, while a kernel is prepared
#   runs.lock      exclusive, while a run makes its directory
#   apt.lock       shared by those who read package lists, exclusive for an update
#
# sets:  KPATCH_CACHE, PACKAGES, RUN (directory of this run)

RUN=""
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
		is_full && die_if_full
		die "$EXIT_MACHINE" cache-not-writable "cannot write to the cache $KPATCH_CACHE; mend its permissions or move it with KPATCH_CACHE"
	fi
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
# meanwhile leaves nothing that looks whole. PARTIAL is on the same file system.
discard() {
	local partial=$1 dir
	shift
	for dir; do
		rm -rf "$partial"
		mv -T -- "$dir" "$partial" 2>/dev/null || continue
		rm -rf "$partial"
	done
}

# Taken by every run; the children inherit it, so nothing is removed below a tool that
# outlives a killed run.
cache_use() {
	exec {USE_FD}>>"$KPATCH_CACHE/use.lock"
	if ! flock -s -n "$USE_FD"; then
		note "waiting: another run empties the cache $KPATCH_CACHE" >&2
		lock_wait "$USE_FD" -s
		cache_open
	fi
}

# The directory of this run, and an end to those of killed runs. A directory that is not
# locked yet looks like one of a killed run, so one starter goes after the other.
run_open() {
	local fd
	exec {fd}>>"$KPATCH_CACHE/runs.lock"
	lock_wait "$fd"
	runs_sweep 0
	RUN=$KPATCH_CACHE/runs/$$
	! run_is_kept "$RUN" || rm -rf "$RUN"
	mkdir "$RUN" 2>/dev/null || { die_if_full; mkdir "$RUN"; }
	exec {RUN_FD}<"$RUN"
	flock -n "$RUN_FD"
	exec {fd}>&-
}

# run_keep: leaves the directory of this run for somebody to look at, an hour at least: other runs
# begin and end meanwhile.
run_keep() {
	touch "$RUN/.keep"
	printf 'files    %s (kept for an hour, then until the next run)\n' "$RUN"
}

# run_is_kept DIRECTORY
run_is_kept() {
	[[ -e $1/.keep && -n $(find "$1/.keep" -mmin -60 2>/dev/null) ]]
}

# runs_sweep SECONDS: removes the directories of dead runs. Programs that outlive a killed run
# hold its lock too; we wait that long for them.
runs_sweep() {
	local old fd
	for old in "$KPATCH_CACHE"/runs/*/; do
		old=${old%/}
		[[ -d $old && $old != "$RUN" ]] || continue
		[[ $1 -eq 0 || ! -e /proc/${old##*/} ]] || continue
		! run_is_kept "$old" || continue
		{ exec {fd}<"$old"; } 2>/dev/null || continue
		if flock -w "$1" "$fd"; then
			rm -rf "$old"
		fi
		exec {fd}<&-
	done
}

prepare_lock() {
	exec {PREPARE_FD}>>"$KPATCH_CACHE/prepare.lock"
	if ! flock -n "$PREPARE_FD"; then
		note "waiting: another run prepares a kernel in $KPATCH_CACHE"
		lock_wait "$PREPARE_FD"
	fi
	partials_list
	rm -rf "${PARTIALS[@]}"
}

# What is half prepared. sets: PARTIALS
partials_list() {
	mapfile -t PARTIALS < <(compgen -G "$KPATCH_CACHE/kernels/.partial-*"
		compgen -G "$KPATCH_CACHE/kernels/*/parts/.partial-*"
		compgen -G "$KPATCH_CACHE/targets/.partial-*"
		compgen -G "$KPATCH_CACHE/roots/.partial-*"
		compgen -G "$KPATCH_CACHE/packages/.partial-*")
}

prepare_unlock() {
	exec {PREPARE_FD}>&-
	PREPARE_FD=""
}

# What a killed run left half prepared goes, unless somebody is at it right now.
cache_sweep() {
	partials_list
	[[ ${#PARTIALS[@]} -gt 0 ]] || return 0
	exec {PREPARE_FD}>>"$KPATCH_CACHE/prepare.lock"
	if flock -n "$PREPARE_FD"; then
		rm -rf "${PARTIALS[@]}"
	fi
	prepare_unlock
}

cache_size() {
	du -sh "$KPATCH_CACHE" 2>/dev/null | cut -f 1
}

# --clean: everything in the cache, after the runs that use it.
cache_clean() {
	local fd size
	exec {fd}>>"$KPATCH_CACHE/use.lock"
	if ! flock -n "$fd"; then
		note "waiting: another run uses the cache $KPATCH_CACHE"
		lock_wait "$fd"
	fi
	size=$(cache_size)
	rm -f "$KPATCH_CACHE"/apt{,@*}/updated
	discard "$KPATCH_CACHE/kernels/.partial-$$" "$KPATCH_CACHE"/kernels/*/
	discard "$KPATCH_CACHE/roots/.partial-$$" "$KPATCH_CACHE"/roots/*/
	rm -rf "$KPATCH_CACHE"/{packages,apt,apt@*,roots,kernels,targets,runs,logs,test,{prepare,runs,apt}.lock}
	printf 'removed %s from %s\n' "$size" "$KPATCH_CACHE"
}
