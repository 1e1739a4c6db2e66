"""A server of the shop that can be stopped, killed and started again on the same index."""
import os
import pathlib
import signal
import socket
import subprocess
import time

#: Seconds that a start or a graceful end may take.
PATIENCE = 60
#: The memory for small pictures: those of products that were put fill the usual 64 MB within an hour, which would look
#: like a leak until then.
CACHE = 2_000_000


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One process at a time."""

    def __init__(self, program, index, catalogue, folder, token, weights):
        self.port = free_port()
        self.index = pathlib.Path(index)
        self.log = pathlib.Path(folder) / "server.log"
        self.environment = os.environ | {"SHOP_TOKEN": token}
        self.command = [
            str(program), "--index", str(index), "--catalog", str(catalogue), "--weights", str(weights),
            "--port", str(self.port), "--log-level", "notice", "--picture-cache-bytes", str(CACHE),
        ]
        self.process = None

    def start(self):
        """Returns the seconds until the server listens."""
        begin = time.monotonic()
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdout=subprocess.PIPE, stderr=log, text=True
            )
        # It prints its address when it listens; at its end, the line is empty.
        if not self.process.stdout.readline().startswith("http"):
            raise RuntimeError(f"the server did not start; see {self.log}")
        return time.monotonic() - begin

    def end(self, number):
        """Sends a signal and waits for the end; returns the exit status."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def abandon(self):
        if self.process and self.process.poll() is None:
            self.end(signal.SIGKILL)

    def memory(self):
        """Resident bytes in all, of the process' own and of mapped files, open files, threads."""
        status = dict(
            line.split(":", 1) for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        )
        size = {name: int(status[name].split()[0]) * 1024 for name in ("VmRSS", "RssAnon", "RssFile")}
        return {
            "resident": size["VmRSS"], "own": size["RssAnon"], "mapped": size["RssFile"],
            "files": len(os.listdir(f"/proc/{self.process.pid}/fd")), "threads": int(status["Threads"]),
        }

    def disk(self):
        """Bytes of the index, and the number of pictures that were put."""
        size = sum(path.stat().st_size for path in self.index.rglob("*") if path.is_file())
        pictures = pathlib.Path(f"{self.index}.pictures")
        return size, sum(1 for _ in pictures.iterdir()) if pictures.is_dir() else 0
