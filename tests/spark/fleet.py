#!/usr/bin/env python3
"""A fleet of blogs under Spark: `postlint check --stream` behind `RDD.pipe`, held against one postlint alone.

usage: fleet.py [BLOGS.jsonl] [--postlint PATH] [--blogs N] [--workers 1,2]

Needs `pip install pyspark` and a Java runtime (`apt-get install default-jre-headless`). BLOGS.jsonl has a blog a line,
as `--stream` reads them; without it, N small blogs are made of those in `tests/blogs`. Exits with 1 where Spark gives
another answer than one postlint, or a blog gets none.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from pyspark.sql import SparkSession

# With a day that counts as today, today's answers are those of tomorrow.
NOW = "2022-11-01T00:00:00Z"


def make(count, path):
    """Writes small blogs: each of the examples without one of its files, and with a slip of its own."""
    examples = []
    for folder in sorted((pathlib.Path(__file__).parent.parent / "blogs").iterdir()):
        files = {}
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            try:
                files[file.relative_to(folder).as_posix()] = file.read_text()
            except UnicodeDecodeError:
                files[file.relative_to(folder).as_posix()] = None  # it is there, and its text does not matter
        examples.append(files)
    with open(path, "w") as out:
        for number in range(count):
            files = dict(examples[number % len(examples)])
            posts = [path for path in files if path.endswith(".md")]
            del files[posts[number % len(posts)]]
            files[posts[-1 - number % len(posts)]] = f"---\nlayout: post\ntitle: {number}\n---\n\n[up](#{number})\n"
            out.write(json.dumps({"blog": number, "files": files}) + "\n")


def piped(spark, path, command, partitions):
    """The answers by blog, and how long it took."""
    start = time.monotonic()
    lines = spark.sparkContext.textFile(path, partitions).repartition(partitions)
    # The exit code tells of faults in blogs, so it is no failure; what could not be checked is an answer of its own.
    answers = lines.pipe(command).map(lambda line: (str(json.loads(line)["blog"]), line)).collectAsMap()
    return answers, time.monotonic() - start


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("lines", nargs="?")
    parser.add_argument("--postlint", default="postlint")
    parser.add_argument("--blogs", type=int, default=2000)
    parser.add_argument("--workers", default="1,2")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.lines or os.path.join(folder, "blogs.jsonl")
        if not args.lines:
            make(args.blogs, path)
        alone = [os.path.abspath(args.postlint), "check", "--stream", "--now", NOW]
        with open(path) as lines:
            said = subprocess.run(alone, stdin=lines, stdout=subprocess.PIPE, text=True).stdout.splitlines()
        expected = {str(json.loads(line)["blog"]): line for line in said}
        wrong = 0
        for workers in map(int, args.workers.split(",")):
            spark = SparkSession.builder.master(f"local[{workers}]").config("spark.ui.enabled", "false").getOrCreate()
            spark.sparkContext.setLogLevel("ERROR")
            # Spark keeps the cores busy: each postlint takes one.
            command = " ".join(["env", "RAYON_NUM_THREADS=1", *alone])
            piped(spark, path, command, workers)  # the first run starts Java and Python
            answers, seconds = piped(spark, path, command, workers)
            spark.stop()
            wrong += answers != expected
            print(f"{workers} workers: {len(answers)} blogs, {len(answers) / seconds:.0f} a second, "
                  f"{'the same as alone' if answers == expected else 'NOT the same as alone'}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
