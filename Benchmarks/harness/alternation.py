"""Turns in alternation: A B C D, A B C D, ...; one works, the others sleep."""
import os
import statistics
import time

#: Lets threads that spin after their work go to sleep.
PAUSE = 0.02


class Spread:
    """Median, quartiles and extremes of a few numbers."""

    def __init__(self, numbers):
        numbers = list(numbers)
        self.median = statistics.median(numbers)
        self.least, self.most = min(numbers), max(numbers)
        if len(numbers) > 1:
            self.lower, _, self.upper = statistics.quantiles(numbers, n=4, method="inclusive")
        else:
            self.lower = self.upper = numbers[0]

    def json(self):
        return {"median": self.median, "quartiles": [self.lower, self.upper], "extremes": [self.least, self.most]}


class Rounds:
    """The rates (images a second) of each contestant, one for each round."""

    def __init__(self, names):
        self.rates = {name: [] for name in names}
        #: Processor time of those that waited, by the time that passed.
        self.idle_share = 0.0
        #: Processor time of the cores that other processes took, or the hypervisor, by what the cores had to give.
        self.foreign_share = 0.0

    def spread(self, name):
        return Spread(self.rates[name])

    def fastest(self, names):
        return max(names, key=lambda name: self.spread(name).median)

    def ratio(self, ours, theirs):
        """Ours by theirs, taken round by round."""
        return Spread(our / their for our, their in zip(self.rates[ours], self.rates[theirs]))

    def disturbances(self):
        return {"idle_share": self.idle_share, "foreign_share": self.foreign_share}


def alternate(turns, count, cores, on_round=lambda done: None):
    """Runs rounds.

    `turns` has, by contestant, its worker and a function that works once and gives images a second. The processor time
    of the workers that wait and of processes that are none of ours is watched.
    """
    rounds = Rounds(turns)
    workers = list({id(worker): worker for worker, _ in turns.values()}.values())
    start, cpu_before, busy_before = time.monotonic(), total_cpu(workers), busy_seconds(cores)
    working = 0.0
    for done in range(count):
        for name, (worker, turn) in turns.items():
            began = worker.cpu_seconds()
            rounds.rates[name].append(turn())
            working += worker.cpu_seconds() - began
            time.sleep(PAUSE)
        on_round(done + 1)
    elapsed = time.monotonic() - start
    used = total_cpu(workers) - cpu_before
    rounds.idle_share = max(0.0, used - working) / elapsed
    rounds.foreign_share = max(0.0, busy_seconds(cores) - busy_before - used) / (elapsed * len(cores))
    return rounds


def total_cpu(workers):
    return sum(worker.cpu_seconds() for worker in workers)


def busy_seconds(cores):
    """Seconds in which the cores were not idle since the machine started; what the hypervisor stole counts."""
    names = {f"cpu{core}" for core in cores}
    ticks = 0
    with open("/proc/stat") as file:
        for line in file:
            fields = line.split()
            if fields[0] in names:
                user, nice, system, _, _, interrupts, soft_interrupts, stolen = map(int, fields[1:9])
                ticks += user + nice + system + interrupts + soft_interrupts + stolen
    return ticks / os.sysconf("SC_CLK_TCK")
