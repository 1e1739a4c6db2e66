"""Searches of this package and of libraries for vectors, in alternation on the same vectors."""
import contextlib
import random
import statistics

from harness import cached
from harness.alternation import alternate
from harness.index import sets
from harness.index.building import built
from harness.index.contestants import RIVALS, contestants
from harness.index.truth import Truth
from harness.worker import Worker

#: The recall that settings are chosen for.
GOAL = 0.99
#: Searches in a turn; fewer where one takes so long that a turn would last more than a second.
MOST, LEAST = 100, 20
#: Products of which the neighbours of all are found; FAISS flat takes time with the square.
MOST_IN_TABLE = 100_000
#: Rounds of searches on all threads together.
TOGETHER_ROUNDS = 3
SEED = 11


def chosen_rows(count, wanted):
    """Vectors to search for, the same ones in each run."""
    return random.Random(SEED).sample(range(count), min(wanted, count))


def against_fastest(rounds, name, rivals):
    fastest = rounds.fastest(rivals)
    return {"fastest_rival": fastest, "ratio": rounds.ratio(name, fastest).json()}


class Contest:
    """One set of vectors."""

    def __init__(self, vector_set, settings, rounds, progress, chosen=None):
        """With `chosen` only some of the contestants."""
        self.set, self.settings, self.rounds = vector_set, settings, rounds
        self.say = lambda text: progress.say(text)
        self.rows = chosen_rows(vector_set.count, rounds * MOST)
        self.contestants = chosen or contestants(vector_set, settings.libraries)
        self.cores = settings.index_cores
        self.threads = len(self.cores)
        self.found = {name: [] for name in self.contestants}

    def result(self):
        self.truths = {False: Truth(self.set.vectors, self.rows)}
        if self.set.catalogue:
            self.truths[True] = Truth(self.set.vectors, self.rows, self.set.codes())
        files = built(self.set, self.contestants, self.settings, self.say)
        self.paths = {index: values["path"] for index, values in files.items()}
        results, rounds, together, table, opened = self.with_workers()
        for index in opened:
            # None of the workers maps a file any more, so that its pages can be dropped.
            is_mapped = opened[index].pop("is_mapped")
            opened[index]["mapped_bytes"] = self.mapped_bytes(index, results) if is_mapped else 0
        for name, contestant in self.contestants.items():
            index = contestant.index
            index_values = {key: value for key, value in files[index].items() if key != "path"}
            results[name] |= index_values | opened[index] | {"per_second_together": together.spread(name).json()}
        return {
            "name": self.set.name,
            "count": self.set.count,
            "dimension": self.set.dimension,
            "rounds": self.rounds,
            "threads": self.threads,
            "cores": self.cores,
            "contestants": results,
            "comparisons": self.comparisons(results, rounds, together),
            "all_neighbors": table,
        } | rounds.disturbances()

    def with_workers(self):
        """All that is measured while each index is open in a process of its own."""
        self.workers, opened = {}, {}
        with contextlib.ExitStack() as stack:
            for index in self.paths:
                worker = self.workers[index] = stack.enter_context(Worker(index[0], self.cores, self.threads))
                opened[index] = self.opened(worker, index)
                worker.pin(self.settings.pinned(1))
            results = {name: self.tuned(name) for name in self.contestants}
            rounds = self.searched(results)
            for index, worker in self.workers.items():
                own = max(0, worker.anonymous_bytes() - opened[index].pop("bytes_before"))
                opened[index] |= {"memory_bytes": own, "is_mapped": worker.maps(self.paths[index])}
            together = self.searched_together(results)
            is_table_measured = self.set.count <= MOST_IN_TABLE and not self.settings.quick
            table = self.all_neighbors(results) if is_table_measured else None
        return results, rounds, together, table, opened

    def opened(self, worker, index):
        """Opens twice, so that the file is in memory the second time, which counts."""
        before = worker.anonymous_bytes()
        self.open(worker, index)
        return {"open_seconds": self.open(worker, index)["seconds"], "bytes_before": before}

    def open(self, worker, index):
        return worker.ask("open-index", path=str(self.paths[index]), method=index[1], **self.set.vectors_command())

    def mapped_bytes(self, index, results):
        """Memory of a mapped file that was not in memory before, after it was opened and searched a hundred times."""
        name = next(name for name, contestant in self.contestants.items() if contestant.index == index)
        rows = self.rows[:LEAST if results[name]["p50"] > 0.01 else MOST]
        cached.forget(self.paths[index])
        with Worker(index[0], self.settings.pinned(1), 1) as self.workers[index]:
            self.open(self.workers[index], index)
            self.ask("search", name, results[name]["setting"], rows)
            return cached.cached_bytes(self.paths[index])

    def ask(self, command, name, variant, rows, **values):
        contestant = self.contestants[name]
        weight = sets.IMAGE_WEIGHT if contestant.has_attributes else 1
        worker = self.workers[contestant.index]
        return worker.ask(command, variant=variant, rows=rows, imageWeight=weight, **values)

    def tuned(self, name):
        """Tries the settings of a contestant: the fastest that reaches the goal is chosen."""
        contestant = self.contestants[name]
        variants = self.workers[contestant.index].ask("variants")["variants"]
        variants = [contestant.variant] if contestant.variant else variants or [None]
        sweep = []
        for variant in variants:
            # Warms caches, and shows what takes long.
            seconds = statistics.median(self.ask("search", name, variant, self.rows[:5])["latencies"])
            rows = self.rows[:MOST] if seconds > 0.005 else self.rows
            answer = self.ask("search", name, variant, rows)
            recall = self.truths[contestant.has_attributes].recall(rows, answer["neighbors"])
            sweep.append({"setting": variant, "recall": recall, "p50": statistics.median(answer["latencies"])})
        reaching = [step for step in sweep if step["recall"] >= GOAL]
        best = min(reaching, key=lambda step: step["p50"]) if reaching else max(sweep, key=lambda step: step["recall"])
        shown = f" at {best['setting']}" if best["setting"] else ""
        self.say(f"{name}: {best['p50'] * 1000:.3f} ms{shown}, recall {best['recall']:.4f}")
        return {"setting": best["setting"], "reaches_goal": bool(reaching), "sweep": sweep}

    def searched(self, results):
        """Alternates on one core; adds latencies and recall to the results."""
        latencies = {name: [] for name in self.contestants}
        answers = {name: ([], []) for name in self.contestants}

        def turn(name):
            result = results[name]
            expected = next(step["p50"] for step in result["sweep"] if step["setting"] == result["setting"])
            count = max(LEAST, min(MOST, int(1 / expected)))
            blocks = iter(range(0, self.rounds * MOST, MOST))

            def work():
                start = next(blocks)
                rows = self.rows[start:start + count]
                answer = self.ask("search", name, result["setting"], rows)
                latencies[name] += answer["latencies"]
                answers[name][0].extend(rows)
                answers[name][1].extend(answer["neighbors"])
                return 1 / statistics.median(answer["latencies"])

            return self.workers[self.contestants[name].index], work

        turns = {name: turn(name) for name in self.contestants}
        cores = self.settings.pinned(1)
        with self.settings.neighbour_beside(cores):
            rounds = alternate(turns, self.rounds, cores)
        for name, contestant in self.contestants.items():
            results[name] |= {
                "p50": statistics.median(latencies[name]),
                "p99": statistics.quantiles(latencies[name], n=100, method="inclusive")[98],
                "searches": len(latencies[name]),
                "recall": self.truths[contestant.has_attributes].recall(*answers[name]),
            }
        return rounds

    def searched_together(self, results):
        """Searches for many at once on all cores, in alternation."""
        for worker in self.workers.values():
            worker.pin(self.cores)

        def turn(name):
            rows = self.rows[:max(LEAST, min(len(self.rows), int(2 / results[name]["p50"])))]

            def work():
                asked = self.ask("search-together", name, results[name]["setting"], rows, threads=self.threads)
                return len(rows) / asked["seconds"]

            return self.workers[self.contestants[name].index], work

        return alternate({name: turn(name) for name in self.contestants}, TOGETHER_ROUNDS, self.cores)

    def all_neighbors(self, tuned):
        """The neighbours of every product, exactly and by our graph, and by FAISS flat; once, since that takes long."""
        names = [name for name, contestant in self.contestants.items()
                 if name == "FAISS flat" or contestant.index == ("ours", "graph") or contestant.variant == "exact"]
        if "FAISS flat" not in names:
            return None
        results = {}

        def turn(name):
            contestant = self.contestants[name]

            def work():
                variant, rows = contestant.variant or tuned[name]["setting"], self.rows[:MOST]
                answer = self.ask("all-neighbors", name, variant, rows, threads=self.threads)
                recall = self.truths[contestant.has_attributes].recall(rows, answer["neighbors"])
                results[name] = {"seconds": answer["seconds"], "recall": recall}
                return self.set.count / answer["seconds"]

            return self.workers[contestant.index], work

        rounds = alternate({name: turn(name) for name in names}, 1, self.cores)
        for name in names:
            results[name]["ratio"] = rounds.ratio(name, "FAISS flat").median
            self.say(f"all neighbours, {name}: {results[name]['seconds']:.1f} s")
        return {"contestants": results} | rounds.disturbances()

    def comparisons(self, results, rounds, together):
        """Ours exact against FAISS flat, and ours tuned against the fastest that reaches the goal.

        Both for single searches and for many at once.
        """
        compared = {}
        for name in self.contestants:
            if not name.startswith("ours"):
                continue
            is_tuned = self.contestants[name].is_tuned
            present = [rival for rival in RIVALS if rival in results]
            rivals = [rival for rival in present if results[rival]["reaches_goal"]] if is_tuned else (
                [rival for rival in present if rival == "FAISS flat"]
            )
            if not rivals:
                continue
            compared[name] = against_fastest(rounds, name, rivals)
            compared[name]["together"] = against_fastest(together, name, rivals)
            self.say(f"{name}: {compared[name]['ratio']['median']:.2f} of {compared[name]['fastest_rival']}")
        return compared
