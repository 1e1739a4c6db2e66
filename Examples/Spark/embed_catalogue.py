#!/usr/bin/env python3
"""Embeds the pictures of a catalogue with Spark: names of pictures in, Parquet out.

Each partition of names runs one `rec-demo embed --from-stdin`, on one core. A row is a picture:

    path       the name, as it was given
    embedding  its vector, or null
    error      null, or {code, message} of a picture that cannot be used
    recipe     what the vector depends on: network, digest of the weights, preprocessing

`rec-demo index --embeddings OUT` builds an index from the rows. A picture that cannot be used is a row, too; a task
fails only when `rec-demo` itself does, and Spark then runs it again elsewhere.
"""
import argparse
import json
import os
import queue
import shlex
import subprocess
import sys
import tempfile
import threading
import time

# Pictures that are named to rec-demo, or fetched, ahead of the one that is answered.
AHEAD = 32


class Settings:
    """What the tasks need; it is sent to them."""

    def __init__(self, command, root="", fetch=None, fetch_attempts=3):
        self.command = command
        self.root = root
        self.fetch = fetch
        self.fetch_attempts = fetch_attempts


def embed(names, settings):
    """The rows of some pictures, in their order: (path, embedding, error, recipe)."""
    names = list(names)
    if not names:
        return
    with tempfile.TemporaryDirectory(prefix="rec-demo-") as folder:
        recipe_path = os.path.join(folder, "recipe.json")
        command = settings.command + ["--from-stdin", "--null", "--threads", "1", "--recipe", recipe_path]
        with open(os.path.join(folder, "messages"), "w+b") as messages:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=messages, bufsize=0)
            try:
                yield from answers(names, settings, folder, process, recipe_path)
                # 1 says that a picture failed, which its row says already.
                if process.wait() not in (0, 1):
                    raise RuntimeError(f"rec-demo ended with code {process.returncode}: {last_words(messages)}")
            except EndOfAnswers:
                process.wait()
                raise RuntimeError(f"rec-demo ended with code {process.returncode}: {last_words(messages)}") from None
            finally:
                process.kill()
                process.wait()


class EndOfAnswers(Exception):
    """rec-demo ended before it had answered each name."""


def answers(names, settings, folder, process, recipe_path):
    """Names the pictures to rec-demo in a thread, and gives a row for each of its answers."""
    waiting = queue.Queue(maxsize=AHEAD)
    stopped = threading.Event()

    def put(item):
        while not stopped.is_set():
            try:
                return waiting.put(item, timeout=0.2)
            except queue.Full:
                continue

    def feed():
        try:
            for number, name in enumerate(names):
                path, error = locate(name, settings, os.path.join(folder, str(number)))
                put((name, path, error))
                if stopped.is_set():
                    return
                if error is None:
                    process.stdin.write(path.encode() + b"\0")
        except OSError:
            pass  # rec-demo has ended; whoever reads its answers will notice.
        except Exception as error:
            put(error)
        finally:
            try:
                process.stdin.close()
            except OSError:
                pass

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    output = os.fdopen(os.dup(process.stdout.fileno()), "rb")
    recipe = None
    try:
        for _ in names:
            item = waiting.get()
            if isinstance(item, Exception):
                raise item
            name, path, error = item
            if error is not None:
                yield (name, None, error, recipe)
                continue
            line = output.readline()
            if not line.endswith(b"\n"):
                raise EndOfAnswers
            if recipe is None:
                with open(recipe_path, encoding="utf-8") as file:
                    recipe = file.read().strip()
            answer = json.loads(line)
            if answer["path"] != path:
                raise RuntimeError(f"rec-demo answered {answer['path']!r} when {path!r} was asked")
            if settings.fetch:
                try:
                    os.remove(path)
                except FileNotFoundError:
                    pass
            if "error" in answer:
                error = (answer["error"]["code"], answer["error"]["message"].replace(path, name))
                yield (name, None, error, recipe)
            else:
                yield (name, answer["embedding"], None, recipe)
        feeder.join()
    finally:
        stopped.set()
        output.close()


