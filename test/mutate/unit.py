# SPDX-License-Identifier: GPL-2.0-only
"""One C file of the kernel: compiled as the kernel's build did it, and compared by the differ."""

import os
import re
import shlex
import subprocess
from collections import namedtuple

from assembly import Assembly
from c_source import dead_regions, functions, prototype

Compiled = namedtuple("Compiled", "object assembly_file")
Verdict = namedtuple("Verdict", "status changed new removed findings stderr")


class DoesNotCompile(Exception):
    pass


def read(path):
    with open(path, encoding="latin-1") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="latin-1") as file:
        file.write(text)


def compile_commands(said):
    """What make -n tells: the compiler's arguments for each file, without the files."""
    commands = {}
    for line in said.split("\n"):
        # Linux 7.2 says in front what kind of command it is
        line = re.sub(r"^(set -e;\s+)echo '# [^']*';\s+", r"\1", line)
        match = re.match(r"set -e;\s+echo '\s*\S+ .* -c -o \S+\.o (\S+\.c)\s*';", line)
        if match:
            # the fourth word is what is echoed: the command itself
            words = shlex.split(shlex.split(line)[3].rstrip(";"))
            del words[words.index("-c"):]
            commands[match.group(1)] = [w for w in words if not w.startswith("-Wp,-MMD")]
    return commands


class Setting:
    """Where everything is: handed over by the script that prepared it."""

    def __init__(self, options):
        self.farm, self.other_farm, self.work = options.farm, options.other_farm, options.work
        self.symvers, self.differ = options.symvers, options.differ
        self.keep_lines = options.keep_lines


class Unit:
    def __init__(self, setting, command, path, parent_name, parent_symtab):
        self.setting, self.command, self.path = setting, command, path
        self.parent = (parent_name, parent_symtab)
        self.source = os.path.join(setting.farm, path)
        self.text = read(self.source)
        self.scratch = os.path.join(setting.work, path.replace("/", "@"))
        os.makedirs(self.scratch, exist_ok=True)
        self.orig = self.compile(self.text, "orig")
        self._check_object()
        assembly = read(self.orig.assembly_file)
        self.assembly = Assembly(assembly)
        self.live = self._live_lines(assembly)
        self.all_functions = functions(self.text)
        self.functions = [f for f in self.all_functions
                          if any(n in self.live for n in range(f.first_line, f.last_line + 1))]

    def _check_object(self):
        """Compiled in two steps, it has to be the object that kbuild makes in one."""
        built = os.path.join(self.setting.farm, self.path[:-2] + ".o")
        if not os.path.exists(built):
            return
        with open(built, "rb") as a, open(self.orig.object, "rb") as b:
            if a.read() != b.read():
                raise RuntimeError(f"{built} is not what its assembly makes")

    def _live_lines(self, assembly):
        """Lines of the file that have code, from gcc's own line information."""
        files = {n for n, name in re.findall(r'^\t\.file (\d+) "(.*)"$', assembly, re.M)
                 if name in (self.path, os.path.basename(self.path))}
        return {int(line) for n, line in re.findall(r"^\t\.loc (\d+) (\d+)", assembly, re.M)
                if n in files}

    def is_live(self, function, offset):
        line = self.text.count("\n", 0, offset) + 1
        return not any(a <= line <= b for a, b in dead_regions(self.text, function, self.live))

    def alike(self):
        """The functions of the file that have a prototype in common with others."""
        groups = {}
        for function in self.all_functions:
            kind = prototype(function)
            if kind:
                groups.setdefault(kind, []).append(function.name)
        return {name: group for group in groups.values() for name in group}

    def compile(self, text, name, other_folder=False):
        """One compile to assembly, which the assembler makes an object of."""
        farm = self.setting.other_farm if other_folder else self.setting.farm
        command = [w.replace(self.setting.farm, farm) for w in self.command]
        result = Compiled(f"{self.scratch}/{name}.o", f"{self.scratch}/{name}.s")
        write(os.path.join(farm, self.path), text)
        try:
            self._run(command + ["-S", "-o", result.assembly_file, self.path], farm)
            options = [w for w in command[1:] if w.startswith("-Wa,") or w == "-m64"]
            self._run([command[0], "-c", *options, "-o", result.object, result.assembly_file], farm)
        finally:
            write(os.path.join(farm, self.path), self.text)
        return result

    @staticmethod
    def _run(command, folder):
        # A mutant can send the compiler into a loop (a constant array of huge size).
        try:
            done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, timeout=120,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                  errors="replace", check=False)
        except subprocess.TimeoutExpired as late:
            raise DoesNotCompile("the compiler takes too long") from late
        if done.returncode:
            raise DoesNotCompile(done.stderr[-500:])

    def keep_lines(self, text):
        """The text with #line, as kpatch-build hands it to the compiler."""
        before, after = f"{self.scratch}/before.c", f"{self.scratch}/after.c"
        write(before, self.text)
        write(after, text)
        changes = subprocess.run(["diff", before, after], stdout=subprocess.PIPE, check=False)
        kept = subprocess.run(["awk", "-f", self.setting.keep_lines, "-", after],
                              input=changes.stdout, stdout=subprocess.PIPE, check=True)
        return kept.stdout.decode("latin-1")

    def diff(self, patched):
        """What the differ says of the original and this object."""
        command = [self.setting.differ, "--no-proof", "--explain", self.orig.object, patched.object, *self.parent,
                   self.setting.symvers, "livepatch_mutate", f"{self.scratch}/out.o"]
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                  timeout=300, errors="replace", check=False)
        except subprocess.TimeoutExpired:
            return Verdict("time-out", {}, {}, [], {}, "")
        said = {"changed": {}, "new": {}, "removed": {}}
        for line in done.stdout.split("\n"):
            match = re.match(r"\S+: (changed|new|removed) function: (\S+)(?: \((.*)\))?", line)
            if match:
                said[match.group(1)][match.group(2)] = match.group(3) or ""
        findings = {}
        for line in done.stderr.split("\n"):
            match = re.match(r"create-diff-object: (?!warning: )(.*) \[([a-z-]+)\]$", line)
            if match:
                findings.setdefault(match.group(2), []).append(match.group(1))
        return Verdict(done.returncode, said["changed"], said["new"], list(said["removed"]),
                       findings, done.stdout + done.stderr)
