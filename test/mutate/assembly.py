# SPDX-License-Identifier: GPL-2.0-only
"""
What gcc made of a file, from its assembly: the code of each function and the content of each
piece of data, spelled so that equal text is equal code. What may differ without a difference of
the code: labels, the numbers of clones, static locals and unique names, the place of strings
and constants, debug information.
"""

import hashlib
import re
from collections import defaultdict

_NAME = re.compile(r'"(?:[^"\\]|\\.)*"|[A-Za-z_.][\w.]*')
_DATA = (".byte", ".value", ".short", ".word", ".long", ".quad", ".octa", ".string", ".ascii",
         ".zero", ".2byte", ".4byte", ".8byte")
_DROPPED = re.compile(r"\s*(#|\.(loc|file|size|type|globl|weak|local|hidden)\b|\.cfi_|$)")
_CODE_SECTION = re.compile(r"\s*\.(text\b|section\s+\.(text|init\.text|exit\.text|ref\.text)\b)")
_UNIQUE = re.compile(r"(__UNIQUE_ID_\w*?)\d+(?=[._]|$)")
_NUMBERED = re.compile(r"\.\d+(?=\.|$)")
_LOCAL_NUMBER = re.compile(r"\b(\d+)([bf])\b")
# most of the text, and no code; what follows .debug_info is all debug information
_DEBUG = re.compile(r"^(\t\.loc .*|\t\.cfi_.*|\.L(VL|BB|BE|FB|FE|CFI|SFDE|EFDE)\d+:)\n", re.M)
_DEBUG_INFO = re.compile(r"^\t\.section\t\.debug_info\b", re.M)


def base_name(name):
    """Without the compiler's numbers: f.part.0 is f.part, x.12 is x."""
    return _NUMBERED.sub("", _UNIQUE.sub(r"\1", name))


class Function:
    def __init__(self, name):
        self.name = name
        self.lines = []
        self.statics = []  # numbered variables, in the order of their first use


class Data:
    def __init__(self, name, section):
        self.name, self.section, self.lines = name, section, []

    @property
    def constant(self):
        """
        Is its content part of the code that uses it? A constant is, and so are the records that
        a call leaves about itself (pr_debug).
        """
        return self.section.startswith((".rodata", ".data.rel.ro", "__dyndbg"))


class Assembly:
    """The functions and data of one .s file."""

    def __init__(self, text):
        self.functions, self.data, self.aliases = {}, {}, {}
        self._hashes = {}
        self._parse(_DEBUG.sub("", _DEBUG_INFO.split(text, maxsplit=1)[0]))

    def _parse(self, text):
        kinds = dict(re.findall(r"^\s*\.type\s+([\w.$]+),\s*@(\w+)", text, re.M))
        section, function, data = ".text", None, None
        for line in text.split("\n"):
            label = re.match(r"([A-Za-z_.$][\w.$]*):$", line)
            if function is not None:
                if re.match(r"\s*\.size\s+" + re.escape(function.name) + ",", line):
                    function = None
                else:
                    function.lines.append(line)
            elif label and kinds.get(label.group(1)) == "function":
                function = self.functions[label.group(1)] = Function(label.group(1))
                data = None
            elif label:
                data = self.data[label.group(1)] = Data(label.group(1), section)
            elif data is not None and line.split()[:1] and line.split()[0] in _DATA:
                data.lines.append(line.strip())
            else:
                section, data = self._directive(line, section)

    def _directive(self, line, section):
        """A line between functions. Returns the section and the data that go on behind it."""
        words = line.replace(",", " ").split()
        if not words:
            return section, None
        if words[0] == ".section":
            return words[1], None
        if words[0] in (".text", ".data", ".bss"):
            return words[0], None
        if words[0] == ".comm":
            self.data[words[1]] = Data(words[1], ".bss")
            self.data[words[1]].lines = [".zero " + words[2]]
        if words[0] == ".set":
            self.aliases[words[1]] = words[2]
        return section, None

    def content(self, name):
        """A short name for what a constant holds; one that refers to itself ends there."""
        if name not in self._hashes:
            self._hashes[name] = "itself"
            lines = [self._spell(line, None, {}, {}) for line in self.data[name].lines]
            if name.startswith(".Lubsan_data"):
                del lines[1:3]  # line and column, which the compiler writes there
            self._hashes[name] = hashlib.sha1("\n".join(lines).encode()).hexdigest()[:16]
        return self._hashes[name]

    def body(self, name, pairs):
        """
        The code of a function as text that can be compared. Its own name is SELF, for aliases
        and clones; pairs gives a common name to clones of both sides that belong together.
        """
        function = self.functions[self.aliases.get(name, name)]
        function.statics = []
        kept = [line.strip() for line in function.lines
                if not _DROPPED.match(line) and not _CODE_SECTION.match(line)]
        used = {n for line in kept if not line.endswith(":") for n in _NAME.findall(line)}
        # debug information refers to most labels, code to few
        kept = [line for line in kept
                if not (line.startswith(".L") and line.endswith(":") and line[:-1] not in used)]
        labels = {}
        lines = []
        for line in kept:
            line = _LOCAL_NUMBER.sub(lambda m: self._number(labels, m.group(1)) + m.group(2), line)
            line = re.sub(r"^(\d+):", lambda m: self._number(labels, m.group(1)) + ":", line)
            lines.append(self._spell(line, function, labels, pairs))
        return "\n".join(lines)

    @staticmethod
    def _number(labels, number):
        """Numbers of local labels may come from a counter of the whole file."""
        return labels.setdefault("number " + number, f"N{len(labels)}")

    def _spell(self, line, function, labels, pairs):
        return _NAME.sub(lambda m: self._name(m.group(), function, labels, pairs), line)

    def _name(self, name, function, labels, pairs):
        if name[0] == '"':
            return name
        # gcc folds equal constants: one is then another name of the other
        target = self.aliases.get(name, name)
        if target in self.data and (name.startswith(".L") or (name != base_name(name) and
                                                              self.data[target].constant)):
            return f"{'' if name[0] == '.' else base_name(name)}{{{self.content(target)}}}"
        if name.startswith(".L"):
            return labels.setdefault(name, f"L{len(labels)}")
        if function and name in (function.name, function.name + ".cold"):
            return "SELF" + name[len(function.name):]
        owner = name[:-len(".cold")] if name.endswith(".cold") else name
        if owner in self.functions:
            return pairs.get(owner, owner) + name[len(owner):]
        if name in self.data and name != base_name(name) and function:
            if name not in function.statics:
                function.statics.append(name)
            order = [s for s in function.statics if base_name(s) == base_name(name)].index(name)
            return f"{base_name(name)}#{order}"
        return base_name(name) if name in self.data or "__UNIQUE_ID_" in name else name

    def names(self):
        """All functions, aliases too; unlikely parts are part of theirs."""
        names = [n for n in self.functions if not n.endswith(".cold")]
        return names + [a for a, target in self.aliases.items() if target in self.functions]

    def same_code(self, name):
        """All names of a function."""
        target = self.aliases.get(name, name)
        return {target} | {a for a, t in self.aliases.items() if t == target}


