"""Keyed luck: which numbers a decision meets does not hang on order, on other actors, or on the design."""

import itertools

import numpy as np
import pytest

from model.simulation import Simulation
from model.streams import STREAMS, Streams, pair_keys
from tests import worlds

ACTORS = np.arange(4_000, dtype=np.uint64) * np.uint64(977)
ALARM = 1e-6  # chance that a sound generator fails one of the statistical tests below


def drawn(stream: str, year: int = 2030, seed: int = 1) -> np.ndarray:
    return Streams(seed).uniform(stream, year, ACTORS)


def test_names_are_unique():
    assert len(set(STREAMS)) == len(STREAMS)


@pytest.mark.parametrize("method", ["keys", "uniform", "normal"])
def test_an_unknown_stream_is_an_error(method):
    luck = Streams(1)
    with pytest.raises(KeyError, match="arean"):
        luck.keys("arean", 2030) if method == "keys" else getattr(luck, method)("arean", 2030, ACTORS)


def test_the_order_of_calls_does_not_matter():
    asked = list(itertools.product(STREAMS[:6], (2025, 2026), (ACTORS, ACTORS[::3])))
    forward, backward = Streams(4), Streams(4)
    first = [forward.uniform(*one) for one in asked]
    second = [backward.uniform(*one) for one in reversed(asked)][::-1]
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("method", ["uniform", "normal"])
def test_other_actors_do_not_matter(method):
    luck = Streams(4)
    whole = getattr(luck, method)("arena", 2030, ACTORS)
    assert np.array_equal(getattr(luck, method)("arena", 2030, ACTORS[100:200]), whole[100:200])
    square = ACTORS.reshape(-1, 4)
    assert np.array_equal(getattr(luck, method)("arena", 2030, square), whole.reshape(-1, 4))


def test_keys_of_pairs_are_unique():
    keys = pair_keys(np.array([1, 2, 2**31], dtype=np.uint64), 100)
    assert len(np.unique(keys)) == keys.size
    assert np.array_equal(keys[1], pair_keys(np.array([2], dtype=np.uint64), 100)[0])


def kolmogorov(sample: np.ndarray) -> float:
    """Largest distance of the sample from the uniform distribution."""
    ordered, n = np.sort(sample), len(sample)
    return float(max((np.arange(1, n + 1) / n - ordered).max(), (ordered - np.arange(n) / n).max()))


def test_every_stream_is_uniform():
    years = (0, 2025, 2050, -2030)
    tests = len(STREAMS) * len(years)
    limit = np.sqrt(-np.log(ALARM / tests / 2.0) / (2.0 * len(ACTORS)))
    worst = max(kolmogorov(drawn(stream, year)) for stream in STREAMS for year in years)
    assert worst < limit


def pairs() -> list[tuple[np.ndarray, np.ndarray]]:
    """Draws that should know nothing of each other: streams, years, seeds and actors next to each other."""
    everywhere = [drawn(stream) for stream in STREAMS]
    found = list(itertools.combinations(everywhere, 2))
    found += [(drawn("arena", year), drawn("arena", year + 1)) for year in range(2024, 2050)]
    found += [(drawn("arena", seed=seed), drawn("arena", seed=seed + 1)) for seed in range(20)]
    found += [(one[:-1], one[1:]) for one in everywhere]
    return found


def test_draws_are_independent_of_each_other():
    tested = pairs()
    limit = worlds.correlation_limit(len(ACTORS) - 1, 2 * len(tested), ALARM)
    for left, right in tested:
        assert abs(np.corrcoef(left, right)[0, 1]) < limit
        assert abs(np.corrcoef(np.abs(left - 0.5), np.abs(right - 0.5))[0, 1]) < limit


def test_no_stream_is_a_copy_of_another():
    seen: set[float] = set()
    for stream in STREAMS:
        now = set(drawn(stream).tolist())
        assert not seen & now
        seen |= now


def test_seeds_far_apart_are_as_good_as_seeds_near():
    for seed in (0, 2**31, 2**62, 2**63 - 1):
        sample = drawn("choice", seed=seed)
        assert kolmogorov(sample) < np.sqrt(-np.log(ALARM / 8.0) / (2.0 * len(ACTORS)))


def calls(design: str, monkeypatch: pytest.MonkeyPatch, **changes: object) -> dict[tuple[str, int], set[int]]:
    """Keys of the actors asked about in a run, by stream and year."""
    asked: dict[tuple[str, int], set[int]] = {}
    for method in ("uniform", "normal"):
        plain = getattr(Streams, method)

        def watched(self, stream, year, actors, plain=plain):
            asked.setdefault((stream, year), set()).update(actors.ravel().tolist())
            return plain(self, stream, year, actors)

        monkeypatch.setattr(Streams, method, watched)
    Simulation(worlds.case(design=design, citizens=300, **changes), record=False).run()
    monkeypatch.undo()
    return asked


def test_two_designs_meet_the_same_luck(monkeypatch):
    """Whatever both ask about, they ask about with the same keys; grants alone are asked about by some designs only.

    What is drawn by occasion begins with the same keys; how many occasions there are is up to the design.
    """
    one, other = (calls(design, monkeypatch) for design in ("enthusiasts-only", "full-transition"))
    common = one.keys() & other.keys()
    sim = Simulation(worlds.case(citizens=300), record=False)
    by_occasion = {(stream, 0) for stream in (*sim.waits, *sim.tries)} | {("champion-skill", 1)}
    assert by_occasion < common
    assert {stream for stream, _ in one} == {stream for stream, _ in common}
    assert all(one[draw] == other[draw] for draw in common - by_occasion)
    first = {draw: one[draw] & other[draw] for draw in by_occasion}
    keys = {stream: clock._keys for stream, clock in (sim.waits | sim.tries).items()}
    assert all(set(keys[stream].ravel().tolist()) <= shared for (stream, _), shared in first.items() if stream in keys)
    assert {stream for stream, _ in other.keys() - one.keys()} <= {
        "application",
        "assessment",
        "project",
        "project-target",
    }


POT = worlds.statement('kind = "project_grant", million_nok = 200')


def test_a_statement_more_leaves_the_luck_of_applicants(tmp_path, monkeypatch):
    alone = worlds.design_file(tmp_path, POT, worlds.NOTHING, name="alone")
    after = worlds.design_file(tmp_path, worlds.NOTHING, POT, name="after")
    asked = [calls(design, monkeypatch, last=2026) for design in (alone, after)]
    assert asked[0]["application", 2025] == asked[1]["application", 2025]


def test_two_designs_begin_with_the_same_people():
    first, second = (
        Simulation(worlds.case(design=design), record=False) for design in ("enthusiasts-only", "full-transition")
    )
    for kind in ("citizens", "businesses", "municipalities"):
        left, right = getattr(first, kind).columns(), getattr(second, kind).columns()
        assert all(np.array_equal(left[name], right[name]) for name in left)
    assert np.array_equal(first.attention, second.attention)
    assert np.array_equal(first.governance.trust, second.governance.trust)
