# SPDX-License-Identifier: GPL-2.0-only
"""
One thing changed in a function. A kind is a function that finds the places for it among the
tokens of the body and yields edits (start, end, new text). An edit keeps the number of lines,
so that nothing else of the file changes.
"""

import re

from c_source import KEYWORDS, closing

_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
_BINARY = {"+": "-", "-": "+", "&": "|", "*": "+", "/": "*", "%": "/"}
_OTHER_OPERATOR = {"|": "&", "^": "|", "&&": "||", "||": "&&", "<<": ">>", ">>": "<<", "+=": "-=",
                   "-=": "+=", "|=": "&=", "&=": "|=", "^=": "|=", "<<=": ">>=", ">>=": "<<=",
                   "++": "--", "--": "++", "!": " ", "~": " "}
_OTHER_TYPE = {"int": "long", "long": "int", "u8": "u16", "u16": "u8", "u32": "u64", "u64": "u32",
               "s64": "s32", "bool": "int", "size_t": "int", "unsigned": "signed"}
_ERRORS = ("EINVAL", "ENOMEM", "EIO", "EBUSY", "ENOENT", "EPERM")


class Place:
    """What a kind of mutation sees: the file, the tokens of one body, functions by prototype."""

    def __init__(self, text, toks, alike, rng):
        self.text, self.toks, self.alike, self.rng = text, toks, alike, rng

    def word(self, i):
        return self.toks[i].text if 0 <= i < len(self.toks) else ""

    def source(self, first, last):
        return self.text[self.toks[first].start:self.toks[last].end]


def _ends_operand(place, i):
    token = place.toks[i] if i >= 0 else None
    return token and (token.kind == "number" or token.text in (")", "]") or
                      (token.kind == "ident" and token.text not in KEYWORDS))


def immediate(place):
    for token in place.toks:
        if token.kind == "char" and re.fullmatch(r"'[a-yA-Y0-8 ]'", token.text):
            yield token.start, token.end, f"'{chr(ord(token.text[1]) + 1)}'"
        match = token.kind == "number" and re.fullmatch(r"(0[xX][\da-fA-F]+|\d+)([uUlL]*)",
                                                        token.text)
        if match:
            digits = match.group(1)
            value = int(digits, 16 if digits[:2] in ("0x", "0X") else 8 if digits[0] == "0" else 10)
            value = place.rng.choice([value + 1, value * 2 + 1] + ([value - 1] if value else []))
            yield token.start, token.end, str(value) + match.group(2)


def comparison(place):
    for token in place.toks:
        if token.text in _COMPARISONS:
            yield token.start, token.end, place.rng.choice(
                [c for c in _COMPARISONS if c != token.text])


def operator(place):
    for i, token in enumerate(place.toks):
        if token.kind != "op":
            continue
        pointer = token.text == "*" and place.word(i - 2) == "struct"
        if token.text in _BINARY and _ends_operand(place, i - 1) and not pointer:
            yield token.start, token.end, _BINARY[token.text]
        elif token.text in _OTHER_OPERATOR:
            yield token.start, token.end, _OTHER_OPERATOR[token.text]


def condition(place):
    for i, token in enumerate(place.toks):
        opens = token.text == "if" and place.word(i + 1) == "("
        end = closing(place.toks, i + 1) if opens else None
        if end:
            inner = place.source(i + 1, end)
            yield place.toks[i + 1].start, place.toks[end].end, f"(!{inner})"


def call(place):
    for i, token in enumerate(place.toks):
        if token.kind == "ident" and place.word(i + 1) == "(":
            others = [n for n in place.alike.get(token.text, ()) if n != token.text]
            if others:
                yield token.start, token.end, place.rng.choice(others)


def _call_statements(place):
    """(first, last) of "f(...)" that stands as a statement; its semicolon is last + 1."""
    for i, token in enumerate(place.toks):
        if (token.kind == "ident" and token.text not in KEYWORDS and place.word(i + 1) == "(" and
                place.word(i - 1) in (";", "{", "}", ")", "else", "")):
            end = closing(place.toks, i + 1)
            if end and place.word(end + 1) == ";":
                yield i, end


def drop_call(place):
    for first, last in _call_statements(place):
        old = place.source(first, last)
        yield place.toks[first].start, place.toks[last].end, "\n" * old.count("\n")


def repeat_call(place):
    for first, last in _call_statements(place):
        old = place.source(first, last)
        if "//" not in old:
            again = " ".join(old.split())
            yield place.toks[first].start, place.toks[last + 1].end, f"{{ {old}; {again}; }}"


