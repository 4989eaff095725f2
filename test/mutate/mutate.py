#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""
Changes functions of a kernel at random and asks whether the differ notices what the compiler
made of it; test/mutate/run prepares all that is needed. See README.md.

usage: mutate.py draw TREE N SEED MOST <UNITS   N lines "FILE OWNER", weighted by functions, of
                                                which a file has MOST or less
       mutate.py run OPTIONS <UNITS             lines "FILE PARENT-NAME PARENT-SYMTAB"
"""

import argparse
import difflib
import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

import mutations
import neutral
from assembly import Assembly, Difference
from c_source import tokens
from unit import DoesNotCompile, Setting, Unit, compile_commands, read, write

MUTANTS_A_UNIT = 4
TRIES = 30


class Result:
    """
    One edit and what came of it. outcome: caught, refused, identical, or one of FAILURES;
    extra are functions that are reported and have the same code, with the differ's reason.
    """

    FAILURES = ("missed", "error", "extra")

    def __init__(self, unit, function, kind, what):
        self.unit, self.function, self.kind, self.what = unit, function, kind, what
        self.outcome, self.detail = "", ""
        self.refusals, self.extra, self.redrawn, self.changed = [], {}, 0, 0

    # Reasons that many edits of any function meet; others are worth a look, each.
    COMMON_REFUSALS = {"init-code-changed", "no-fentry"}

    @property
    def failed(self):
        return self.outcome in self.FAILURES

    @property
    def to_look_at(self):
        return self.failed or self.extra or set(self.refusals) - self.COMMON_REFUSALS


def draw(tree, number, seed, most, lines):
    """Files without repetition, each with the weight of its functions."""
    rng = random.Random(seed)
    weighted = []
    for line in lines:
        text = read(os.path.join(tree, line.split()[0]))
        count = text.count("\n}\n")
        if 0 < count <= most:
            weighted.append((rng.random() ** (1 / count), line))
    return [line for _, line in sorted(weighted, reverse=True)[:number]]


def describe(before, after):
    """The changed lines, as a patch has them."""
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=0)
    return [line for line in list(lines)[2:] if not line.startswith("@@")]


def mutate(unit, rng):
    """(function, kind, text) of a mutant, or None where the function has no place for any."""
    function = rng.choice(unit.functions)
    toks = tokens(unit.text, function.start, function.end)
    place = mutations.Place(unit.text, toks, unit.alike(), rng)
    for kind in rng.sample(sorted(mutations.KINDS), len(mutations.KINDS)):
        edits = [e for e in mutations.KINDS[kind](place) if unit.is_live(function, e[0])]
        if edits:
            start, end, new = rng.choice(edits)
            return function, kind, unit.text[:start] + new + unit.text[end:]
    return None


def same_bytes(unit, patched, name):
    """
    The last word on code that differs in text: an alignment that inserts nothing is a line of
    assembly and no byte of code. The sections of a function and their relocations, by objdump.
    """
    dumps = []
    for compiled in (unit.orig, patched):
        dump = subprocess.run(["objdump", "-dr", "--no-show-raw-insn", f"--disassemble={name}",
                               compiled.object], stdout=subprocess.PIPE, text=True, check=True)
        dumps.append(dump.stdout.split("\n", 3)[3:])
    return dumps[0] == dumps[1] and len(dumps[0]) > 0


def reported(verdict, patched):
    """All names of the functions that the differ reports."""
    names = set()
    for name in list(verdict.changed) + list(verdict.new):
        names |= patched.same_code(name)
    return names


def named_in_findings(verdict, names):
    """Init code is no candidate for replacement: the refusal alone names it, by one name."""
    texts = [text for name in ("init-code-changed", "only-init-code", "init-code-inlined")
             for text in verdict.findings.get(name, [])]
    return any(re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", text)
               for text in texts for name in names)


def judge(result, unit, compiled, patched):
    """The differ's words against what the compiler made."""
    truth = Difference(unit.assembly, patched)
    verdict = unit.diff(compiled)
    result.refusals = sorted(verdict.findings) if verdict.status == 2 else []
    result.changed = len(truth.changed)
    names = reported(verdict, patched)
    # of a refused patch nothing is carried, and a new function may have no user but what is refused
    asked = truth.changed + (truth.new if verdict.status != 2 else [])
    missing = [n for n in asked
               if n not in names and not named_in_findings(verdict, patched.same_code(n))]
    missing = [n for n in missing if n in truth.new or not same_bytes(unit, compiled, n)]
    result.extra = {n: why for n, why in verdict.changed.items()
                    if not patched.same_code(n) & set(truth.changed + truth.new)}
    if verdict.status not in (0, 2, 3):
        result.outcome, result.detail = "error", f"exit status {verdict.status}"
    elif missing:
        result.outcome, result.detail = "missed", "not reported: " + ", ".join(missing)
    elif truth.data and verdict.status == 3:
        result.outcome, result.detail = "missed", "data not reported: " + ", ".join(truth.data)
    elif truth.crossed:
        result.outcome, result.detail = "error", "statics crossed: " + ", ".join(truth.crossed)
    elif not truth:
        result.outcome = "identical" if verdict.status == 3 else "extra"
    else:
        result.outcome = "refused" if verdict.status == 2 else "caught"
    if result.outcome == "refused":
        result.detail = "; ".join(text for texts in verdict.findings.values() for text in texts)
    if result.outcome == "extra":
        result.detail = "reported without a change: " + ", ".join(result.extra or result.refusals)
    return verdict