def _clones(assembly):
    groups = defaultdict(list)
    for name in assembly.names():
        if base_name(name) != name:
            groups[base_name(name)].append(name)
    return groups


def _pair_clones(orig, patched):
    """
    Clones have numbers, and the same clone may have another one on the other side. Equal code
    first, then equal names, then what is left if it is one on both sides.
    """
    ours, theirs = _clones(orig), _clones(patched)
    pairs = {}
    for base in set(ours) & set(theirs):
        left, right = list(ours[base]), list(theirs[base])
        weak = [{n: side.body(n, {c: base_name(c) for g in clones.values() for c in g})
                 for n in names} for side, clones, names in ((orig, ours, left),
                                                             (patched, theirs, right))]
        for test in (lambda a, b: weak[0][a] == weak[1][b], lambda a, b: a == b,
                     lambda a, b: len(left) == len(right) == 1):
            for a in list(left):
                b = next((b for b in right if test(a, b)), None)
                if b:
                    pairs[a] = b
                    left.remove(a)
                    right.remove(b)
    return pairs


class Difference:
    """
    changed: functions of both sides, by their patched names, whose code differs
    new, gone: functions of one side
    data: variables whose size, section or first value differs
    """

    def __init__(self, orig, patched):
        clones = _pair_clones(orig, patched)
        ours = {a: "clone " + a for a in clones}
        theirs = {b: "clone " + a for a, b in clones.items()}
        twin = {n: clones.get(n, n) for n in orig.names()}
        names = set(patched.names())
        # An unpaired clone may have the name of a paired one of the other side.
        taken = set(clones.values())
        both = {n: t for n, t in twin.items() if t in names and (n in clones or t not in taken)}
        self.changed = sorted(t for n, t in both.items()
                              if orig.body(n, ours) != patched.body(t, theirs))
        self.new = sorted(names - set(both.values()))
        self.gone = sorted(set(twin) - set(both))
        self.data = self._changed_data(orig, patched)
        self.crossed = self._crossed_statics(orig, patched, both, self.changed)

    def __bool__(self):
        return bool(self.changed or self.new or self.gone or self.data)

    @staticmethod
    def _changed_data(orig, patched):
        """By name without numbers; where their count differs, some are new or gone, as code is."""
        groups = []
        for side in (orig, patched):
            group = defaultdict(list)
            for name, data in side.data.items():
                if not name.startswith(".L") and not data.section.startswith((".printk_index",
                                                                              ".discard")):
                    section = base_name(data.section)
                    group[base_name(name)].append((section, side.content(name)))
            groups.append(group)
        return sorted(n for n in groups[0] if n in groups[1] and
                      len(groups[0][n]) == len(groups[1][n]) and
                      sorted(groups[0][n]) != sorted(groups[1][n]))

    @staticmethod
    def _crossed_statics(orig, patched, both, changed):
        """
        Static locals of one name, of which equal functions say different things about who is
        whose: then the numbering hides a change.
        """
        mate, crossed = {}, set()
        for name, other in both.items():
            if other in changed:
                continue
            a = orig.functions[orig.aliases.get(name, name)].statics
            b = patched.functions[patched.aliases.get(other, other)].statics
            for x, y in zip(a, b):
                if base_name(x) == base_name(y) and mate.setdefault(x, y) != y:
                    crossed.add(base_name(x))
        return sorted(crossed)
