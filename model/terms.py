"""What the rules in force mean for each municipality this year. Rules write Terms; actors only read them."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from agents.vocabulary import COUNTY_RULES, ELEMENTS

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class GrantPot:
    """A pot of project money that municipalities apply for in one year.

    amount: NOK in the pot; co_finance: share of a project the municipality pays itself, 0-1;
    duration: years a project lasts; eligible: bool (M,); statement: index of the statement behind it.
    """

    amount: float
    co_finance: float
    duration: int
    eligible: NDArray[np.bool_]
    statement: int


@dataclass
class Terms:
    """Terms of one year, all by municipality (M), element (11) or solution (S); zero means that no rule speaks."""

    municipalities: int
    solutions: int
    duty: Floats = field(init=False)  # (M, 11) deontic strength: 1 must, 0.5 should, 0.2 may
    credibility: Floats = field(init=False)  # (M, 11) 0-1, of the or-else behind the duty
    duty_statement: NDArray[np.int32] = field(init=False)  # (M, 11) statement that set the duty, -1 none
    binding: NDArray[np.bool_] = field(
        init=False
    )  # (M, 11) to lack it is a breach: a must, or a should with an or-else
    earmarked: Floats = field(init=False)  # (M, 11) NOK a year for this element and nothing else
    earmarked_share: Floats = field(init=False)  # (M, 11) share of the element's cost that the earmarked money covers
    money_statement: NDArray[np.int32] = field(init=False)  # (M, 11) statement that pays for the element, -1 none
    permanent: Floats = field(init=False)  # (M,) NOK a year, permanent climate money
    staff: Floats = field(init=False)  # (M,) 0-1, pooled specialist staff within reach
    network: Floats = field(init=False)  # (M,) 0-1, learning network on offer
    arena: Floats = field(init=False)  # (M,) 0-1, support for standing arenas
    offered: Floats = field(init=False)  # (M, 3) what the design alone offers of COUNTY_RULES: network, staff, arena
    help_statement: NDArray[np.int32] = field(init=False)  # (M, 11) statement that helps most in kind, -1 none
    help_named: Floats = field(init=False)  # (M, 11) 0-1, how far that statement helps
    scope: Floats = field(init=False)  # (M,) 0 own operations, 1 the whole community
    precision: Floats = field(init=False)  # (M,) 0-1, how much of noise and delay the indicator standard removes
    publicity: Floats = field(init=False)  # (M,) 0-1, public comparison of those who lag
    blocked: NDArray[np.bool_] = field(init=False)  # (M,) lost the right to apply for grants
    facility: Floats = field(init=False)  # (M, S) 0-1, space, procurement, municipal own use
    facility_statement: NDArray[np.int32] = field(init=False)  # (M, S) statement that provides it, -1 none
    price: Floats = field(init=False)  # (M, S) share of the user's cost removed, -1 to 1
    information: Floats = field(init=False)  # (M, S) 0-1, knowledge that reaches users
    pots: list[GrantPot] = field(default_factory=list)

    def __post_init__(self) -> None:
        m, s, e = self.municipalities, self.solutions, len(ELEMENTS)
        for name in ("duty", "credibility", "earmarked", "earmarked_share", "help_named"):
            setattr(self, name, np.zeros((m, e)))
        for name in ("permanent", "staff", "network", "arena", "scope", "precision", "publicity"):
            setattr(self, name, np.zeros(m))
        for name in ("facility", "price", "information"):
            setattr(self, name, np.zeros((m, s)))
        self.offered = np.zeros((m, len(COUNTY_RULES)))
        self.help_statement = np.full((m, e), -1, dtype=np.int32)
        self.duty_statement = np.full((m, e), -1, dtype=np.int32)
        self.money_statement = np.full((m, e), -1, dtype=np.int32)
        self.facility_statement = np.full((m, s), -1, dtype=np.int32)
        self.binding = np.zeros((m, e), dtype=bool)
        self.blocked = np.zeros(m, dtype=bool)

    def name_help(self, element: str, offer: Floats, statement: int) -> None:
        """Name the statement that helps with an element in kind where none yet helps as much; offer: (M,) 0-1."""
        e = ELEMENTS.index(element)
        is_more = offer > self.help_named[:, e]
        self.help_named[is_more, e] = offer[is_more]
        self.help_statement[is_more, e] = statement