def _arguments(place, i):
    """(first, last) token indices of the arguments of the call whose parenthesis is at i."""
    end, depth, begin, found = closing(place.toks, i), 0, i + 1, []
    if not end or end == i + 1:
        return []
    for j in range(i + 1, end + 1):
        word = place.word(j)
        if j == end or (word == "," and depth == 0):
            if j > begin:
                found.append((begin, j - 1))
            begin = j + 1
        depth += (word in ("(", "[", "{")) - (word in (")", "]", "}"))
    return found


def argument(place):
    for i, token in enumerate(place.toks):
        if token.kind != "ident" or token.text in KEYWORDS or place.word(i + 1) != "(":
            continue
        arguments = _arguments(place, i + 1)
        for first, last in arguments:
            old = place.source(first, last)
            new = place.rng.choice([f"({old}) + 1", "0" + "\n" * old.count("\n")])
            yield place.toks[first].start, place.toks[last].end, new
        for (a, b), (c, d) in zip(arguments, arguments[1:]):
            between = place.text[place.toks[b].end:place.toks[c].start]
            yield (place.toks[a].start, place.toks[d].end,
                   place.source(c, d) + between + place.source(a, b))


def string(place):
    for token in place.toks:
        # words that are no part of a conversion or an escape
        words = list(re.finditer(r"(?<![%\w\\.*#-])[A-Za-z]{3,}", token.text))
        if token.kind == "string" and words:
            word = place.rng.choice(words)
            at = token.start + place.rng.randrange(word.start(), word.end())
            yield at, at + 1, "Q" if place.text[at] != "Q" else "Z"


def flag(place):
    names = sorted({t.text for t in place.toks
                    if t.kind == "ident" and re.fullmatch(r"[A-Z][A-Z0-9_]{2,}", t.text)})
    for i, token in enumerate(place.toks):
        if token.text not in names or place.word(i + 1) == "(" or place.word(i - 1) == "goto":
            continue
        if token.text in _ERRORS or token.text.startswith("GFP_"):
            others = _ERRORS if token.text in _ERRORS else ("GFP_KERNEL", "GFP_ATOMIC", "GFP_NOIO")
            others = [n for n in others if n != token.text]
        else:
            others = [f"({token.text} | 1)", f"({token.text} + 1)", f"({token.text} & ~4)"]
            others += [n for n in names if n != token.text and n[:3] == token.text[:3]]
        yield token.start, token.end, place.rng.choice(others)


def returned(place):
    for i, token in enumerate(place.toks):
        if token.text != "return" or place.word(i + 1) == ";":
            continue
        end = next((j for j in range(i, len(place.toks)) if place.word(j) == ";"), None)
        if end:
            old = place.source(i + 1, end - 1)
            new = place.rng.choice([f" !({old})", f" ({old}) + 1"])
            yield place.toks[i + 1].start, place.toks[end - 1].end, new


def assignment(place):
    """An assignment that stands as a statement, left out."""
    for i, token in enumerate(place.toks):
        if token.kind != "ident" or place.word(i - 1) not in (";", "{", "}", ")"):
            continue
        end = next((j for j in range(i, len(place.toks)) if place.word(j) in (";", "{", "}")), None)
        words = [place.word(j) for j in range(i, end)] if end else []
        if "=" not in words or token.text in KEYWORDS or place.word(end) != ";":
            continue
        left = words[:words.index("=")]
        if all(w in ("->", ".", "[", "]") or re.match(r"\w", w) for w in left) and not any(
                re.match(r"\w", a) and re.match(r"\w", b) for a, b in zip(left, left[1:])):
            old = place.source(i, end - 1)
            yield place.toks[i].start, place.toks[end - 1].end, "\n" * old.count("\n")


def local_type(place):
    for i, token in enumerate(place.toks):
        if (token.text in _OTHER_TYPE and place.word(i - 1) in (";", "{", "}", "") and
                re.match(r"\w", place.word(i + 1))):
            yield token.start, token.end, _OTHER_TYPE[token.text]


KINDS = {
    "immediate": immediate,
    "comparison": comparison,
    "operator": operator,
    "condition": condition,
    "call": call,
    "drop-call": drop_call,
    "repeat-call": repeat_call,
    "argument": argument,
    "string": string,
    "flag": flag,
    "return": returned,
    "assignment": assignment,
    "type": local_type,
}
