# SPDX-License-Identifier: GPL-2.0-only
"""Modules in the stock kernel that they are for, one after the other, in a virtual machine."""

import os
import re
import shutil
import subprocess

from rows import TOP

HERE = os.path.dirname(os.path.abspath(__file__))
# Their stock modules and they have to fit into the machine's memory.
A_BOOT = 24


def boot(results, out, keep):
    """
    Adds "boot" to each of the results: ok, what was said, stock modules that did not load. keep is
    called with a result that has it.
    """
    releases = {}
    for result in results:
        releases.setdefault(result["release"], []).append(result)
    for release, group in sorted(releases.items()):
        for i in range(0, len(group), A_BOOT):
            boot_some(release, group[i:i + A_BOOT], out)
            for result in group[i:i + A_BOOT]:
                keep(result)


def boot_some(release, results, out):
    work = os.path.join(out, "boot")
    shutil.rmtree(work, ignore_errors=True)
    wanted = set()
    for result in results:
        owners = make_case(os.path.join(work, "cases", result["name"]), result, out)
        wanted |= set(owners)
    image, root = stock(release)
    options = [option for name in sorted(wanted) for option in ("--module", name)]
    said = subprocess.run(
        [os.path.join(TOP, "test/integration/vm"), "--image", image, "--modules", root,
         "--program", os.path.join(TOP, "kpatch/kpatch"), "--out", os.path.join(work, "out"), *options,
         *(os.path.join(work, "cases", result["name"]) for result in results)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace", check=False)
    allowed = allowed_log()
    for result in results:
        result["boot"] = judge(os.path.join(work, "out", result["name"]), allowed, said.stdout)


def make_case(case, result, out):
    """Its folder for the machine; the stock modules that it patches."""
    os.makedirs(case)
    module = os.path.join(out, "modules", result["name"] + ".ko")
    shutil.copy(module, case)
    shutil.copy(os.path.join(HERE, "guest.sh"), case)
    owners = patched_modules(module)
    with open(os.path.join(case, "modules"), "w") as file:
        file.writelines(name + "\n" for name in owners)
    return owners


def patched_modules(module):
    """From the names of the sections with livepatch relocations and of the replaced functions."""
    said = subprocess.run(["readelf", "--wide", "--symbols", "--sections", module],
                          stdout=subprocess.PIPE, text=True, check=False)
    names = set(re.findall(r"\.klp\.(?:rela\.|sym\.)([^.\s]+)\.", said.stdout))
    return sorted(names - {"vmlinux"})


def stock(release):
    """(its bzImage, the directory with its lib/modules)"""
    said = subprocess.run(["bash", "-c", '. "$1" && stock_image "$2" && stock_root "$2"', "bash",
                           os.path.join(TOP, "test/lib/stock-kernel.bash"), release],
                          stdout=subprocess.PIPE, text=True, check=True)
    image, root = said.stdout.split()
    return image, root


def allowed_log():
    """What the kernel may log, as in the integration tests."""
    with open(os.path.join(TOP, "test/integration/allowed-log")) as file:
        lines = [re.sub(r"\s*\t# .*", "", line.rstrip("\n")) for line in file]
    return [re.compile(line) for line in lines if line and not line.startswith("#")]


def lines_of(path):
    try:
        with open(path, errors="replace") as file:
            return file.read().splitlines()
    except OSError:
        return None


def judge(folder, allowed, said):
    """What came back of one module."""
    output = lines_of(os.path.join(folder, "output")) or []
    log = lines_of(os.path.join(folder, "log"))
    status = (lines_of(os.path.join(folder, "status")) or [""])[0]
    absent = [line[8:] for line in output if line.startswith("absent: ")]
    wrong = []
    if status != "0":
        wrong += output or said.strip().split("\n")[-5:]
    if log is None:
        wrong.append("no kernel log came back")
    for line in log or ():
        line = re.sub(r"^\[ *[0-9]+\.[0-9]+\] ", "", line)
        if not any(pattern.fullmatch(line) for pattern in allowed):
            wrong.append("the kernel log has: " + line)
    return {"ok": not wrong, "said": wrong, "absent": absent}
