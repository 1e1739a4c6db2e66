"""The true neighbours, in double precision, and how many of them an answer has."""
import numpy as np

from harness.index.sets import IMAGE_WEIGHT

WANTED = 10
#: Candidates that single precision chooses for double precision to rank.
CANDIDATES = 64
ROWS_AT_ONCE = 100_000
#: Vectors this close to the last neighbour stand for it: libraries compute in single precision.
TOLERANCE = 1e-6


class Truth:
    """The score that a vector must reach to be among the ten nearest of each query."""

    def __init__(self, vectors, rows, codes=None):
        """`rows` are the queries, by position; with `codes`, attributes count too."""
        self.vectors, self.rows, self.codes = vectors, rows, codes
        candidates = self.candidates()
        self.least = {}
        for row, positions in zip(rows, candidates):
            self.least[row] = np.sort(self.scores(row, positions[positions != row]))[-WANTED]

    def candidates(self):
        queries = np.ascontiguousarray(self.vectors[self.rows])
        best = np.empty((len(self.rows), 0), np.float32)
        positions = np.empty((len(self.rows), 0), np.int64)
        for start in range(0, len(self.vectors), ROWS_AT_ONCE):
            part = self.vectors[start:start + ROWS_AT_ONCE]
            scores = queries @ part.T
            if self.codes is not None:
                for number, row in enumerate(self.rows):
                    scores[number] = self.fused(scores[number], row, slice(start, start + len(part)))
            count = min(CANDIDATES, len(part))
            chosen = np.argpartition(scores, -count, axis=1)[:, -count:]
            best = np.concatenate([best, np.take_along_axis(scores, chosen, axis=1)], axis=1)
            positions = np.concatenate([positions, chosen + start], axis=1)
        chosen = np.argpartition(best, -CANDIDATES, axis=1)[:, -CANDIDATES:]
        return np.take_along_axis(positions, chosen, axis=1)

    def scores(self, row, positions):
        queries, others = (self.vectors[where].astype(np.float64) for where in (row, positions))
        cosines = others @ queries / np.linalg.norm(others, axis=1) / np.linalg.norm(queries)
        return cosines if self.codes is None else self.fused(cosines, row, positions)

    def fused(self, cosines, row, positions):
        """The weighted mean with the cosines of the attributes, where both products have any."""
        codes = self.codes[positions]
        known, known_of_query = (codes >= 0).sum(axis=1), (self.codes[row] >= 0).sum()
        shared = ((codes == self.codes[row]) & (codes >= 0)).sum(axis=1)
        others = shared / np.sqrt(np.maximum(known * known_of_query, 1))
        mean = IMAGE_WEIGHT * cosines + (1 - IMAGE_WEIGHT) * others
        return np.where(known * known_of_query > 0, mean, cosines)

    def recall(self, rows, answers):
        """The mean share of the true neighbours in answers to some of the queries."""
        found = 0
        for row, positions in zip(rows, answers):
            positions = np.unique([position for position in positions if position != row])
            if len(positions):
                found += min(WANTED, (self.scores(row, positions) >= self.least[row] - TOLERANCE).sum())
        return float(found) / (WANTED * len(rows))
