"""How latency, build time, bytes and opening grow with the number of products."""
from harness.index import sets
from harness.index.building import remove_ours
from harness.index.contest import Contest
from harness.index.contestants import OURS

SIZES = [10_000, 30_000, 100_000, 300_000, 1_000_000, 2_000_000]
QUICK_SIZES = [10_000, 30_000, 100_000]
DIMENSION, CLUSTERS = 512, 5000
ROUNDS = 3


def sizes(settings):
    return QUICK_SIZES if settings.quick else SIZES


def expected_seconds(settings):
    return 5 + sum(sizes(settings)) * 7e-5


def measure(settings, progress):
    return [measured(count, settings, progress) for count in sizes(settings)]


def measured(count, settings, progress):
    """One size; its index is removed afterwards, since the largest takes several gigabytes."""
    vector_set = sets.synthetic(f"{count} products", count, DIMENSION, CLUSTERS)
    result = Contest(vector_set, settings, ROUNDS, progress, OURS).result()
    remove_ours(vector_set)
    return result
