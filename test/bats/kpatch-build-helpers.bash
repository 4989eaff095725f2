# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# For the tests of kpatch-build: running it, and making what it is given.

TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
DRIVER=$TOP/kpatch-build/kpatch-build

# refused STATUS IDENTIFIER ARGUMENT...: ends with that status, and the last message of an
# error ends in the identifier.
refused() {
	local wanted=$1 id=$2 status=0
	shift 2
	"$DRIVER" "$@" >stdout 2>stderr || status=$?
	echo "status $status"
	cat stdout stderr
	[ "$status" -eq "$wanted" ]
	grep -q "^kpatch-build: error: .*[^ ] \[$id\]$" stderr
}

# refused_once STATUS IDENTIFIER ARGUMENT...: with this one message and no other.
refused_once() {
	refused "$@"
	[ "$(grep -c ': error: ' stderr)" -eq 1 ]
}

# as_in_the_guide IDENTIFIER: the guide for authors has the message in stderr. Which of the kernel's
# files are named, is the kernel's.
as_in_the_guide() {
	local files='s/( is also seen by )[^:]*:/\1FILES:/; s/(, and )[^ ]+( still includes it)/\1FILE\2/'
	grep "^kpatch-build: error: .* \[$1\]$" stderr | sed -E "$files" >said
	sed -E "$files" "$TOP/doc/patch-author-guide.md" | grep -qxFf said
}

# patch_of FILE SED [TREE]: a patch of FILE as sed changes it, to stdout.
patch_of() {
	local tree=${3:-$KERNEL_TREE}
	rm -rf patch_of
	mkdir -p "patch_of/a/${1%/*}" "patch_of/b/${1%/*}"
	cp "$tree/$1" "patch_of/a/$1"
	sed "$2" "$tree/$1" >"patch_of/b/$1"
	(cd patch_of && diff -up "a/$1" "b/$1") || true
}

# hold FILE: its lock, until let_go. What is started meanwhile is not to have it: 8>&-.
hold() {
	if [ -d "$1" ]; then exec 8<"$1"; else exec 8>>"$1"; fi
	flock 8
}

let_go() {
	exec 8>&-
}

# until_said WORDS FILE PID: what it says is there; fails when it ends without.
until_said() {
	until grep -q -- "$1" "$2"; do
		kill -0 "$3"
		sleep 0.1
	done
}

# kill_when PID COMMAND...: kills a run with SIGKILL when the command is true. Fails when it was over before that was
# seen: what asks for it may try again, since such a run shows nothing.
kill_when() {
	local pid=$1 status=0
	shift
	until "$@" 2>/dev/null; do
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.005
	done
	kill -KILL "$pid" 2>/dev/null || true
	wait "$pid" || status=$?
	[ "$status" -eq 137 ]
}

# nothing_left CACHE OUTPUT: no run, nothing half prepared, no file in the output directory.
nothing_left() {
	[ -z "$(find "$1/runs" -mindepth 1)" ]
	[ -z "$(find "$1" -maxdepth 4 -name '.partial-*')" ]
	[ -z "$(find "$2" -mindepth 1)" ]
}

# archive DIR: an archive of packages of our own, for apt, instead of the machine's.
# Packages are added by archive_has.
archive() {
	ARCHIVE=$1
	mkdir -p "$ARCHIVE"
	: >"$ARCHIVE/Packages"
	echo "deb [trusted=yes] file:$ARCHIVE ./" >"$ARCHIVE/sources.list"
	cat >"$ARCHIVE/apt.conf" <<-END
		Dir::Etc::sourcelist "$ARCHIVE/sources.list";
		Dir::Etc::sourceparts "$ARCHIVE/none";
	END
	export APT_CONFIG=$ARCHIVE/apt.conf
}

# archive_has NAME VERSION: listed; the package itself is not there.
archive_has() {
	cat >>"$ARCHIVE/Packages" <<-END
		Package: $1
		Version: $2
		Architecture: all
		Description: $1 - test
		Filename: ./$1_$2_all.deb
		Size: 4
		SHA256: 0000000000000000000000000000000000000000000000000000000000000000

	END
}

# suite_has SUITE NAME VERSION: a suite of that archive beside the one of the package sources.
suite_has() {
	local dir=$ARCHIVE/dists/$1 file=main/binary-amd64/Packages
	mkdir -p "$dir/${file%/*}"
	cat >>"$dir/$file" <<-END
		Package: $2
		Version: $3
		Architecture: all
		Description: $2 - test
		Filename: ./$2_$3_all.deb
		Size: 4
		SHA256: 0000000000000000000000000000000000000000000000000000000000000000

	END
	cat >"$dir/Release" <<-END
		Origin: Debian Backports
		Suite: $1
		Codename: $1
		Date: $(date -u -R | sed 's/+0000/UTC/')
		Architectures: amd64
		Components: main
		SHA256:
		 $(sha256sum <"$dir/$file" | cut -d ' ' -f 1) $(stat -c %s "$dir/$file") $file
	END
	grep -q AllowInsecure "$ARCHIVE/apt.conf" ||
		echo 'Acquire::AllowInsecureRepositories "true";' >>"$ARCHIVE/apt.conf"
}
