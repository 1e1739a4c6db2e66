"""The part `index`: contests on three sets of vectors, then how ours grows."""
import dataclasses

from harness.index import scaling, sets
from harness.index.contest import Contest
from harness.index.contestants import missing


def vector_sets(settings):
    """Functions that give the sets, with their rounds and expected seconds, by name."""
    known = {
        "real": (sets.real, 3, 90) if settings.quick else (sets.real, 10, 160),
        "synthetic": (synthetic, 3, 100) if settings.quick else (synthetic, 10, 200),
        "million": (million, 5, 300),
    }
    chosen = {name: known[name] for name in settings.sets if name in known}
    if settings.quick and "real" in chosen and sets.shared_data() is None:
        del chosen["real"]
        chosen["small"] = (small, 3, 40)
    return chosen


def small():
    return sets.synthetic("small", 20_000, scaling.DIMENSION, scaling.CLUSTERS)


def synthetic():
    return sets.synthetic("synthetic", 44_424, 2048, 500)


def million():
    return sets.synthetic("million", 1_000_000, scaling.DIMENSION, scaling.CLUSTERS)


def steps(settings):
    """What is measured, with the seconds that it takes; the rivals' graphs of the first run come on top."""
    found = [(step_name(name), seconds) for name, (_, _, seconds) in vector_sets(settings).items()]
    if "scaling" in settings.sets:
        found.append((step_name("scaling"), scaling.expected_seconds(settings)))
    return found


def step_name(name):
    return f"index, {name}"


def measure(settings, progress):
    contests = []
    left_out = missing(settings.libraries, settings.index_cores) if vector_sets(settings) else {}
    libraries = [name for name in settings.libraries if name not in left_out]
    settings = dataclasses.replace(settings, libraries=libraries)
    for name, (make, rounds, _) in vector_sets(settings).items():
        progress.begin(step_name(name))
        vector_set = make()
        if vector_set is None:
            progress.say("left out: there is no folder shared/data beside the package, and REC_SHARED_DATA names none")
            continue
        contests.append(Contest(vector_set, settings, rounds, progress).result())
    if "scaling" not in settings.sets:
        return {"contests": contests, "left_out": left_out, "scaling": []}
    progress.begin(step_name("scaling"))
    return {"contests": contests, "left_out": left_out, "scaling": scaling.measure(settings, progress)}
