#!/usr/bin/env python3
"""Writes symmetric matrices with their eigenvalues, as LAPACK finds them; needs numpy.

Writes to Tests/RecMathTests/Fixtures beside this script's folder, or to the folder given.
"""
import json
import pathlib
import sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "Tests/RecMathTests/Fixtures"


def flat(rows):
    return [float(f"{value:.17g}") for value in np.asarray(rows).ravel()]


random = np.random.default_rng(20)
matrices = []
for size in (1, 2, 3, 8, 17, 40):
    square = random.normal(size=(size, size))
    matrices.append((f"random {size}", (square + square.T) / 2))
    thin = random.normal(size=(size, max(1, size // 3)))
    matrices.append((f"of low rank {size}", thin @ thin.T))
# Three eigenvalues, each several times.
turn, _ = np.linalg.qr(random.normal(size=(12, 12)))
repeated = turn @ np.diag([3.0] * 5 + [1.0] * 4 + [-2.0] * 3) @ turn.T
matrices.append(("repeated eigenvalues", (repeated + repeated.T) / 2))
matrices.append(("graded", np.diag(10.0 ** -np.arange(12)) + 1e-9 * np.ones((12, 12))))
matrices.append(("huge", 1e150 * (np.eye(6) + np.ones((6, 6)))))
matrices.append(("tiny", 1e-150 * (np.eye(6) + np.ones((6, 6)))))
matrices.append(("diagonal", np.diag(np.arange(9.0))))
matrices.append(("identity", np.eye(7)))
matrices.append(("zero", np.zeros((5, 5))))
matrices.append(("ones", np.ones((10, 10))))
# Wilkinson's W21+: pairs of eigenvalues that agree to many digits, and none that is the same.
matrices.append(("Wilkinson", np.diag(np.abs(np.arange(-10.0, 11))) + np.diag(np.ones(20), 1) + np.diag(np.ones(20), -1)))
OUT.mkdir(parents=True, exist_ok=True)
(OUT / "matrices.json").write_text(json.dumps([
    {"name": name, "size": len(matrix), "numbers": flat(matrix), "values": flat(np.linalg.eigvalsh(matrix)[::-1])}
    for name, matrix in matrices
]))
