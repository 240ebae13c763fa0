"""The mathematics of choosing on arrays: planned behaviour with habit, threshold, Bass. Compiled, pure.

Citizens' default rule is planned behaviour (Bamberg & Möser 2007, Klöckner 2013): intention from attitude, norm among
ties and perceived control; behaviour from intention and habit, with noise scaled so that intention explains about 27 %
of behaviour. `threshold` follows Granovetter and Centola et al. 2018; `bass` follows Bass 1969.
"""

from typing import NamedTuple

import numpy as np
from numba import get_num_threads, njit, prange, set_num_threads
from numpy.typing import NDArray

from agents.luck import GOLDEN, bell, even_of, mix
from agents.vocabulary import RULES

PART, ROWS, LANES = 8_192, 512, 32  # citizens a thread takes at once, a block holds, and its loops count by
MANY = 100_000  # citizens from which threads pay
_NOISE = 1.7320508075688772 / 1024.0
_PLANNED, _THRESHOLD, _EXAMPLE = RULES.index("planned"), RULES.index("threshold"), len(RULES)

Floats = NDArray[np.float64]
Masks = NDArray[np.uint32]
Cell = tuple[int, int, int, int]


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
def pushed(lead: float, noise: float, word: int) -> float:
    """Intention above threshold and habit, `lead`, with luck of standard deviation `noise` taken from a word."""
    low = np.uint64(1023)
    early = (word & low) + ((word >> np.uint64(10)) & low)
    late = ((word >> np.uint64(20)) & low) + ((word >> np.uint64(30)) & low)
    return lead + noise * ((np.float64(early + late) + 2.0) * _NOISE - 2.0 * 1.7320508075688772)


@njit(inline="always", cache=True)
def takes_up(push: float, noise: float, word: int, share: float, belief: float, mind: Psychology) -> bool:
    """Whether a citizen with an occasion takes a solution up by threshold or Bass; share: of ties using it."""
    if mind.rule == _THRESHOLD:
        return share >= mind.threshold * (2.0 - 2.0 * belief) or push > 2.0 * noise
    return even_of(word) < mind.innovation + mind.imitation * share


@njit(cache=True)
def add_tie(digits: NDArray[np.uint32], seen: Masks, size: int) -> None:
    """Count one more tie of each row, for all solutions at once: what it uses, added to bit j of four binary digits."""
    ones, twos, fours, eights = digits[0], digits[1], digits[2], digits[3]
    for k in range(size):
        twice = ones[k] & seen[k]
        ones[k] ^= seen[k]
        again = twos[k] & twice
        twos[k] ^= twice
        eights[k] ^= fours[k] & again
        fours[k] ^= again


class Block(NamedTuple):
    """What is known of up to `ROWS` citizens of one municipality while they choose, (ROWS,); room of one thread.

    luck: the base of each one's words; belief: attitude and mood, 0-1; digits (4, ROWS): by `add_tie`;
    count, felt: how many of the ties use one solution, and the norm felt from that; after: what each one uses then.
    """

    luck: NDArray[np.uint64]
    belief: Floats
    income: NDArray[np.float32]
    habit: NDArray[np.float32]
    now: Masks
    digits: NDArray[np.uint32]
    count: NDArray[np.uint8]
    felt: Floats
    after: Masks


@njit(cache=True)
def _room() -> Block:
    luck, belief, felt = np.zeros(ROWS, np.uint64), np.zeros(ROWS), np.zeros(ROWS)
    income, habit = np.zeros(ROWS, np.float32), np.zeros(ROWS, np.float32)
    now, after, digits = np.zeros(ROWS, np.uint32), np.zeros(ROWS, np.uint32), np.zeros((4, ROWS), np.uint32)
    return Block(luck, belief, income, habit, now, digits, np.zeros(ROWS, np.uint8), felt, after)


@njit(cache=True)
def _look(block: Block, people: People, first: int, last: int, mood: float, luck: Keys) -> None:
    """What does not depend on the solution, for the rows from `first` to `last`."""
    size, digits, keys, attitude = last - first, block.digits, people.keys[first:last], people.attitude[first:last]
    for k in range(size):
        block.luck[k] = mix(keys[k] * GOLDEN + luck.first)
        block.belief[k] = min(1.0, max(0.0, attitude[k] + mood))
    digits[:] = 0
    for t in range(people.ties.shape[1]):
        for k in range(size):
            block.after[k] = people.now[people.ties[first + k, t]]
        add_tie(digits, block.after, size)
    block.income[:size], block.habit[:size] = people.income[first:last], people.habit[first:last]
    block.now[:size], block.after[:] = people.now[first:last], 0


@njit(cache=True)
def _feel(block: Block, size: int, j: int, norm: Floats) -> None:
    """The norm felt about one solution; norm: by the count of users among the ties."""
    one, two, b = np.uint32(1), np.uint32(2), np.uint32(j)
    ones, twos, fours, eights = block.digits[0], block.digits[1], block.digits[2], block.digits[3]
    for k in range(size):
        low = ((ones[k] >> b) & one) | (((twos[k] >> b) & one) << one)
        high = ((fours[k] >> b) & one) | (((eights[k] >> b) & one) << one)
        block.count[k] = np.uint8(low | (high << two))
    for k in range(size):
        block.felt[k] = norm[block.count[k]]


