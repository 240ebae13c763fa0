"""Compiled random numbers: the same key gives the same number, and different keys unrelated ones."""

import numpy as np
import pytest

from agents import luck

ACTORS = np.arange(20_000, dtype=np.uint64)


def test_a_number_depends_on_its_keys_alone():
    order = np.random.default_rng(1).permutation(len(ACTORS))
    straight = luck.uniforms(np.uint64(3), np.uint64(4), ACTORS)
    assert np.array_equal(luck.uniforms(np.uint64(3), np.uint64(4), ACTORS[order]), straight[order])
    assert np.array_equal(luck.uniforms(np.uint64(3), np.uint64(4), ACTORS[500:501]), straight[500:501])


@pytest.mark.parametrize("keys", [(0, 0), (1, 0), (0, 1), (2**63, 2**64 - 1)])
def test_numbers_lie_in_their_range(keys):
    first, second = (np.uint64(k) for k in keys)
    u = luck.uniforms(first, second, ACTORS)
    z = luck.normals(first, second, ACTORS)
    assert u.min() >= 0.0
    assert u.max() < 1.0
    assert np.abs(z).max() <= 2.0 * np.sqrt(3.0)
    assert abs(z.mean()) < 5.0 / np.sqrt(len(z))  # five standard errors: false alarm below 1e-6
    assert abs(z.var() - 1.0) < 5.0 * np.sqrt(2.0 / len(z))


def test_two_keys_do_not_give_shifted_copies():
    """With a single added key the numbers of one stream would turn up, shifted, in another."""
    base = set(luck.uniforms(np.uint64(1), np.uint64(1), ACTORS).tolist())
    for first, second in ((2, 1), (1, 2), (2, 2)):
        other = luck.uniforms(np.uint64(first), np.uint64(second), ACTORS)
        assert not base & set(other.tolist())


def test_numbers_are_these():
    """The scheme itself: a change here changes every result ever published."""
    told = luck.uniforms(np.uint64(1), np.uint64(2), np.array([0, 1, 2**63], dtype=np.uint64))
    assert told.tolist() == [_plain(1, 2, actor) for actor in (0, 1, 2**63)]


def _plain(first: int, second: int, actor: int) -> float:
    """The same number in whole numbers of Python, after Steele, Lea & Flood 2014."""
    mask = 2**64 - 1

    def mix(z: int) -> int:
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)

    word = mix(mix((actor * 0x9E3779B97F4A7C15 + first) & mask) ^ second)
    return (word >> 11) * 2.0**-53
