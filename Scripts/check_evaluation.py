#!/usr/bin/env python3
"""Checks what `rec-demo evaluate --json` prints against the neighbours that `rec-demo neighbors` prints.

    check_evaluation.py EVALUATION STYLES_CSV ATTRIBUTE NAME=NEIGHBORS...

Computes the metrics of each system from its ten neighbours and the catalogue's table, without the package, and compares
them to 1e-9. The system `fused` is the top level of the evaluation. Needs no packages.
"""
import csv
import json
import math
import sys

K = 10


def metrics(rows, labels):
    """The means over the products that something is relevant to."""
    sums = dict.fromkeys(["precision", "recall", "ndcg", "map", "mrr"], 0.0)
    queries = 0
    for row in rows:
        label = labels[row["id"]]
        relevant = sum(labels[other["id"]] == label for other in rows) - 1
        if not label or relevant == 0:
            continue
        queries += 1
        hits = [labels[neighbor["id"]] == label for neighbor in row["neighbors"]]
        ranks = [place for place, hit in enumerate(hits, 1) if hit]
        sums["precision"] += len(ranks) / K
        sums["recall"] += len(ranks) / relevant
        best = sum(1 / math.log2(place + 1) for place in range(1, min(K, relevant) + 1))
        sums["ndcg"] += sum(1 / math.log2(place + 1) for place in ranks) / best
        sums["map"] += sum(count / place for count, place in enumerate(ranks, 1)) / min(K, relevant)
        sums["mrr"] += 1 / ranks[0] if ranks else 0
    return queries, {f"{name}@{K}": value / queries for name, value in sums.items()}


def exposure(rows):
    """How often products are shown: coverage, Gini, skewness and the greatest hub."""
    counts = {row["id"]: 0 for row in rows}
    for row in rows:
        for neighbor in row["neighbors"]:
            counts[neighbor["id"]] += 1
    values = list(counts.values())
    mean = sum(values) / len(values)
    differences = sum(abs(one - other) for one in values for other in values)
    moments = [sum((value - mean) ** power for value in values) / len(values) for power in (2, 3)]
    hub = min(counts, key=lambda name: (-counts[name], name))
    return {
        f"coverage@{K}": sum(value > 0 for value in values) / len(values),
        f"gini@{K}": differences / (2 * len(values) ** 2 * mean),
        f"hubness@{K}": moments[1] / moments[0] ** 1.5,
        f"antiHubs@{K}": sum(value == 0 for value in values) / len(values),
    }, {"id": hub, "count": counts[hub]}


def main():
    evaluation_path, styles_path, attribute, *systems = sys.argv[1:]
    with open(evaluation_path, encoding="utf-8") as file:
        evaluation = json.load(file)
    with open(styles_path, encoding="utf-8", newline="") as file:
        table = {row["id"]: row[attribute].strip() for row in csv.DictReader(file)}
    for system in systems:
        name, path = system.split("=", 1)
        with open(path, encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        labels = {row["id"]: table[row["id"]] for row in rows}
        found = evaluation if name == "fused" else evaluation["systems"][name]
        queries, expected = metrics(rows, labels)
        shown, hub = exposure(rows)
        assert found["queries"] == queries, f"{name}: {found['queries']} queries instead of {queries}"
        assert found[f"greatestHub@{K}"] == hub, f"{name}: the greatest hub is {hub}"
        for field, value in {**expected, **shown}.items():
            assert abs(found[field] - value) < 1e-9, f"{name}: {field} is {found[field]} instead of {value}"
        for field in expected:
            interval = found["intervals"][field]
            assert interval["lower"] <= found[field] <= interval["upper"], f"{name}: interval of {field}"
            if name != "fused":
                gain = evaluation["gains"][name][field]
                assert abs(gain["mean"] - (evaluation[field] - found[field])) < 1e-9, f"{name}: gain of {field}"
        assert 0 <= found[f"diversity@{K}"] <= 1
    duplicates = evaluation["nearDuplicates"]
    assert duplicates["count"] == len(duplicates["pairs"])
    linked = {product for group in duplicates["groups"] for product in group}
    assert linked == {pair[end] for pair in duplicates["pairs"] for end in ("first", "second")}


if __name__ == "__main__":
    main()
