# SPDX-License-Identifier: GPL-2.0-only
"""The table at the end, and what changed since the last run."""

from collections import Counter

from build import VERDICTS

# Kinds of fixes that only change code, which should end in a module.
CODE_ONLY = ("func-body", "func-add-remove", "inline-in-header", "macro-enum")
# Verdicts about a change that there is something to do for on a running kernel.
COUNTED = ("module", "refused", "internal-error")
HEADS = {"does-not-apply": "no-apply", "compile-error": "no-compile", "internal-error": "internal"}


def percent(rows):
    """Modules among the rows that change code which runs; None where there are none."""
    counted = [row for row in rows if row["verdict"] in COUNTED]
    if not counted:
        return None
    return 100 * sum(row["verdict"] == "module" for row in counted) / len(counted)


def share(value):
    return "-" if value is None else f"{value:.1f} %"


def quantile(values, part):
    return sorted(values)[min(int(part * len(values)), len(values) - 1)] if values else 0


def summary(rows):
    """What the JSON file has of all rows."""
    seconds = [row["seconds"] for row in rows if row["verdict"] == "module"]
    every = [row["seconds"] for row in rows if row.get("seconds")]
    code = [row for row in rows if row["kind"] in CODE_ONLY]
    booted = [row["boot"] for row in rows if row.get("boot")]
    return {
        "rows": len(rows),
        "verdicts": dict(Counter(row["verdict"] for row in rows)),
        "code_only_percent": percent(code),
        "seconds_median_module": quantile(seconds, 0.5),
        "seconds_median": quantile(every, 0.5),
        "seconds_90": quantile(every, 0.9),
        "seconds_max": max(every, default=0),
        "peak_kib": max((row.get("peak_kib", 0) for row in rows), default=0),
        "booted": len(booted),
        "booted_failed": sum(not boot["ok"] for boot in booted),
    }


def table(rows):
    """Lines: a kind each, then the kinds that only change code, then all."""
    verdicts = [verdict for verdict in VERDICTS if any(row["verdict"] == verdict for row in rows)]
    kinds = sorted({row["kind"] for row in rows}, key=lambda kind: (kind not in CODE_ONLY, kind))
    groups = [(kind, [row for row in rows if row["kind"] == kind]) for kind in kinds]
    groups.append(("code only", [row for row in rows if row["kind"] in CODE_ONLY]))
    groups.append(("all", rows))
    cells = [["kind", "rows", *(HEADS.get(verdict, verdict) for verdict in verdicts), "modules"]]
    for name, group in groups:
        counts = Counter(row["verdict"] for row in group)
        cells.append([name, str(len(group)), *(str(counts[verdict]) for verdict in verdicts),
                      share(percent(group))])
    widths = [max(len(line[i]) for line in cells) for i in range(len(cells[0]))]
    lines = ["  ".join([line[0].ljust(widths[0])] +
                       [cell.rjust(width) for cell, width in zip(line[1:], widths[1:])])
             for line in cells]
    lines.insert(1, "-" * len(lines[0]))
    lines.insert(-2, lines[1])
    return lines


def by_reason(rows, verdict):
    """Lines "IDENTIFIER  NUMBER  NAMES" of the rows with that verdict."""
    names = {}
    for row in rows:
        if row["verdict"] == verdict:
            for reason in row.get("reasons") or [row.get("why") or "no message"]:
                names.setdefault(reason, []).append(row["name"])
    return [f"  {reason:28} {len(found):3}  {' '.join(found)}"
            for reason, found in sorted(names.items(), key=lambda item: (-len(item[1]), item[0]))]


def figures(result):
    """Time, memory, cache and the boots, as lines."""
    facts = result["summary"]
    lines = [
        f"seconds  modules: median {facts['seconds_median_module']:.2f};"
        f" all: median {facts['seconds_median']:.2f}, 90 % {facts['seconds_90']:.2f},"
        f" most {facts['seconds_max']:.2f}",
        f"memory   {facts['peak_kib'] / 1024:.0f} MiB, the largest program of any run",
        f"cache    {result['cache_bytes'] / 2**30:.1f} GiB,"
        f" of which the kernels used {result['kernels_bytes'] / 2**30:.1f} GiB",
    ]
    if facts["booted"]:
        lines.append(f"booted   {facts['booted']} modules loaded and unloaded,"
                     f" {facts['booted_failed']} of them not well")
    return lines


def print_all(result):
    """The end of a run."""
    rows = result["rows"]
    print()
    for line in table(rows):
        print(line)
    print("\nmodules: their share in module, refused and internal-error together")
    for verdict in VERDICTS[1:]:
        lines = by_reason(rows, verdict)
        if lines:
            print(f"\n{verdict}:")
            print("\n".join(lines))
    failed = [row for row in rows if row.get("boot") and not row["boot"]["ok"]]
    if failed:
        print("\nin the virtual machine:")
    for row in failed:
        print(f"  {row['name']}: " + "\n    ".join(row["boot"]["said"]))
    print()
    for line in figures(result):
        print(line)


def compare(before, after):
    """Lines about the rows of both runs whose verdict or reasons are others now."""
    def words(row):
        text = row["verdict"]
        if row.get("reasons"):
            text += " (" + " ".join(row["reasons"]) + ")"
        if row.get("boot") and not row["boot"]["ok"]:
            text += ", fails in the virtual machine"
        return text

    old = {row["file"]: row for row in before["rows"]}
    lines = [f"  {row['name']:12} {words(old[row['file']])} -> {words(row)}"
             for row in after["rows"] if row["file"] in old and words(old[row["file"]]) != words(row)]
    missing = len({row["file"] for row in after["rows"]} - set(old))
    if missing:
        lines.append(f"  {missing} rows that the last run did not have")
    return lines
