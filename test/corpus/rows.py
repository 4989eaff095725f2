# SPDX-License-Identifier: GPL-2.0-only
"""The rows of a corpus: which there are, which are wanted, for which kernel, and as what patch."""

import csv
import fnmatch
import hashlib
import os
import re
import subprocess

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CACHE = os.environ.get("KPATCH_CACHE") or os.path.join(
    os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "kpatch")
NEEDED = ("file", "direction", "base_version", "class", "kind")
# The stock kernels that tests use.
FLAVOUR = "cloud-amd64"


class BadCorpus(Exception):
    """What is wrong, and with which file."""


class Row:
    """One patch. release is empty while no kernel is known for it; why says what is missing."""

    def __init__(self, folder, fields):
        self.folder, self.fields = folder, fields
        self.file, self.kind = fields["file"], fields["kind"]
        self.base_version, self.direction = fields["base_version"], fields["direction"]
        self.release, self.why = "", ""
        # A module's name has 55 characters, and a corpus numbers its patches.
        base = re.sub(r"\.(patch|diff)$", "", os.path.basename(self.file))
        number = re.match(r"[A-Z]-\d+", base)
        self.name = re.sub(r"[^A-Za-z0-9_-]", "-", number[0] if number else base)[:48].lower()

    def text(self):
        """The patch as kpatch-build gets it."""
        with open(os.path.join(self.folder, self.file), errors="surrogateescape") as file:
            lines = file.read().split("\n")
        return "\n".join(reverse(lines) if self.direction == "reverse" else lines)

    def patch_sum(self):
        """A result is of this patch; the file may get another one."""
        return hashlib.sha256(self.text().encode(errors="surrogateescape")).hexdigest()[:16]