@njit(inline="always")
def _decide(block: Block, cell: Cell, way: int, given: tuple[Surroundings, Traits, Psychology, Keys]) -> None:
    """One solution for all of a block; cell: municipality, solution, rows, ties of each.

    Everybody is asked everything, without branches: the compiler decides for eight at a time. `way` is a constant where
    this is put in, so each way has a loop without the others' arithmetic.
    """
    (m, j, size, degree), (around, traits, mind, luck) = cell, given
    one, b, year, item = np.uint32(1), np.uint32(j), luck.second + traits.keys[j], traits.keys[j]
    reach, dear = around.reach[m, j], max(0.0, around.cost[m, j])
    is_lost, example = reach < 0.02, around.example[m, j]
    saving, pleasure = traits.saving[j] * (1.0 - around.cost[m, j]), traits.pleasure[j] * around.quality[m, j]
    climate, informed = traits.climate[j], mind.information * around.information[m, j]
    usual = 0.0 if is_lost else traits.occasion[j]
    often = 0.0 if is_lost else mind.occasions * traits.occasion[j]  # a life event brings more occasions
    leaving, resistance = mind.leave * traits.drop[j], max(traits.resistance[j], 0.05)
    threshold, noise = traits.threshold[j], traits.noise[j]
    for k in range(size):
        word = mix(block.luck[k] ^ year)
        u = (word >> np.uint64(40)) * (1.0 / 16777216.0)
        liking = climate * block.belief[k] + saving + pleasure
        liking += informed * (1.0 - liking)
        control = reach * (1.0 - dear * (1.0 - block.income[k]))
        intention = mind.attitude * liking + mind.norm * block.felt[k] + mind.control * control
        want = mind.taste * bell(mix(block.luck[k] + item)) + intention
        stays = min(1.0, max(0.0, want / resistance))
        keeps = u >= (0.8 if is_lost else leaving * (1.0 - mind.loyalty * stays))
        if way == _EXAMPLE:
            takes = even_of(word) < example
        else:
            push = pushed(want - (threshold + mind.habit * block.habit[k]), noise, word)
            if way == _PLANNED:
                takes = push > 0.0
            else:
                takes = takes_up(push, noise, word, block.count[k] / degree, block.belief[k], mind)
        takes &= u < (often if block.habit[k] == 0.0 else usual)
        has = (block.now[k] >> b) & one
        block.after[k] |= ((has & np.uint32(keeps)) | ((has ^ one) & np.uint32(takes))) << b


@njit(error_model="numpy", cache=True)
def _by_plan(block: Block, cell: Cell, around: Surroundings, traits: Traits, mind: Psychology, luck: Keys) -> None:
    _decide(block, cell, _PLANNED, (around, traits, mind, luck))


@njit(error_model="numpy", cache=True)
def _by_example(block: Block, cell: Cell, around: Surroundings, traits: Traits, mind: Psychology, luck: Keys) -> None:
    _decide(block, cell, _EXAMPLE, (around, traits, mind, luck))


@njit(error_model="numpy", cache=True)
def _by_other(block: Block, cell: Cell, around: Surroundings, traits: Traits, mind: Psychology, luck: Keys) -> None:
    _decide(block, cell, _THRESHOLD, (around, traits, mind, luck))


@njit(cache=True)
def _choose_part(
    after: Masks, rows: tuple[int, int], people: People, around: Surroundings, ways: tuple[Traits, Psychology, Keys]
) -> None:
    """The rows from the first to the last of `rows`, in blocks of one municipality each."""
    traits, mind, luck = ways
    block, degree = _room(), people.ties.shape[1]
    first, end = rows
    while first < end:
        m, last = people.owner[first], first + 1
        while last < min(end, first + ROWS) and people.owner[last] == m:
            last += 1
        _look(block, people, first, last, around.mood[m], luck)
        size = (last - first + LANES - 1) // LANES * LANES  # what stands beyond the last row is asked for nothing
        for j in range(traits.occasion.shape[0]):
            _feel(block, size, j, traits.norm[1 if traits.is_complex[j] else 0])
            cell = (m, j, size, degree)
            if traits.spreads[j]:
                _by_example(block, cell, around, traits, mind, luck)
            elif mind.rule == _PLANNED:
                _by_plan(block, cell, around, traits, mind, luck)
            else:
                _by_other(block, cell, around, traits, mind, luck)
        after[first:last] = block.after[: last - first]
        first = last


@njit(parallel=True, cache=True)
def _choose(after: Masks, people: People, around: Surroundings, traits: Traits, mind: Psychology, luck: Keys) -> None:
    # `after` stands apart from the tuple: the compiler drops writes to an array that it knows only as part of one.
    size = after.shape[0]
    parts = 1 + size // PART
    for part in prange(parts):
        rows = (part * size // parts, (part + 1) * size // parts)
        _choose_part(after, rows, people, around, (traits, mind, luck))


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
        mine = masks[starts[m] : starts[m + 1]]
        for j in range(kinds):
            for mask in mine:
                out[m, j] += (mask >> np.uint32(j)) & np.uint32(1)
    return out