def keep(result, unit, compiled, text, verdict, folder):
    """The pair and all words about it, for whoever looks into a failure."""
    name = f"{unit.path[:-2].replace('/', '@')}-{os.path.basename(compiled.object)[:-2]}"
    folder = os.path.join(folder, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for file, new in ((unit.orig.object, "orig.o"), (compiled.object, "patched.o"),
                      (unit.orig.assembly_file, "orig.s"), (compiled.assembly_file, "patched.s")):
        shutil.copy(file, os.path.join(folder, new))
    patch = difflib.unified_diff(unit.text.split("\n"), text.split("\n"), "a/" + unit.path,
                                 "b/" + unit.path, lineterm="")
    write(os.path.join(folder, "patch"), "\n".join(patch) + "\n")
    write(os.path.join(folder, "said"), f"{result.outcome}: {result.detail}\n"
          f"exit status {verdict.status}\nparent {' '.join(unit.parent)}\n{verdict.stderr}")


def one_mutant(unit, rng, name, folder):
    redrawn = 0
    for _ in range(TRIES):
        drawn = mutate(unit, rng)
        if not drawn:
            continue
        function, kind, text = drawn
        try:
            compiled = unit.compile(text, name)
        except DoesNotCompile:
            redrawn += 1
            continue
        result = Result(unit.path, function.name, kind, describe(unit.text, text))
        result.redrawn = redrawn
        patched = Assembly(read(compiled.assembly_file))
        verdict = judge(result, unit, compiled, patched)
        if result.to_look_at:
            keep(result, unit, compiled, text, verdict, folder)
        return result
    return None


def neutral_text(unit, rng, kind):
    """(function's name, text) or None."""
    edit, lines = neutral.KINDS[kind]
    if edit is None:
        return "", unit.text
    function = rng.choice(unit.functions)
    text = edit(unit.text, function, rng)
    if text is None:
        return None
    return function.name, unit.keep_lines(text) if lines == "kept" else text


def one_neutral(unit, rng, name, folder):
    """
    The compiler must make the same code, else the edit was none of this kind (a local's name in
    a string) and another is drawn. Moved lines are told by the differ's words alone: code may
    hold its line number.
    """
    redrawn = 0
    for _ in range(TRIES):
        kind = rng.choice(sorted(neutral.KINDS))
        drawn = neutral_text(unit, rng, kind)
        if not drawn:
            continue
        try:
            compiled = unit.compile(drawn[1], name, other_folder=kind == "other-folder")
        except DoesNotCompile:
            redrawn += 1
            continue
        truth = Difference(unit.assembly, Assembly(read(compiled.assembly_file)))
        if truth and neutral.KINDS[kind][1] != "moved":
            redrawn += 1
            continue
        result = Result(unit.path, drawn[0], kind + (" (line in code)" if truth else ""),
                        describe(unit.text, drawn[1])[:8])
        result.redrawn = redrawn
        verdict = unit.diff(compiled)
        result.outcome = "identical" if verdict.status == 3 else "extra"
        result.extra = verdict.changed
        if result.failed:
            result.detail = f"exit status {verdict.status}: " + ", ".join(
                [f"{n} ({why})" for n, why in verdict.changed.items()] + sorted(verdict.findings))
            keep(result, unit, compiled, drawn[1], verdict, folder)
        return result
    return None


def work_on(job):
    """All edits of one file. Returns results, or a line that says why there are none."""
    setting, command, line, mutants, neutrals, seed, folder = job
    path, results = line.split()[0], []
    try:
        unit = Unit(setting, command, *line.split())
    except DoesNotCompile as why:
        return f"{path} cannot be used: {str(why)[-300:]}"
    if not unit.functions:
        return f"{path} has no function"
    for i in range(mutants):
        rng = random.Random(f"{seed} {path} mutant {i}")
        results.append(("mutant", one_mutant(unit, rng, f"mutant{i}", folder)))
    for i in range(neutrals):
        rng = random.Random(f"{seed} {path} neutral {i}")
        results.append(("neutral", one_neutral(unit, rng, f"neutral{i}", folder)))
    shutil.rmtree(unit.scratch)
    return results


def print_result(seed, result):
    word = "MISS" if result.outcome == "missed" else result.outcome
    print(f"{word}: seed {seed}, {result.unit}, {result.function}, {result.kind}: {result.detail}")
    for line in result.what:
        print("    " + line)
    sys.stdout.flush()


def table(title, results, columns):
    count = Counter((r.kind, r.outcome) for r in results)
    print(f"\n{title:<32}" + "".join(f"{c:>11}" for c in ("all",) + columns))
    for kind in sorted({r.kind for r in results}) + ["all"]:
        rows = [r for r in results if kind in (r.kind, "all")]
        numbers = [sum(n for (k, o), n in count.items() if o == c and kind in (k, "all"))
                   for c in columns]
        print(f"{kind:<32}" + "".join(f"{n:>11}" for n in [len(rows)] + numbers))


def reason_class(why):
    return re.sub(r"( at \+0x[0-9a-f]+|: .*)", "", why)


def summary(mutants, neutrals):
    table("mutants", mutants, ("caught", "refused", "identical", "missed", "error", "extra"))
    refusals = Counter(", ".join(r.refusals) for r in mutants if r.refusals)
    print("\nrefused mutants by reason")
    for reasons, count in refusals.most_common():
        print(f"{count:>6}  {reasons}")
    extra = Counter(reason_class(why) for r in mutants for why in r.extra.values())
    print(f"\nfunctions of mutants reported with equal code: {sum(extra.values())} (of "
          f"{sum(r.changed for r in mutants)} with other code reported)")
    for why, count in extra.most_common():
        print(f"{count:>6}  {why}")
    table("neutral edits", neutrals, ("identical", "extra", "error"))
    print(f"\nedits drawn again: {sum(r.redrawn for r in mutants)} mutants that do not compile, "
          f"{sum(r.redrawn for r in neutrals)} neutral edits that do not or change the code")


def result_line(label, results, wanted):
    bad = sum(r.failed for r in results)
    print(f"ok {label}" if not bad and len(results) == wanted else
          f"not ok {label}: {bad} of {len(results)} failed, {wanted} wanted")


def run(options, lines):
    setting, commands = Setting(options), compile_commands(read(options.commands))
    for line in lines:
        if line.split()[0] not in commands:
            print(f"# {line.split()[0]} cannot be used: kbuild tells no command for it")
    lines = [line for line in lines if line.split()[0] in commands][:options.files]
    jobs, left, left_neutral = [], options.mutants, options.neutral
    for i, line in enumerate(lines):
        units_left = len(lines) - i
        mutants, neutrals = -(-left // units_left), -(-left_neutral // units_left)
        left, left_neutral = left - mutants, left_neutral - neutrals
        jobs.append((setting, commands[line.split()[0]], line, mutants, neutrals,
                     options.seed, options.failures))
    found, unusable = {"mutant": [], "neutral": []}, 0
    with ProcessPoolExecutor(options.jobs) as pool:
        for i, results in enumerate(pool.map(work_on, jobs), 1):
            if isinstance(results, str):
                unusable += 1
                print("# " + results)
                continue
            for what, result in results:
                if result:
                    found[what].append(result)
                    if result.failed or (result.to_look_at and not options.label):
                        print_result(options.seed, result)
            if i % 10 == 0 and not options.label:
                print(f"... {i} of {len(jobs)} files, {len(found['mutant'])} mutants, "
                      f"{len(found['neutral'])} neutral edits", flush=True)
    if options.label:
        result_line(f"mutate/{options.label} mutants", found["mutant"], options.mutants)
        result_line(f"mutate/{options.label} neutral edits", found["neutral"], options.neutral)
    else:
        summary(found["mutant"], found["neutral"])
        print(f"files that could not be used: {unusable}; what failed or is refused for a "
                  f"rare reason is in {options.failures}")
    return any(r.failed for results in found.values() for r in results)


def main():
    if sys.argv[1:2] == ["draw"]:
        tree, number, seed, most = sys.argv[2:]
        lines = sys.stdin.read().split("\n")[:-1]
        print("\n".join(draw(tree, int(number), seed, int(most), lines)))
        return 0
    parser = argparse.ArgumentParser()
    for name in ("farm", "other-farm", "commands", "symvers", "differ", "keep-lines", "work",
                 "failures", "seed"):
        parser.add_argument("--" + name, required=True)
    for name in ("files", "mutants", "neutral", "jobs"):
        parser.add_argument("--" + name, type=int, required=True)
    parser.add_argument("--label", help="lines for test/check, and no table")
    return 1 if run(parser.parse_args(sys.argv[2:]), sys.stdin.read().split("\n")[:-1]) else 0


if __name__ == "__main__":
    sys.exit(main())
