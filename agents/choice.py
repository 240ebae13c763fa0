"""The mathematics of choosing on arrays: planned behaviour with habit, threshold, Bass. Compiled, pure.

Citizens' default rule is planned behaviour (Bamberg & Möser 2007, Klöckner 2013): intention from attitude, norm among
ties and perceived control; behaviour from intention and habit, with noise scaled so that intention explains about 27 %
of behaviour. `threshold` follows Granovetter and Centola et al. 2018; `bass` follows Bass 1969.
"""

from typing import NamedTuple

import numpy as np
from numba import get_num_threads, njit, prange, set_num_threads
from numpy.typing import NDArray

from agents.luck import GOLDEN, bell, bits, mix
from agents.vocabulary import RULES

MANY = 250_000  # citizens from which threads pay
_NOISE = 1.7320508075688772 / 1024.0
_UNIT = 1.0 / 9007199254740992.0
_PLANNED, _THRESHOLD = RULES.index("planned"), RULES.index("threshold")

Floats = NDArray[np.float64]
Masks = NDArray[np.uint32]


class People(NamedTuple):
    """Columns of the citizens, shape (N,) but for ties (N, degree); `now` holds one bit for each solution in use."""

    owner: NDArray[np.int32]
    keys: NDArray[np.uint64]
    attitude: NDArray[np.float32]
    income: NDArray[np.float32]
    habit: NDArray[np.float32]
    ties: NDArray[np.int32]
    now: Masks


class Surroundings(NamedTuple):
    """What citizens meet this year: mood (M,), a shift of attitude; cost (M, J), -1 to 1; the rest (M, J), 0-1.

    example: chance at an occasion that what is seen around suffices, for what spreads by example alone.
    """

    mood: Floats
    reach: Floats
    cost: Floats
    quality: Floats
    information: Floats
    example: Floats


class Traits(NamedTuple):
    """What the J solutions that citizens choose are like, (J,); norm (2, 17) is the felt norm by ties that use it.

    spreads: spread by example alone, under any rule of choice.

    keys: stable keys of the solutions for random numbers; noise: standard deviation of behaviour around intention.
    """

    keys: NDArray[np.uint64]
    occasion: Floats
    threshold: Floats
    noise: Floats
    resistance: Floats
    drop: Floats
    climate: Floats
    saving: Floats
    pleasure: Floats
    is_complex: NDArray[np.bool_]
    norm: Floats
    spreads: NDArray[np.bool_]


class Psychology(NamedTuple):
    """Rule of choice (row of RULES); weights of intention (sum 1), spread of taste, habit; the other rules' numbers.

    information: part of missing liking that full information supplies; occasions: those of a year with a life event;
    leave, loyalty: chance of giving up without any intention, against the usual, and the part that intention prevents.
    """

    rule: int
    attitude: float
    norm: float
    control: float
    taste: float
    habit: float
    innovation: float
    imitation: float
    threshold: float
    information: float
    occasions: float
    leave: float
    loyalty: float


class Keys(NamedTuple):
    """The two keys of this year's choices."""

    first: np.uint64
    second: np.uint64


@njit(inline="always", cache=True)
def intention_of(
    cell: tuple[int, int, int], people: People, around: Surroundings, traits: Traits, mind: Psychology
) -> float:
    """Intention, about 0-1, in a cell: row of the citizen, column of the solution, how many of the ties use it."""
    i, j, count = cell
    m = people.owner[i]
    belief = min(1.0, max(0.0, people.attitude[i] + around.mood[m]))
    liking = traits.climate[j] * belief + traits.saving[j] * (1.0 - around.cost[m, j])
    liking += traits.pleasure[j] * around.quality[m, j]
    liking += mind.information * around.information[m, j] * (1.0 - liking)
    control = around.reach[m, j] * (1.0 - max(0.0, around.cost[m, j]) * (1.0 - people.income[i]))
    felt = traits.norm[1 if traits.is_complex[j] else 0, count]
    return mind.attitude * liking + mind.norm * felt + mind.control * control


@njit(inline="always", cache=True)
def even_of(word: int) -> float:
    """Number in [0, 1) from the lower 40 bits of a word; the upper bits say whether there is an occasion."""
    return np.float64(word & np.uint64(0xFFFFFFFFFF)) * (1.0 / 1099511627776.0)


@njit(inline="always", cache=True)
def takes_up(lead: float, noise: float, word: int, share: float, belief: float, mind: Psychology) -> bool:
    """Whether a citizen with an occasion takes a solution up.

    lead: intention above threshold and habit; noise: its standard deviation; word: the luck; share: of ties using it.
    """
    low = np.uint64(1023)
    early = (word & low) + ((word >> np.uint64(10)) & low)
    late = ((word >> np.uint64(20)) & low) + ((word >> np.uint64(30)) & low)
    bell = np.float64(early + late)
    push = lead + noise * ((bell + 2.0) * _NOISE - 2.0 * 1.7320508075688772)
    if mind.rule == _PLANNED:
        return push > 0.0
    if mind.rule == _THRESHOLD:
        return share >= mind.threshold * (2.0 - 2.0 * belief) or push > 2.0 * noise
    return even_of(word) < mind.innovation + mind.imitation * share


