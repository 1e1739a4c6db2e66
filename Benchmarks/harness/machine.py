"""What the numbers were measured on."""
import os
import pathlib
import platform
import re
import subprocess
from importlib import metadata

from harness.paths import BENCHMARKS, ROOT


def command(*words):
    try:
        run = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return run.stdout.strip()


def read(path):
    try:
        return pathlib.Path(path).read_text().strip()
    except OSError:
        return ""


def caches():
    found = []
    for folder in sorted(pathlib.Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        kind = {"Data": "d", "Instruction": "i"}.get(read(folder / "type"), "")
        found.append(f"L{read(folder / 'level')}{kind} {read(folder / 'size')}")
    return ", ".join(found) or "unknown"


def cpu():
    names = re.findall(r"^model name\s*:\s*(.*)$", read("/proc/cpuinfo"), re.MULTILINE)
    return names[0] if names else platform.machine()


def instruction_sets():
    flags = re.findall(r"^flags\s*:\s*(.*)$", read("/proc/cpuinfo"), re.MULTILINE)
    present = set(flags[0].split()) if flags else set()
    named = ["avx2", "fma", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16"]
    return ", ".join(name for name in named if name in present)


def family():
    numbers = [re.findall(rf"^{key}\s*:\s*(\d+)$", read("/proc/cpuinfo"), re.MULTILINE) for key in
               ["cpu family", "model"]]
    return ", ".join(f"{key} {found[0]}" for key, found in zip(["family", "model"], numbers) if found)


def packages():
    """The packages of requirements.txt with their versions."""
    lines = (BENCHMARKS / "requirements.txt").read_text().splitlines()
    names = [line.partition(";")[0].strip() for line in lines]
    versions = {}
    for name in names:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = "not installed"
    return versions


def description():
    memory = re.search(r"MemTotal:\s*(\d+)", read("/proc/meminfo"))
    system = re.search(r'PRETTY_NAME="(.*)"', read("/etc/os-release"))
    return {
        "CPU": f"{cpu()} ({family()})",
        "instruction sets": instruction_sets(),
        "cores": os.cpu_count(),
        "caches": caches(),
        "memory": f"{int(memory[1]) / 2**20:.0f} GiB" if memory else "unknown",
        "system": f"{system[1] if system else platform.system()}, kernel {platform.release()}",
        "Swift": command("swift", "--version").splitlines()[0],
        "C compiler": command("clang", "--version").splitlines()[0],
        "OpenBLAS": command("pkg-config", "--modversion", "openblas"),
        "libjpeg-turbo": command("pkg-config", "--modversion", "libturbojpeg"),
        "swift-recommend": revision(),
        "Python": platform.python_version(),
    }


def revision():
    short = command("git", "rev-parse", "--short", "HEAD")
    changed = command("git", "status", "--porcelain", "--", "Sources", "Package.swift", "Benchmarks/Sources")
    return short + (" with changes" if changed not in ("", "unknown") else "")


def slug():
    """A name for result files: the CPU model and the number of cores."""
    words = re.sub(r"[^a-z0-9]+", "-", f"{cpu()} {family()}".lower()).strip("-")
    return f"{words}-{os.cpu_count()}-cores"
