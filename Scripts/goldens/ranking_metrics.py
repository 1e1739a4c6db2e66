"""Reference for the evaluation: metrics of ranked lists, exposure and bootstrap intervals.

    python ranking_metrics.py

Writes `lists.json` (random ranked lists with their metrics by scikit-learn, and by their definitions in NumPy where
scikit-learn has none), `exposure.json` (counts with skewness by SciPy and Gini by mean differences) and `bootstrap.json`
(values with intervals from the same random numbers). Needs numpy, scikit-learn and scipy.
"""

import json
import pathlib

import numpy
from scipy.stats import skew
from sklearn.metrics import average_precision_score, ndcg_score, precision_score, recall_score

OUTPUT = pathlib.Path(__file__).resolve().parent.parent.parent / "Tests/RecEvaluationTests/Fixtures/Evaluation"
RANDOM = numpy.random.default_rng(20240607)
MASK = (1 << 64) - 1


def ranked_list(number):
    """All products of a small catalogue in ranked order; the answer holds the first few of them."""
    count = int(RANDOM.integers(2, 40))
    share = RANDOM.choice([0.1, 0.3, 0.7, 1.0])
    graded = number % 2 == 0
    grades = RANDOM.integers(1, 5, count) * 0.75 if graded else numpy.ones(count)
    gains = numpy.where(RANDOM.random(count) < share, grades, 0.0)
    if not gains.any():
        gains[RANDOM.integers(count)] = 1.0
    # Every third list is asked for as many places as there are products, where scikit-learn knows all metrics.
    k = count if number % 3 == 0 else int(RANDOM.integers(1, count + 4))
    return gains, k


def metrics(gains, k):
    count = len(gains)
    scores = numpy.arange(count, 0, -1.0)
    relevant = gains > 0
    shown = numpy.arange(count) < k
    hits = int((relevant & shown).sum())
    precision = hits / k
    if k <= count:
        assert precision == precision_score(relevant, shown)
    recall = recall_score(relevant, shown)
    at_hits = [relevant[: rank + 1].sum() / (rank + 1) for rank in range(min(k, count)) if relevant[rank]]
    average = float(numpy.sum(at_hits)) / min(k, int(relevant.sum()))
    if k >= count:
        assert abs(average - average_precision_score(relevant, scores)) < 1e-12
    first = numpy.flatnonzero(relevant & shown)
    return {
        "precision": precision,
        "recall": float(recall),
        "ndcg": float(ndcg_score([gains], [scores], k=k)),
        "binaryNDCG": float(ndcg_score([relevant.astype(float)], [scores], k=k)),
        "averagePrecision": average,
        "reciprocalRank": 1 / (int(first[0]) + 1) if len(first) else 0.0,
    }


def lists():
    cases = []
    for number in range(150):
        gains, k = ranked_list(number)
        cases.append({"gains": gains.tolist(), "k": k, **metrics(gains, k)})
    return cases


def exposure():
    cases = []
    for number in range(30):
        count = int(RANDOM.integers(2, 60))
        counts = RANDOM.negative_binomial(0.5 + number % 3, 0.1, count)
        counts[0] += 1 + counts[1]
        differences = numpy.abs(counts[:, None] - counts[None, :]).mean()
        cases.append(
            {
                "counts": counts.tolist(),
                "skewness": float(skew(counts)),
                "gini": float(differences / (2 * counts.mean())),
            }
        )
    return cases


class SplitMix64:
    """Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014)."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        bits = self.state
        bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & MASK
        return bits ^ (bits >> 31)


def bootstrap():
    cases = []
    for resamples, confidence, seed, count in [(200, 0.95, 0, 30), (101, 0.8, 7, 12), (1, 0.5, 3, 5), (64, 0.99, 2**63, 1)]:
        values = RANDOM.random(count)
        random = SplitMix64(seed)
        means = [values[[(random.next() * count) >> 64 for _ in range(count)]].mean() for _ in range(resamples)]
        lower, upper = numpy.quantile(means, [(1 - confidence) / 2, (1 + confidence) / 2])
        cases.append(
            {
                "resamples": resamples,
                "confidence": confidence,
                "seed": seed,
                "values": values.tolist(),
                "mean": float(values.mean()),
                "lower": float(lower),
                "upper": float(upper),
            }
        )
    return cases


if __name__ == "__main__":
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for name, make in [("lists", lists), ("exposure", exposure), ("bootstrap", bootstrap)]:
        (OUTPUT / f"{name}.json").write_text(json.dumps(make(), separators=(",", ":")) + "\n")