def read_index(folder):
    """All rows, in the order of the index."""
    index = os.path.join(folder, "index.tsv")
    try:
        with open(index, newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
            if missing:
                raise BadCorpus(f"{index} has no column {', '.join(missing)}")
            rows = [Row(folder, fields) for fields in reader]
    except OSError as error:
        raise BadCorpus(f"cannot read {index}: {error.strerror}") from None
    names = set()
    for number, row in enumerate(rows, 2):
        if row.direction not in ("forward", "reverse"):
            raise BadCorpus(f"{index}:{number}: direction is \"{row.direction}\","
                            " and not forward or reverse")
        if not os.path.isfile(os.path.join(folder, row.file)):
            raise BadCorpus(f"{index}:{number}: there is no {row.file}")
        if row.name in names:
            raise BadCorpus(f"{index}:{number}: a second patch of the name {row.name}")
        names.add(row.name)
    return rows


def choose(rows, kinds, files, number):
    """
    Rows of the kinds (words), whose file, name or a touched file fits one of the patterns; of
    those NUMBER, spread over the list. Empty: all.
    """
    def fits(row):
        names = [row.name, row.file, os.path.basename(row.file)]
        names += re.split(r"[;, ]+", row.fields.get("files_touched") or "")
        return any(fnmatch.fnmatch(name, pattern) for name in names for pattern in files)

    rows = [row for row in rows if not kinds or row.kind in kinds]
    rows = [row for row in rows if not files or fits(row)]
    return spread(rows, number)


def spread(things, number):
    """NUMBER of the things, at equal distances; all if NUMBER is None or not smaller."""
    if number is None or number >= len(things):
        return things
    return [things[i * len(things) // number] for i in range(number)]


# ---- reversing a patch --------------------------------------------------------------------

HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@(.*)", re.S)


def reverse(lines):
    """
    The patch that undoes it. The text before the first file is left out: what it says (a CVE
    number above all) is not true of the opposite.
    """
    out, i = [], 0
    while i < len(lines):
        line = lines[i]
        hunk = HUNK.match(line)
        if hunk and out:
            taken, i = reverse_hunk(lines, i, hunk)
            out += taken
            continue
        if line.startswith("--- ") and i + 1 < len(lines) and lines[i + 1].startswith("+++ "):
            out += ["--- " + reverse_name(lines[i + 1][4:], "b/", "a/"),
                    "+++ " + reverse_name(line[4:], "a/", "b/")]
            i += 2
            continue
        if line.startswith("diff --git ") or (out and is_header(line)):
            out.append(reverse_header(line))
        i += 1
    return out + [""]


def reverse_hunk(lines, i, hunk):
    """(the hunk the other way round, the number of the line behind it)"""
    old, new = (int(count) if count else 1 for count in (hunk[2], hunk[4]))
    sides = [f"{start},{count}" if count else start
             for start, count in ((hunk[3], hunk[4]), (hunk[1], hunk[2]))]
    out = [f"@@ -{sides[0]} +{sides[1]} @@{hunk[5]}"]
    i += 1
    while i < len(lines) and (old > 0 or new > 0 or lines[i].startswith("\\")):
        line = lines[i]
        sign = line[:1]
        old -= sign not in ("+", "\\")
        new -= sign not in ("-", "\\")
        out.append({"+": "-", "-": "+"}.get(sign, sign) + line[1:])
        i += 1
    return out, i


def reverse_name(name, front, other):
    return other + name[len(front):] if name.startswith(front) else name


SWAPPED = (("new file mode", "deleted file mode"), ("rename from", "rename to"),
           ("old mode", "new mode"), ("copy from", "copy to"))


def is_header(line):
    return line.startswith(("index ", "similarity index")) or \
        any(line.startswith(word) for pair in SWAPPED for word in pair)


def reverse_header(line):
    git = re.match(r"diff --git a/(\S+) b/(\S+)$", line)
    if git:
        return f"diff --git a/{git[2]} b/{git[1]}"
    for one, other in SWAPPED:
        if line.startswith(one):
            return other + line[len(one):]
        if line.startswith(other):
            return one + line[len(other):]
    return re.sub(r"^index (\w+)\.\.(\w+)", r"index \2..\1", line)


# ---- which kernel -------------------------------------------------------------------------

def find_releases(rows):
    """Gives each row the release whose packages are of its base version."""
    releases = archive_releases()
    versions = release_versions(releases)
    for row in rows:
        if row.base_version == "newest":
            row.release = newest(releases)
            continue
        for release in releases:
            if versions.get(release) == row.base_version:
                row.release = release
        if not row.release:
            row.why = f"the archive no longer has {row.base_version}"


def archive_releases():
    """Cloud kernels that the archive has, those prepared already without it."""
    said = subprocess.run([os.path.join(TOP, "kpatch-build/kpatch-build"), "--list-kernels",
                           "[0-9]*-" + FLAVOUR], stdout=subprocess.PIPE, text=True, check=False)
    releases = said.stdout.split()
    targets = os.path.join(CACHE, "targets")
    for name in sorted(os.listdir(targets)) if os.path.isdir(targets) else ():
        if name.endswith("-" + FLAVOUR) and name not in releases:
            releases.append(name)
    return releases


def newest(releases):
    """The newest of the distribution's own series: later ones stand behind it."""
    series = ".".join(releases[0].split(".")[:2]) + "." if releases else ""
    return [release for release in releases if release.startswith(series)][-1] if series else ""


def release_versions(releases):
    """Release → version of its packages: kpatch-build takes the newest of several."""
    names = {f"linux-headers-{release}": release for release in releases}
    said = subprocess.run(["apt-cache", "-c", os.path.join(CACHE, "apt/apt.conf"), "madison", *names],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    versions = {}
    for line in said.stdout.splitlines():
        fields = [field.strip() for field in line.split("|")]
        if len(fields) == 3 and "Packages" in fields[2]:
            versions.setdefault(names.get(fields[0], ""), fields[1])
    for release in releases:
        versions.setdefault(release, prepared_version(release))
    return versions


def prepared_version(release):
    try:
        with open(os.path.join(CACHE, "targets", release, "info")) as file:
            found = re.search(r"^source=Debian (\S+)$", file.read(), re.M)
    except OSError:
        return ""
    return found[1] if found else ""
