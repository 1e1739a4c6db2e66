"""The options of the command line, and what follows from them."""
import argparse
import contextlib
import dataclasses
import os
import pathlib
import sys

from harness.neighbour import Neighbour
from harness.paths import CACHE, RESULTS

PARTS = ["network", "decode", "formats", "pipeline", "index"]
BACKBONES = {"resnet50": "pooled", "vgg16": "fc2", "efficientnet-lite0": "pooled"}
RIVALS = ["onnxruntime", "openvino", "pytorch"]
ARITHMETICS = ["float32", "bfloat16", "int8"]
LIBRARIES = ["faiss", "hnswlib", "usearch", "rabitqlib", "svs", "vsag", "zvec"]
SETS = ["real", "synthetic", "million", "scaling"]


@dataclasses.dataclass
class Settings:
    """What to measure and for how long."""

    parts: list
    backbones: list
    rivals: list
    arithmetics: list
    libraries: list
    sets: list
    batches: list
    threads: list
    cores: list
    rounds: int
    turn_seconds: float
    budget_seconds: float
    pictures: int
    quick: bool
    retune: bool
    torch_compile: bool
    neighbour: bool
    readme: bool
    output: pathlib.Path

    @property
    def is_whole(self):
        """Whether nothing was left out."""
        return (
            not self.quick and not self.neighbour and self.parts == PARTS and self.backbones == list(BACKBONES)
            and self.rivals == RIVALS and self.arithmetics == ARITHMETICS and self.libraries == LIBRARIES
            and self.sets == SETS and self.batches == [1, 8] and self.threads == [1, 2]
        )

    @property
    def index_cores(self):
        """The cores that indexes are built on, and searched on for many queries at once."""
        return self.pinned(2)

    def pinned(self, threads):
        """The cores for so many threads."""
        return self.cores[:threads]

    def neighbour_beside(self, cores):
        """A process that copies memory on a core which these leave free, or none; use it in a `with` statement."""
        free = [core for core in self.cores if core not in cores]
        return Neighbour(free[0]) if self.neighbour and free else contextlib.nullcontext()


def listed(choices, kind=str):
    def read(text):
        values = [kind(value) for value in text.split(",")]
        if choices:
            wrong = [value for value in values if value not in choices]
            if wrong:
                raise argparse.ArgumentTypeError(f"'{wrong[0]}' is none of {', '.join(map(str, choices))}")
            values = [choice for choice in choices if choice in values]
        return values

    return read


def parser():
    result = argparse.ArgumentParser(prog="run.sh", description="Runs this package and its rivals in alternation.")
    result.add_argument("--quick", action="store_true", help="a few rounds of a part of it, in five minutes")
    result.add_argument("--only", type=listed(PARTS), metavar="PARTS", help=f"of {','.join(PARTS)}")
    result.add_argument("--backbones", type=listed(list(BACKBONES)), help=f"of {','.join(BACKBONES)}")
    result.add_argument("--rivals", type=listed(RIVALS), help=f"of {','.join(RIVALS)}, for the networks")
    result.add_argument("--arithmetics", type=listed(ARITHMETICS), help=f"of {','.join(ARITHMETICS)}, for the networks")
    result.add_argument("--libraries", type=listed(LIBRARIES), help=f"of {','.join(LIBRARIES)}, for indexes")
    result.add_argument("--sets", type=listed(SETS), help=f"of {','.join(SETS)}, for indexes")
    result.add_argument("--batches", type=listed([1, 2, 4, 8], int), help="images in a batch (1,8)")
    result.add_argument("--threads", type=listed([1, 2], int), help="threads (1,2)")
    result.add_argument("--cores", type=listed(None, int), help="cores to pin to; the first two by default")
    result.add_argument("--rounds", type=int, help="rounds at least")
    result.add_argument("--retune", action="store_true", help="tune rivals and build their indexes again")
    result.add_argument("--torch-compile", action="store_true", help="try torch.compile as well, which takes minutes")
    result.add_argument("--neighbour", action="store_true", help="measure one core beside a process that copies memory")
    result.add_argument("--output", type=pathlib.Path, help="folder of the report")
    result.add_argument("--readme", action="store_true", help="put the short table into the package's README")
    result.add_argument("--render", type=pathlib.Path, metavar="JSON", help="only write the report of a run again")
    return result


def from_arguments(arguments):
    available = sorted(os.sched_getaffinity(0))
    cores = arguments.cores or available[:2]
    if not set(cores) <= set(available):
        sys.exit(f"benchmark: this process may run on cores {available} only")
    if arguments.neighbour and len(cores) < 2:
        sys.exit("benchmark: a neighbour needs a core of its own")
    quick = arguments.quick
    settings = Settings(
        parts=arguments.only or PARTS,
        backbones=arguments.backbones or (["resnet50", "efficientnet-lite0"] if quick else list(BACKBONES)),
        rivals=arguments.rivals or RIVALS,
        arithmetics=arguments.arithmetics or (["float32"] if quick else ARITHMETICS),
        libraries=arguments.libraries or LIBRARIES,
        sets=arguments.sets or (["real", "scaling"] if quick else SETS),
        batches=arguments.batches or [1, 8],
        threads=arguments.threads or ([1] if quick or arguments.neighbour else [1, 2]),
        cores=cores,
        rounds=arguments.rounds or (3 if quick else 7),
        turn_seconds=0.2 if quick else 0.5,
        budget_seconds=3 if quick else 15,
        pictures=16 if quick else 32,
        quick=quick,
        retune=arguments.retune,
        torch_compile=arguments.torch_compile,
        neighbour=arguments.neighbour,
        readme=arguments.readme,
        output=RESULTS,
    )
    settings.output = arguments.output or (RESULTS if settings.is_whole else CACHE / "results")
    return settings
