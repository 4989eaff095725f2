# SPDX-License-Identifier: GPL-2.0-only
"""One row: kpatch-build makes of the patch what it can, and the verdict is read from its words."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import threading
import time

from rows import CACHE, TOP

DRIVER = os.path.join(TOP, "kpatch-build/kpatch-build")
# What stands in the table, in this order. The last ones are the errors of ours.
VERDICTS = ("module", "unchanged", "init-only", "refused", "does-not-apply", "not-built",
            "compile-error", "skipped", "machine", "internal-error")
# Identifiers that only say: this is init code.
INIT_CODE = {"init-code-changed", "only-init-code"}
NOT_BUILT = {"not-built", "nothing-built"}
# Before the message stands a file or a list of such (kpatch-build/gather.awk).
MESSAGE = re.compile(r"^[\w-]+: (?:\S+(?:, \S+)*(?: and \d+ more)?: )?(error|warning): (.*) \[([a-z0-9-]+)\]$", re.M)
FUNCTION = re.compile(r"^(\S+): (changed|new|removed) function: (\S+)(?: \((.*)\))?", re.M)


def tool_key():
    """Changes with whatever decides about a verdict."""
    digest = hashlib.sha256()
    for folder in ("kpatch-build", "kmod/patch"):
        for where, _, files in sorted(os.walk(os.path.join(TOP, folder))):
            for name in sorted(files):
                with open(os.path.join(where, name), "rb") as file:
                    digest.update(file.read())
    for program in ("create-diff-object", "create-patch-module"):
        with open(os.path.join(TOP, "create-diff-object", program), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()[:16]


class Driver:
    """A run of kpatch-build: status, what it said, seconds, memory of its largest program (KiB)."""

    running = set()

    def __init__(self, arguments, limit=None):
        self.ended = False
        began = time.monotonic()
        self.process = subprocess.Popen([DRIVER, *arguments], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        text=True, errors="replace", start_new_session=True)
        Driver.running.add(self)
        timer = threading.Timer(limit or 0, self.end)
        if limit:
            timer.start()
        self.said = self.process.stdout.read()
        _, status, usage = os.wait4(self.process.pid, 0)
        timer.cancel()
        Driver.running.discard(self)
        self.status = self.process.returncode = os.waitstatus_to_exitcode(status)
        self.seconds = round(time.monotonic() - began, 2)
        self.peak_kib = usage.ru_maxrss

    def end(self):
        """kpatch-build ends what it has started, and clears up."""
        self.ended = True
        os.kill(self.process.pid, signal.SIGTERM)


def prepare(release, jobs, out):
    """A kernel in the cache, and what its glue is; an error message, or nothing."""
    run = Driver(["--kernel", release, "--jobs", str(jobs), "--name", "corpus-prepare", "--output", out,
                  os.path.join(TOP, "examples/meminfo.patch")])
    if run.status == 0:
        return "", run
    found = MESSAGE.search(run.said)
    return found[0] if found else run.said.strip().split("\n")[-1], run


def build(row, out, jobs, options, limit):
    """The result of a row, as the JSON file has it."""
    patch = os.path.join(out, "patches", row.name + ".patch")
    timing = os.path.join(out, "logs", row.name + ".timing")
    with open(patch, "w", errors="surrogateescape") as file:
        file.write(row.text())
    for old in (timing, os.path.join(out, "modules", row.name + ".ko")):
        if os.path.exists(old):
            os.remove(old)
    run = Driver(["--kernel", row.release, "--jobs", str(jobs), "--name", row.name,
                  "--output", os.path.join(out, "modules"), "--timing", timing, *options, patch],
                 limit)
    log = keep_log(row, run, out)
    errors = [found for found in MESSAGE.finditer(run.said) if found[1] == "error"]
    reported = functions(log)
    verdict = judge(run.status, errors, run.said, reported)
    reasons = {found[3] for found in errors}
    return {
        "verdict": "internal-error" if run.ended else verdict,
        "status": run.status,
        "reasons": ["time-out"] if run.ended else sorted(reasons),
        "warnings": sorted({found[3] for found in MESSAGE.finditer(run.said)
                            if found[1] == "warning"}),
        "messages": [found[0] for found in errors] or last_words(verdict, run.said),
        "functions": reported,
        "seconds": run.seconds,
        "steps": steps(timing),
        "peak_kib": run.peak_kib,
    }


def judge(status, errors, said, reported):
    """The verdict, from kpatch-build's exit status, its errors and what the differ reported."""
    reasons = {found[3] for found in errors}
    if status == 0:
        return "module"
    if status == 2 and reasons and reasons <= INIT_CODE:
        # Is there more than that, it is a fix that the init code keeps from running.
        words = " ".join(found[2] for found in errors)
        other = [item for item in reported if item["what"] == "changed" and item["name"] not in words]
        return "refused" if other else "init-only"
    if status == 3:
        return "init-only" if any(f"[{name}]" in said for name in INIT_CODE) else "unchanged"
    if status == 4:
        return "not-built" if reasons and reasons <= NOT_BUILT else "does-not-apply"
    return {2: "refused", 5: "compile-error", 11: "skipped"}.get(
        status, "machine" if 10 <= status < 64 else "internal-error")


def last_words(verdict, said):
    """Where no message says what went wrong."""
    if verdict != "internal-error":
        return []
    return said.strip().split("\n")[-5:]


def keep_log(row, run, out):
    """What the screen had, and behind it kpatch-build's own log; returns its text."""
    log = ""
    try:
        with open(os.path.join(CACHE, "logs", row.name + ".log"), errors="replace") as file:
            log = file.read()
    except OSError:
        pass
    with open(os.path.join(out, "logs", row.name + ".log"), "w") as file:
        file.write(run.said + "\n---- log ----\n" + log)
    return log


def functions(log):
    """All that the differ reported, also where it refused."""
    found = {match[0]: match for match in FUNCTION.finditer(log)}
    return [{"file": match[1], "what": match[2], "name": match[3], "why": match[4] or ""}
            for _, match in sorted(found.items())]


def steps(timing):
    """Step → seconds."""
    try:
        with open(timing) as file:
            lines = [line.split("\t") for line in file.read().splitlines()]
    except OSError:
        return {}
    return {name: float(seconds) for name, seconds in lines}


def cache_bytes(releases):
    """(the whole cache, the prepared kernels of these releases)"""
    def usage(paths):
        paths = [os.path.realpath(path) for path in paths]
        paths = sorted({path for path in paths if os.path.isdir(path)})
        if not paths or not shutil.which("du"):
            return 0
        said = subprocess.run(["du", "-sk", *paths], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, check=False)
        return sum(int(line.split()[0]) * 1024 for line in said.stdout.splitlines())

    return usage([CACHE]), usage([os.path.join(CACHE, "targets", name) for name in releases])
