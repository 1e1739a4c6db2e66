"""Threads that read and change, each in its own order, from a seed."""
import collections
import json
import random
import threading

from .checks import Lost, check_found, check_gone, fits, look_up
from .client import Client, Gone
from .ledger import Version

#: Products that a writer puts and removes.
SLOTS = 100
#: What is hard to write in JSON ends each title.
HARD = ' "quoted" \\ </script> \n\t\x01 Größe 38 \U0001f45f'
#: The share of changes that the writer looks at at once.
CHECKED = 0.3


class Traffic:
    """Runs between `resume` and `pause`; what goes wrong ends the soak."""

    def __init__(self, port, token, ledger, models, seed, writers, readers, pause=0):
        self.port, self.token, self.ledger, self.models = port, token, ledger, models
        #: Seconds that each thread waits between its steps.
        self.pause_between = pause
        #: Set while requests may be sent.
        self.running = threading.Event()
        #: Set while the server is meant to be there: a broken connection is a failure then.
        self.expected = threading.Event()
        self.ended = threading.Event()
        self.failures = []
        self.counts = collections.Counter()
        self.statuses = collections.Counter()
        self.idle = threading.Semaphore(0)
        self.threads = [
            threading.Thread(target=self.work, args=(write, f"{seed}-{write.__name__}-{number}", number), daemon=True)
            for write, count in ((self.write, writers), (self.read, readers))
            for number in range(count)
        ]
        self.ids = [self.id(writer, slot) for writer in range(writers) for slot in range(SLOTS)]

    @staticmethod
    def id(writer, slot):
        return f"soak {writer}/{slot}"

    def start(self):
        for thread in self.threads:
            thread.start()

    def end(self):
        self.ended.set()
        self.running.set()
        for thread in self.threads:
            thread.join(60)

    def pause(self):
        """Returns when no request is under way."""
        self.running.clear()
        for _ in self.threads:
            if not self.idle.acquire(timeout=90):
                raise RuntimeError("a request has no end")

    def resume(self):
        self.running.set()

    def work(self, step, seed, number):
        generator, client = random.Random(seed), Client(self.port, self.token)
        while not self.ended.is_set():
            if not self.running.is_set():
                # The server may be another one afterwards.
                client.close()
                self.idle.release()
                self.running.wait()
                continue
            try:
                step(client, generator, number)
                if self.pause_between:
                    self.ended.wait(self.pause_between)
            except Gone as error:
                # The end of a process may be noticed a little later than the connection.
                self.ended.wait(0.2)
                if self.expected.is_set():
                    self.fail(f"no answer: {error}")
            except Exception as error:  # The thread must not end without a word.
                self.fail(f"{type(error).__name__}: {error}")
        client.close()

    def fail(self, text):
        self.failures.append(text)
        self.ended.wait(0.5)

    def see(self, kind, status, allowed):
        """Counts an answer; returns whether it was given."""
        self.counts[kind] += 1
        self.statuses[status] += 1
        if status != 503 and status not in allowed:
            raise AssertionError(f"{kind}: status {status}")
        return status != 503

    # Changes

    def write(self, client, generator, number):
        slot = generator.randrange(SLOTS)
        id = self.id(number, slot)
        with self.ledger.lock:
            old = self.ledger.present.get(id)
        if old and generator.random() < 0.4:
            self.remove(client, generator, id, old)
        else:
            self.put(client, generator, id)

    def put(self, client, generator, id):
        model = generator.choice(self.models)
        attributes = dict(model.attributes)
        for name in generator.sample(list(attributes), generator.randrange(4)):
            attributes[name] = generator.choice(self.models).attributes[name]
        version = Version(f"version {generator.getrandbits(64):x} of {id}{HARD}", model, attributes)
        self.ledger.begin(id, version)
        status, _, _ = client.put(id, version.title, attributes, model.picture)
        if not self.see("PUT product", status, (200, 201)):
            return self.ledger.refuse(id)
        self.ledger.acknowledge(id)
        if generator.random() < CHECKED:
            if not fits(look_up(client, id), version):
                raise Lost(f"{id} is not what was just put")
            check_found(client, id, version)

    def remove(self, client, generator, id, old):
        self.ledger.begin(id, None)
        status, _, _ = client.delete(id)
        if not self.see("DELETE product", status, (204,)):
            return self.ledger.refuse(id)
        self.ledger.acknowledge(id)
        if generator.random() < CHECKED:
            check_gone(client, id, old.model)

    # Reads

    def read(self, client, generator, number):
        model = generator.choice(self.models)
        anyone = generator.choice(self.ids).replace(" ", "%20").replace("/", "%2F")
        kind = generator.choice(list(self.paths(model, anyone, generator)))
        method, path, body, headers, allowed = self.paths(model, anyone, generator)[kind]
        status, fields, content = client.request(method, path, body, headers)
        if not self.see(kind, status, allowed):
            if not fields.get("Retry-After"):
                raise AssertionError(f"{kind}: 503 without Retry-After")
            return self.ended.wait(0.05)
        if kind == "search by picture":
            best = [line for line in json.loads(content)["results"] if line["score"] > 1 - 1e-4]
            if not best:
                raise AssertionError(f"the picture of {model.id} finds nothing like it")
        if status >= 400 and "code" not in json.loads(content)["error"]:
            raise AssertionError(f"{kind}: an error without a code")

    def paths(self, model, anyone, generator):
        """The kinds of reads: method, path, body, fields, statuses."""
        gender = model.attributes["gender"]
        likes = {"likes": [model.id], "dislikes": [generator.choice(self.models).id], "count": 8, "diversity": 0.3}
        wrong = {"Authorization": "Bearer wrong"}
        return {
            "page": ("GET", "/", None, {}, (200,)),
            "products": ("GET", f"/products?offset={generator.randrange(200)}&count=24", None, {}, (200,)),
            "products that match": ("GET", f"/products?gender={gender}&count=24", None, {}, (200,)),
            "product": ("GET", f"/products/{model.id}", None, {}, (200,)),
            "product of a writer": ("GET", f"/products/{anyone}", None, {}, (200, 404)),
            "similar": ("GET", f"/products/{model.id}/similar?count=24", None, {}, (200,)),
            "similar with reasons": ("GET", f"/products/{model.id}/similar?explain=true", None, {}, (200,)),
            "similar to one of a writer": ("GET", f"/products/{anyone}/similar", None, {}, (200, 404)),
            "recommend": ("POST", "/recommend", json.dumps(likes), {"Content-Type": "application/json"}, (200,)),
            "search by picture": ("POST", "/search/image?count=300", model.picture, {}, (200,)),
            "broken picture": ("POST", "/search/image", model.picture[:200], {}, (400, 422)),
            "picture": ("GET", f"/pictures/{model.id}?width=320", None, {}, (200,)),
            "picture of a writer": ("GET", f"/pictures/{anyone}?width=160", None, {}, (200, 404)),
            "facets": ("GET", "/facets", None, {}, (200,)),
            "metrics": ("GET", "/metrics", None, {}, (200,)),
            "wrong token": ("DELETE", f"/products/{model.id}", None, wrong, (401, 429)),
        }
