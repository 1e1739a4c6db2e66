"""`python3 -m soak PROGRAM --minutes 20`: see Benchmarks/README.md."""
import argparse
import json
import pathlib
import random
import shutil
import signal
import sys
import tempfile
import time

from .checks import check_all
from .client import Client
from .ledger import Ledger, read_models
from .server import Server
from .traffic import Traffic

ROOT = pathlib.Path(__file__).resolve().parents[3]
TOKEN = "token-of-the-soak"
#: Stops come in this part of the time, so that memory can be watched for long after the last.
FIRST_STOP, LAST_STOP = 0.08, 0.4
#: Seconds after a start in which memory may grow.
WARMING_UP = 60
#: What memory may grow by after that.
GROWTH, GROWTH_BYTES = 0.10, 16 << 20
SIGNALS = [signal.SIGTERM, signal.SIGKILL, signal.SIGKILL, signal.SIGKILL]


def arguments():
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("program", help="the release build of the shop's server")
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--catalogue", default=ROOT / "Examples" / "SampleCatalogue", help="in the Kaggle layout")
    parser.add_argument("--weights", default=ROOT / ".models" / "efficientnet-lite0-57934424.pth")
    parser.add_argument("--writers", type=int, default=2)
    parser.add_argument("--readers", type=int, default=3)
    parser.add_argument("--pause", type=float, default=0, help="seconds that each of them waits between its requests")
    parser.add_argument("--report", help="a JSON file for the figures")
    return parser.parse_args()


class Soak:
    def __init__(self, options, folder):
        self.options = options
        self.models = read_models(options.catalogue)
        self.ledger = Ledger()
        index = folder / "index"
        self.server = Server(options.program, index, options.catalogue, folder, TOKEN, options.weights)
        self.traffic = Traffic(
            self.server.port, TOKEN, self.ledger, self.models, options.seed, options.writers, options.readers,
            options.pause,
        )
        self.stops, self.minutes = [], []
        self.begin = time.monotonic()

    @property
    def time(self):
        return time.monotonic() - self.begin

    def say(self, text):
        print(f"{self.time / 60:5.1f} min  {text}", flush=True)

    def run(self):
        length = self.options.minutes * 60
        generator = random.Random(self.options.seed)
        signals = generator.sample(SIGNALS, len(SIGNALS))
        moments = sorted(generator.uniform(FIRST_STOP, LAST_STOP) * length for _ in signals)
        self.server.start()
        self.catalogued = Client(self.server.port, TOKEN).json("/ready")["products"]
        self.say(f"{self.catalogued} products in the index, {len(self.models)} of them are models")
        self.started = self.begin = time.monotonic()
        self.traffic.start()
        self.go()
        for moment, number in zip(moments, signals):
            self.watch(moment)
            self.stop(number)
        self.watch(length)
        self.rest()
        self.check("at the end")
        self.traffic.end()
        if (status := self.server.end(signal.SIGTERM)) != 0:
            self.traffic.failures.append(f"the last SIGTERM: exit status {status}")

    def go(self):
        self.traffic.expected.set()
        self.traffic.resume()

    def rest(self):
        self.traffic.pause()
        self.raise_failures()

    def raise_failures(self):
        if self.traffic.failures:
            raise AssertionError("\n".join(self.traffic.failures[:20]))

    def stop(self, number):
        """Ends the server while requests are under way, starts it, and checks everything."""
        self.traffic.expected.clear()
        status = self.server.end(number)
        unanswered = self.ledger.open
        if status != (0 if number == signal.SIGTERM else -number):
            raise AssertionError(f"{number.name}: exit status {status}")
        self.traffic.pause()
        waiting = len(unanswered)
        seconds = self.server.start()
        self.started = time.monotonic()
        self.stops.append({"signal": number.name, "minute": self.time / 60, "unanswered": waiting, "start": seconds})
        self.check(f"after {number.name}, {waiting} changes unanswered, started in {seconds:.2f} s")
        self.go()

    def check(self, moment):
        client = Client(self.server.port, TOKEN)
        count = check_all(client, self.ledger, self.traffic.ids, self.models, self.catalogued)
        client.close()
        acknowledged = self.ledger.acknowledged
        self.say(
            f"{moment}: all {count} products that were put are there, {len(self.traffic.ids) - count} removed ones are "
            f"not, of {acknowledged['PUT']} PUT and {acknowledged['DELETE']} DELETE"
        )

    def watch(self, until):
        """Measures memory at each minute."""
        while (left := until - self.time) > 0:
            step = min(60, self.options.minutes * 60 / 20)
            time.sleep(min(left, step - self.time % step))
            self.raise_failures()
            if self.server.process.poll() is not None:
                raise AssertionError(f"the server has ended with {self.server.process.returncode}")
            if self.time % step < 1:
                disk, pictures = self.server.disk()
                figures = self.server.memory() | {"disk": disk, "pictures": pictures}
                figures |= {"minute": self.time / 60, "warm": time.monotonic() - self.started > WARMING_UP}
                figures |= {"start": len(self.stops), "answers": sum(self.traffic.counts.values())}
                self.minutes.append(figures)
                self.say(
                    f"{figures['resident'] / 1e6:.0f} MB resident, {figures['own'] / 1e6:.0f} MB its own, "
                    f"{disk / 1e6:.1f} MB of index, {pictures} pictures, {figures['files']} open files, "
                    f"{figures['answers']} answers"
                )

    def check_memory(self):
        """Memory after each start, once warm, does not grow."""
        for start in range(len(self.stops) + 1):
            warm = [figures["resident"] for figures in self.minutes if figures["start"] == start and figures["warm"]]
            if warm and warm[-1] > warm[0] * (1 + GROWTH) + GROWTH_BYTES:
                raise AssertionError(f"memory grew from {warm[0]} to {warm[-1]} bytes after start {start}")

    def figures(self):
        return {
            "minutes": self.minutes,
            "stops": self.stops,
            "acknowledged": self.ledger.acknowledged,
            "answers": dict(self.traffic.counts),
            "statuses": {str(status): count for status, count in sorted(self.traffic.statuses.items())},
        }


def main():
    options = arguments()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="shop-soak-"))
    soak = Soak(options, folder)
    try:
        soak.run()
        soak.check_memory()
    except BaseException as error:
        soak.traffic.ended.set()
        print(f"soak: {error}\nThe server's log: {soak.server.log}", file=sys.stderr)
        raise SystemExit(1) from error
    finally:
        soak.server.abandon()
        if options.report:
            pathlib.Path(options.report).write_text(json.dumps(soak.figures(), indent=1))
    figures = soak.figures()
    print(f"{sum(figures['answers'].values())} answers by status: {figures['statuses']}")
    shutil.rmtree(folder)


main()
