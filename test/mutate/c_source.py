# SPDX-License-Identifier: GPL-2.0-only
"""Functions of a C file, and their tokens. It is no parser: the compiler says later what is C."""

import re
from collections import namedtuple

Token = namedtuple("Token", "kind start end text")
Function = namedtuple("Function", "name header start end first_line last_line")

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    | (?P<comment>/\*.*?\*/|//[^\n]*)
    | (?P<string>(?:L|u8?|U)?"(?:[^"\\\n]|\\.)*")
    | (?P<char>'(?:[^'\\\n]|\\.)*')
    | (?P<number>\.?\d(?:[eEpP][+-]|[\w.])*)
    | (?P<ident>[A-Za-z_$][\w$]*)
    | (?P<op><<=|>>=|\.\.\.|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|.)""",
    re.S | re.X)
_DIRECTIVE = re.compile(r"^[ \t]*\#(?:\\\n|[^\n])*", re.M)
# The kernel's style: both braces of a function stand in the first column, and nothing else does so
# behind a parenthesis.
_BODY = re.compile(r"\)[^;{}()=\"]*\n\{.*?\n\}(?=[\s;]|\Z)", re.S)

KEYWORDS = frozenset(
    "if else while for do switch case default return goto break continue sizeof typeof "
    "__typeof__ asm volatile static const struct union enum unsigned signed int long short "
    "char void bool inline extern register typedef __attribute__".split())


def blank_directives(text):
    """The text with preprocessor lines made of spaces: every offset stays what it is."""
    return _DIRECTIVE.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def tokens(text, start=0, end=None):
    """Tokens without space, comments and preprocessor lines; the offsets are those of the text."""
    found = []
    for match in _TOKEN.finditer(blank_directives(text), start, len(text) if end is None else end):
        if match.lastgroup not in ("space", "comment"):
            found.append(Token(match.lastgroup, match.start(), match.end(), match.group()))
    return found


def _without_comments(text):
    return re.sub(r"/\*.*?\*/|//[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group()), text,
                  flags=re.S)


def _header_of(plain, end):
    """From the end of what stands before the function to its opening brace."""
    begin = max(plain.rfind(c, 0, end) for c in (";", "}", "\n\n")) + 1
    return " ".join(plain[begin:end].split())


def _name_of(header):
    """A macro that makes a function is told together with its first argument."""
    for match in re.finditer(r"(\w+)\s*\(\s*(\w*)", header):
        name, argument = match.groups()
        if name in KEYWORDS or (name.startswith("__") and name.islower()):
            continue
        return f"{name}({argument})" if name.isupper() or "DEFINE" in name else name
    return ""


def functions(text):
    """The functions that the file defines, with what stands between their braces."""
    plain = _without_comments(blank_directives(text))
    found = []
    for match in _BODY.finditer(plain):
        start = plain.index("\n{", match.start()) + 1
        header = _header_of(plain, start)
        name = _name_of(header)
        if name:
            found.append(Function(name, header, start + 1, match.end() - 1,
                                  text.count("\n", 0, start) + 1,
                                  text.count("\n", 0, match.end()) + 1))
    return found


def _split_commas(text):
    parts, depth, begin = [], 0, 0
    for i, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            parts.append(text[begin:i])
            begin = i + 1
    return parts + [text[begin:]]


def prototype(function):
    """Return type and parameter types as text, or None where a macro makes the function."""
    match = re.match(r"(.*?)\b(\w+)\s*\((.*)\)[^()]*$", function.header)
    if not match or match.group(2) != function.name or "(" in match.group(1):
        return None
    result = [w for w in re.findall(r"\w+|\*", match.group(1))
              if w not in ("static", "inline", "noinline") and not w.startswith("__")]
    parameters = []
    for parameter in _split_commas(match.group(3)):
        words = re.findall(r"\w+|\*|\[\w*\]|\.\.\.", parameter)
        if len(words) > 1 and re.match(r"\w", words[-1]):
            words.pop()
        parameters.append(" ".join(words))
    return " ".join(result) + "(" + ",".join(parameters) + ")"


def closing(toks, i):
    """Index of the token that closes the parenthesis or brace at i, or None."""
    depth = 0
    for j in range(i, len(toks)):
        if toks[j].text in ("(", "[", "{"):
            depth += 1
        elif toks[j].text in (")", "]", "}"):
            depth -= 1
            if depth == 0:
                return j
    return None


def dead_regions(text, function, live_lines):
    """Line ranges of a function that the preprocessor left out: no code has a line in them."""
    open_at, regions = [], []
    for number, line in enumerate(text.split("\n")[function.first_line - 1:function.last_line],
                                  function.first_line):
        word = re.match(r"\s*#\s*(if|el|endif)", line)
        if not word:
            continue
        if word.group(1) != "if" and open_at:
            first = open_at.pop()
            if not any(n in live_lines for n in range(first, number)):
                regions.append((first, number))
        if word.group(1) != "endif":
            open_at.append(number)
    return regions