def locate(name, settings, file):
    """The path of a picture, fetched if need be, or the error in its place."""
    if "\0" in name:
        return None, ("invalid-path", "The name has a zero byte.")
    if settings.fetch is None:
        return os.path.join(settings.root, name), None
    words = [word.replace("{name}", name).replace("{file}", file) for word in shlex.split(settings.fetch)]
    said = ""
    for attempt in range(settings.fetch_attempts):
        if attempt:
            time.sleep(2**attempt)
        done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if done.returncode == 0 and os.path.exists(file):
            return file, None
        said = done.stderr.decode(errors="replace").strip()[-500:]
    return None, ("fetch-failed", f"The command ended with code {done.returncode}: {said}")


def last_words(messages):
    messages.seek(0)
    return messages.read().decode(errors="replace").strip()[-2000:]


def schema():
    from pyspark.sql import types

    return types.StructType([
        types.StructField("path", types.StringType(), False),
        types.StructField("embedding", types.ArrayType(types.FloatType(), False)),
        types.StructField("error", types.StructType([
            types.StructField("code", types.StringType(), False),
            types.StructField("message", types.StringType(), False),
        ])),
        types.StructField("recipe", types.StringType()),
    ])


def parse(words):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--names", required=True, help="a text file that Spark can read: the name of a picture a line")
    parser.add_argument("--out", required=True, help="the folder of Parquet files to write, wherever Spark can write")
    parser.add_argument("--rec-demo", required=True, help="the program, at this path on each worker")
    parser.add_argument("--weights", required=True, help="the weights, at this path on each worker")
    parser.add_argument("--backbone", default="efficientnet-lite0")
    parser.add_argument("--option", action="append", default=[], metavar="WORD",
                        help="a further word for rec-demo embed, as --option=--decode --option=fast")
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--root", help="the folder that the names start from, on each worker")
    place.add_argument("--fetch", metavar="COMMAND",
                       help="fetches a picture: {name} is its name, {file} where it goes; no shell sees the words")
    parser.add_argument("--fetch-attempts", type=int, default=3)
    parser.add_argument("--partitions", type=int, help="by default one for each 1,000 pictures")
    parser.add_argument("--resume", action="store_true", help="embed only what OUT has no embedding of, and add it")
    parser.add_argument("--master", help="the address of the master, where spark-submit does not say it")
    return parser.parse_args(words)


def main():
    options = parse(sys.argv[1:])
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("embed-catalogue")
    spark = (builder.master(options.master) if options.master else builder).getOrCreate()
    command = [options.rec_demo, "embed", "--backbone", options.backbone, "--weights", options.weights] + options.option
    settings = Settings(command, options.root or "", options.fetch, options.fetch_attempts)
    names = spark.read.text(options.names).where("value != ''").distinct()
    if options.resume:
        done = spark.read.schema(schema()).parquet(options.out).where("embedding is not null")
        names = names.join(done.select(done.path.alias("value")), "value", "left_anti")
    count = names.count()
    partitions = options.partitions or max(1, (count + 999) // 1000)
    # By the hash of the name: after the loss of a worker Spark can make a partition again only where its content is
    # certain.
    rows = names.repartition(partitions, "value").rdd.map(lambda row: row.value).mapPartitions(
        lambda part: embed(part, settings))
    table = spark.createDataFrame(rows, schema(), verifySchema=False)
    started = time.monotonic()
    mode = "append" if options.resume else "errorifexists"
    table.write.mode(mode).option("compression", "snappy").parquet(options.out)
    seconds = time.monotonic() - started
    written = spark.read.schema(schema()).parquet(options.out)
    failed = written.where("embedding is null").count()
    print(json.dumps({"pictures": count, "rows": written.count(), "failed": failed, "seconds": round(seconds, 2)}))
    spark.stop()


if __name__ == "__main__":
    main()
