#!/usr/bin/env python3
"""Writes the reference numbers for post-processing of embeddings; needs numpy, scipy and scikit-learn.

Writes to Tests/RecEvaluationTests/Fixtures/PostProcessing beside this script's folder, or to the folder given.
"""
import json
import pathlib
import sys

import numpy as np
import scipy.linalg
import sklearn.decomposition

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "Tests/RecEvaluationTests/Fixtures/PostProcessing"


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def positive(rows):
    """Turns each row such that its component of greatest magnitude is positive."""
    greatest = np.take_along_axis(rows, np.abs(rows).argmax(1)[:, None], 1)
    return rows * np.sign(greatest)


def flat(rows, digits=9):
    return [float(f"{value:.{digits}g}") for value in np.asarray(rows).ravel()]


def sample(random, count, dimension):
    """Vectors with some strong directions and an offset, as features of a network have."""
    mixing = random.normal(size=(dimension, dimension)) * 0.75 ** np.arange(dimension)[:, None]
    return unit(random.normal(size=(count, dimension)) @ mixing + 1.5).astype(np.float32)


def discriminants(rows, groups, dimension, shrinkage):
    """Fisher's discriminants by the generalised eigenvalue problem of LAPACK."""
    names, numbers, counts = np.unique(groups, return_inverse=True, return_counts=True)
    means = np.stack([rows[numbers == number].mean(0) for number in range(len(names))])
    within = np.cov((rows - means[numbers]).T, bias=True)
    between = np.cov(means.T, fweights=counts, bias=True)
    shrunk = (1 - shrinkage) * within + shrinkage * np.trace(within) / len(within) * np.eye(len(within))
    _, vectors = scipy.linalg.eigh(between, shrunk)
    return vectors[:, ::-1][:, :dimension].T


random = np.random.default_rng(20)
count, dimension = 90, 13
rows = sample(random, count, dimension)
groups = random.integers(0, 6, size=count)
rows = unit(rows + 0.15 * random.normal(size=(6, dimension))[groups]).astype(np.float32)
queries = sample(random, 4, dimension)
cases = []


def case(name, power, projected, projected_queries):
    cases.append({
        "name": name,
        "power": power,
        "projected": flat(projected_queries),
        "unit": flat(unit(projected_queries)),
        "dimension": int(projected.shape[1]),
    })


for power in (1, 0.5, 0.3):
    law = lambda x: unit(np.sign(x.astype(float)) * np.abs(x.astype(float)) ** power) if power != 1 else x.astype(float)
    fitted, asked = law(rows), law(queries)
    case("centring", power, fitted - fitted.mean(0), asked - fitted.mean(0))
    for exponent in (0, -0.25, -0.4, -0.5):
        kept = 8
        if exponent in (0, -0.5):
            pca = sklearn.decomposition.PCA(kept, whiten=exponent == -0.5, svd_solver="full").fit(fitted)
            signs = np.sign(positive(pca.components_) * pca.components_).max(1)
            project = lambda x: pca.transform(x) * signs
        else:
            values, vectors = np.linalg.eigh(np.cov(fitted.T))
            values, vectors = values[::-1][:kept], positive(vectors[:, ::-1][:, :kept].T)
            project = lambda x: (x - fitted.mean(0)) @ vectors.T * values**exponent
        case(f"pca {exponent}", power, project(fitted), project(asked))
    for shrinkage in (0, 0.1):
        directions = discriminants(fitted, groups, 4, shrinkage)
        project = lambda x: (x - fitted.mean(0)) @ directions.T
        case(f"discriminants {shrinkage}", power, project(fitted), project(asked))

OUT.mkdir(parents=True, exist_ok=True)
(OUT / "cases.json").write_text(json.dumps({
    "dimension": dimension,
    "rows": flat(rows),
    "groups": [f"group {number}" for number in groups],
    "queries": flat(queries),
    "cases": cases,
}))
