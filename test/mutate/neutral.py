# SPDX-License-Identifier: GPL-2.0-only
"""
Edits of which the compiler makes the same code. A kind gets the text, the function and a random
generator and returns the new text, or None where it finds no place.
"""

import re

from c_source import KEYWORDS, tokens


def _line_starts(text, function):
    """
    Where a line of the body begins, outside of what a line above goes on with: comments,
    strings, macros.
    """
    ends = [t.end for t in tokens(text, function.start, function.end) if t.text in (";", "{", "}")]
    return [e + 1 for e in ends if text[e:e + 1] == "\n"]


def _insert(text, at, new):
    return text[:at] + new + text[at:]


def comment(text, function, rng):
    """Behind a token, on the same line."""
    places = [t.end for t in tokens(text, function.start, function.end) if t.kind == "op"]
    return _insert(text, rng.choice(places), " /* a word */ ") if places else None


def comment_lines(text, function, rng):
    places = _line_starts(text, function)
    return _insert(text, rng.choice(places), "\t/*\n\t * Words.\n\t */\n") if places else None


def blank_lines(text, function, rng):
    places = _line_starts(text, function)
    return _insert(text, rng.choice(places), "\n" * rng.randint(1, 3)) if places else None


def lines_above(text, function, rng):
    """Above everything, so that the whole file moves."""
    return "/* one\n * two */\n" * rng.randint(1, 2) + text


def spaces(text, function, rng):
    places = [t.start for t in tokens(text, function.start, function.end) if t.kind == "op"]
    return _insert(text, rng.choice(places), " \t") if places else None


def renamed_local(text, function, rng):
    """
    A variable of the body, in all places of the function. That a name is one is guessed: it is
    declared in a line of its own, and never a member.
    """
    body = text[function.start:function.end]
    names = re.findall(r"^\t+(?:(?:const|unsigned|struct)\s+)*[a-z]\w*[\s*]+([a-z]\w*)\s*[=;]",
                       body, re.M)
    toks = tokens(text, function.start, function.end)
    members = {b.text for a, b in zip(toks, toks[1:]) if a.text in ("->", ".")}
    names = sorted(set(names) - members - KEYWORDS)
    if not names:
        return None
    name = rng.choice(names)
    for token in reversed(toks):
        if token.kind == "ident" and token.text == name:
            text = text[:token.start] + name + "_new" + text[token.end:]
    return text


# How the lines of an edit are kept: "same" changes no line, "kept" has #line put in as
# the driver does, "moved" has not.
KINDS = {
    "comment": (comment, "same"),
    "spaces": (spaces, "same"),
    "renamed-local": (renamed_local, "same"),
    "comment-lines": (comment_lines, "kept"),
    "blank-lines": (blank_lines, "kept"),
    "lines-above": (lines_above, "kept"),
    "blank-lines-moved": (blank_lines, "moved"),
    "lines-above-moved": (lines_above, "moved"),
    "other-folder": (None, "same"),
}
