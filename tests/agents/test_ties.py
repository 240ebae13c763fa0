"""Whom citizens look at: nobody looks at himself, near ties stay near, work ties follow the commuting matrix."""

import numpy as np

from agents.ties import ties_of

SIZES = np.array([400, 300, 300])
STARTS = np.concatenate([[0], np.cumsum(SIZES)]).astype(np.int64)
OWNER = np.repeat(np.arange(3, dtype=np.int32), SIZES)
KEYS = np.arange(SIZES.sum(), dtype=np.uint64) + np.uint64(7)


def drawn(work_share: float, width: float = 0.05, matrix=((0.5, 0.5, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)), **more):
    """Ties with degree 10; `matrix` says where residents of each of three municipalities work."""
    dense = np.array(matrix)
    rows, columns = np.nonzero(dense)
    indptr = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=3))]).astype(np.int64)
    cumulative = np.concatenate([np.cumsum(dense[m][dense[m] > 0]) for m in range(3)])
    keys, luck = more.get("keys", KEYS), more.get("luck", (np.uint64(5), np.uint64(6)))
    commute = (indptr, columns.astype(np.int32), cumulative)
    return ties_of(OWNER, STARTS, keys, commute, (10, work_share, width), luck)


def test_local_ties_stay_in_the_municipality_and_near_in_outlook():
    ties = drawn(0.0)
    assert (OWNER[ties] == OWNER[:, None]).all()
    assert (ties != np.arange(len(ties))[:, None]).all()
    distance = np.abs(ties - np.arange(len(ties))[:, None])
    round_about = np.minimum(distance, SIZES[OWNER][:, None] - distance)
    assert (round_about <= np.maximum(0.05 * SIZES[OWNER], 20.0)[:, None] + 1.0).all()


def test_wide_homophily_reaches_everybody():
    ties = drawn(0.0, width=1.0)
    distance = np.abs(ties - np.arange(len(ties))[:, None])
    assert distance.max() > 200


def test_work_ties_follow_the_commuting_matrix():
    ties = drawn(1.0)
    away = OWNER[ties] != OWNER[:, None]
    assert not away[OWNER != 0].any()
    assert (OWNER[ties[OWNER == 0]] != 2).all()
    count = 4_000  # 400 citizens, ten ties each, one half away: five standard errors
    assert abs(away[OWNER == 0].mean() - 0.5) < 5.0 * np.sqrt(0.25 / count)


def test_ties_hang_on_the_key_and_not_on_who_else_there_is():
    ties = drawn(0.3)
    changed = KEYS.copy()
    changed[STARTS[1] :] += np.uint64(10_000)
    again = drawn(0.3, keys=changed)
    assert np.array_equal(ties[: STARTS[1]], again[: STARTS[1]])
    assert not np.array_equal(ties[STARTS[1] :], again[STARTS[1] :])
    assert not np.array_equal(ties, drawn(0.3, luck=(np.uint64(5), np.uint64(7))))