@njit(inline="always", cache=True)
def planes_of(i: int, people: People) -> tuple[int, int, int, int]:
    """How many of citizen i's ties use each solution, for all solutions at once: bit j of four binary digits."""
    ones, twos, fours, eights = np.uint32(0), np.uint32(0), np.uint32(0), np.uint32(0)
    for t in range(people.ties.shape[1]):
        seen = people.now[people.ties[i, t]]
        twice = ones & seen
        ones = ones ^ seen
        again = twos & twice
        twos = twos ^ twice
        more = fours & again
        fours = fours ^ again
        eights = eights ^ more
    return ones, twos, fours, eights


@njit(cache=True)
def uses_after(i: int, people: People, around: Surroundings, traits: Traits, mind: Psychology, luck: Keys) -> int:
    """Bits of what citizen i uses after this year's choices; a life event brings more occasions to choose."""
    one = np.uint32(1)
    m, mask, degree = people.owner[i], people.now[i], people.ties.shape[1]
    after, moved = mask, people.habit[i] == 0.0
    ones, twos, fours, eights = planes_of(i, people)
    base = mix(people.keys[i] * GOLDEN + luck.first)
    for j in range(traits.occasion.shape[0]):
        word = mix(base ^ (luck.second + traits.keys[j]))
        u = (word >> np.uint64(40)) * (1.0 / 16777216.0)
        b = np.uint32(j)
        has = (mask >> b) & one
        out_of_reach = around.reach[m, j] < 0.02
        if has:
            ceiling = 1.0 if out_of_reach else mind.leave * traits.drop[j]
        else:
            ceiling = 0.0 if out_of_reach else (mind.occasions * traits.occasion[j] if moved else traits.occasion[j])
        if u >= ceiling:
            continue
        if traits.spreads[j] and not has:
            if even_of(word) < around.example[m, j]:
                after = np.uint32(after | (one << b))
            continue
        count = ((ones >> b) & one) + 2 * ((twos >> b) & one) + 4 * ((fours >> b) & one) + 8 * ((eights >> b) & one)
        taste = mind.taste * bell(mix(base + traits.keys[j]))
        want = taste + intention_of((i, j, count), people, around, traits, mind)
        if has:
            stays = min(1.0, max(0.0, want / max(traits.resistance[j], 0.05)))
            chance = 0.8 if out_of_reach else mind.leave * traits.drop[j] * (1.0 - mind.loyalty * stays)
            if u < chance:
                after = np.uint32(after & ~(one << b))
        else:
            belief = min(1.0, max(0.0, people.attitude[i] + around.mood[m]))
            pull = traits.threshold[j] + mind.habit * people.habit[i]
            if takes_up(want - pull, traits.noise[j], word, count / degree, belief, mind):
                after = np.uint32(after | (one << b))
    return after


@njit(cache=True)
def renew_habits(
    habit: NDArray[np.float32], keys: NDArray[np.uint64], luck: Keys, life_event: float, years: float
) -> None:
    """Habits grow toward 1 over `years`, and fall to 0 in a year with a life event (chance `life_event`), in place."""
    for i in range(habit.shape[0]):
        word = bits(luck.first, luck.second, keys[i])
        if (word >> np.uint64(11)) * _UNIT < life_event:
            habit[i] = np.float32(0.0)
        else:
            habit[i] = habit[i] + (np.float32(1.0) - habit[i]) / np.float32(years)


@njit(parallel=True, cache=True)
def _choose(after: Masks, people: People, around: Surroundings, traits: Traits, mind: Psychology, luck: Keys) -> None:
    # `after` stands apart from the tuple: the compiler drops writes to an array that it knows only as part of one.
    for i in prange(after.shape[0]):
        after[i] = uses_after(i, people, around, traits, mind, luck)


def choose(after: Masks, people: People, around: Surroundings, traits: Traits, mind: Psychology, luck: Keys) -> None:
    """One year of citizens' choices: reads `people`, writes `after` (N,); the same to the bit on any number of threads.

    Below `MANY` citizens one thread is used: several would wait longer for each other than they work.
    """
    threads = get_num_threads()
    set_num_threads(threads if after.shape[0] >= MANY else 1)
    _choose(after, people, around, traits, mind, luck)
    set_num_threads(threads)


@njit(cache=True)
def counts_of(starts: NDArray[np.int64], masks: Masks, kinds: int) -> NDArray[np.int64]:
    """How many rows of each municipality have each bit set, (M, kinds); starts (M+1,) bounds the rows."""
    out = np.zeros((starts.shape[0] - 1, kinds), dtype=np.int64)
    for m in range(starts.shape[0] - 1):
        for i in range(starts[m], starts[m + 1]):
            for j in range(kinds):
                out[m, j] += (masks[i] >> np.uint32(j)) & np.uint32(1)
    return out
