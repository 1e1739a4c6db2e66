#!/usr/bin/env python3
"""Checks that the example server loses nothing that it acknowledged when it is ended or killed.

    check_shop_restarts.py SHOP --catalog FOLDER --weights FILE [--rounds N]

Several clients put and delete products at once, with and without pictures, and note what was acknowledged. In each round
the server is killed (SIGKILL), or ended (SIGTERM): then it must exit with 0, and each request that it had begun must have
an answer. After each round the server starts again on the same folder and is asked for everything.
"""

import argparse
import http.client
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

TOKEN = "token"
BOUNDARY = "----boundary"


def form(attributes, picture):
    body = b""
    for name, content in (("attributes", json.dumps(attributes).encode()), ("picture", picture)):
        if content is not None:
            body += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + content + b"\r\n"
    return body + f"--{BOUNDARY}--\r\n".encode()


class Server:
    """The server in a process of its own."""

    def __init__(self, arguments, folder):
        self.log = open(folder / "log", "ab")
        self.process = subprocess.Popen(
            [arguments.shop, "--index", str(folder / "shop.live"), "--catalog", arguments.catalog]
            + ["--weights", arguments.weights, "--port", "0", "--token", TOKEN, "--log-level", "notice"],
            stdout=subprocess.PIPE,
            stderr=self.log,
        )
        line = self.process.stdout.readline().decode().strip()
        if not line:
            sys.exit("check_shop_restarts: the server did not start:\n" + (folder / "log").read_text()[-2000:])
        self.address = urllib.parse.urlsplit(line)

    def request(self, method, path, body=None):
        connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=60)
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def end(self, how):
        self.process.send_signal(how)
        status = self.process.wait(timeout=90)
        self.log.close()
        return status


class Client(threading.Thread):
    """Changes products of its own until the server does not answer; knows what must be there."""

    def __init__(self, name, server, state, pictures, seed):
        super().__init__()
        self.name, self.server, self.state, self.pictures = name, server, state, pictures
        self.random = random.Random(seed)
        self.answered, self.unanswered = 0, 0

    def run(self):
        for number in range(1_000_000):
            product = f"{self.name}-{self.random.randrange(30)}"
            if self.random.random() < 0.25:
                change, new = ("DELETE", None), None
            else:
                new = f"{self.name} {number}"
                picture = self.random.choice(self.pictures) if self.random.random() < 0.3 else None
                change = ("PUT", form({"gender": "Men", "note": new}, picture))
            known = self.state.get(product)
            # Until there is an answer, the product may be as it was or as it is to be.
            self.state[product] = known | {new} if known else {None, new}
            try:
                status, _ = self.server.request(change[0], f"/products/{product}", change[1])
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                return
            if status == 503:
                # The server is at its end, or the change was not made.
                return
            expected = (200, 201) if change[0] == "PUT" else (204, 404)
            assert status in expected, (change[0], status)
            self.state[product] = {new}
            self.answered += 1


def check(server, state):
    """Compares all products with what clients know."""
    for product, possible in sorted(state.items()):
        status, body = server.request("GET", f"/products/{product}")
        found = json.loads(body)["attributes"].get("note", [None])[0] if status == 200 else None
        assert status in (200, 404), status
        assert found in possible, f"{product} is {found}; it must be one of {possible}"
        state[product] = {found}
    status, body = server.request("GET", "/ready")
    assert status == 200, body


def check_cleanup(server_of, pictures):
    """An old picture that no product names goes after a start and after a reload; a young one stays."""
    server = None
    for name in ("0a" * 16, "0b" * 16):
        orphan, young = pictures / name, pictures / name[::-1]
        orphan.write_bytes(b"x")
        os.utime(orphan, (time.time() - 7200,) * 2)
        young.write_bytes(b"x")
        if server is None:
            server = server_of()
        else:
            server.process.send_signal(signal.SIGHUP)
        end = time.monotonic() + 30
        while orphan.exists():
            assert time.monotonic() < end, "a picture that no product names is still there"
            time.sleep(0.05)
        assert young.exists(), "a picture of a product on its way was removed"
    assert server.end(signal.SIGTERM) == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shop")
    parser.add_argument("--catalog", required=True)
    parser.add_argument("--weights", required=True)
    parser.add_argument("--rounds", type=int, default=4)
    arguments = parser.parse_args()
    images = sorted(pathlib.Path(arguments.catalog, "images").glob("*.jpg"))[:5]
    pictures = [image.read_bytes() for image in images]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        state = {}
        chance = random.Random(1)
        for number in range(arguments.rounds):
            server = Server(arguments, folder)
            how = signal.SIGTERM if number % 2 else signal.SIGKILL
            parts = [{k: v for k, v in state.items() if k.startswith(f"c{c}-")} for c in range(4)]
            clients = [Client(f"c{c}", server, parts[c], pictures, 100 * number + c) for c in range(4)]
            for client in clients:
                client.start()
            time.sleep(1 + chance.random())
            end = time.monotonic() + 60
            while not any(client.answered for client in clients) and time.monotonic() < end:
                time.sleep(0.05)
            status = server.end(how)
            for client in clients:
                client.join()
            for part in parts:
                state.update(part)
            answered = sum(client.answered for client in clients)
            if how == signal.SIGTERM:
                assert status == 0, f"the server exited with {status}"
            assert answered > 0, "no change was acknowledged"
            server = Server(arguments, folder)
            check(server, state)
            assert server.end(signal.SIGTERM) == 0
            print(f"{how.name} after {answered} changes: all of them are there")
        check_cleanup(lambda: Server(arguments, folder), folder / "shop.live.pictures")
        print("a start and a reload removed an old picture that no product names")
        left = len(list((folder / "shop.live.pictures").glob("*")))
        print(f"{len(state)} products changed, {left} pictures kept")


if __name__ == "__main__":
    main()
