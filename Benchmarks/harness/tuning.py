"""The best setting of each rival: tried once for a machine and a version, and kept in the cache."""
import json

from harness import machine
from harness.paths import CACHE
from harness.worker import WorkerError

FILE = CACHE / "tuning.json"


#: Settings within this factor of the fastest are tried a second time.
CLOSE = 1.15


def close(times):
    """The settings that may be the best one; none when there is no doubt."""
    limit = CLOSE * min(times.values())
    variants = [variant for variant, time in times.items() if time <= limit]
    return variants if len(variants) > 1 else []


class Tuning:
    def __init__(self, retune, is_quick):
        self.retune, self.is_quick = retune, is_quick
        self.kept = json.loads(FILE.read_text()) if FILE.exists() else {}
        self.machine = machine.slug()

    def extra_seconds(self, seconds):
        """The time that tuning adds to a step which takes so long to tune, as far as can be said beforehand."""
        is_known = any(key.startswith(self.machine) for key in self.kept)
        return seconds if self.retune or not (is_known or self.is_quick) else 0

    def best(self, key, variants, seconds, say):
        """The variant that takes the least time.

        `seconds(variant)` measures one; it may fail, as when a compiler is missing, and the variant is out. A quick run
        takes the first variant when none was found before.
        """
        key = f"{self.machine} {key}"
        if len(variants) == 1:
            return variants[0]
        if not self.retune and self.kept.get(key, {}).get("of") == variants:
            return self.kept[key]["best"]
        if self.is_quick:
            return variants[0]
        times, failure = {}, None
        for variant in variants:
            try:
                times[variant] = seconds(variant)
            except WorkerError as error:
                failure = error
                say(f"{variant}: failed, {error}")
        if not times:
            raise failure
        for variant in close(times):
            times[variant] = min(times[variant], seconds(variant))
        best = min(times, key=times.get)
        say(f"best setting: {best} ({', '.join(f'{name} {time:.3f} s' for name, time in times.items())})")
        self.kept[key] = {"best": best, "of": variants, "seconds": times}
        CACHE.mkdir(parents=True, exist_ok=True)
        FILE.write_text(json.dumps(self.kept, indent=1))
        return best
