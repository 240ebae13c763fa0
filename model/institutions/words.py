"""The words and functions that a condition may use: unit and meaning. Knows nothing of how they are read."""

import re
from typing import Final

# Every word a condition may use, its unit and meaning; `Situation.words` holds one value or (M,) values of each.
WORDS: Final[dict[str, str]] = {
    "year": "calendar year",
    "population": "inhabitants, persons",
    "density": "inhabitants per square kilometre",
    "centrality": "0-1, 1 is like Oslo",
    "is_north": "true in Nordland, Troms and Finnmark",
    "number": 'municipality number as text, such as "0301"',
    "county": 'county number as text, such as "03"',
    "agenda": "0-1, attention that climate gets",
    "institutionalisation": "0-1, weighted mean of the practice of the eleven elements",
    "capacity": "0-1, knowledge in use",
    "published_reduction": "share, fall in emissions as the published indicator shows it",
    "champions": "persons who drive climate work",
    "election_year": "true in the years of municipal elections",
    "gap": "0-1, published gap to the path to minus 50 per cent",
}
TRUTH_WORDS: Final = ("is_north", "election_year")
TEXT_WORDS: Final = ("number", "county")
TEXT: Final = re.compile(r"[0-9A-Za-z-]{1,12}")  # what numbers of municipalities and counties look like
FUNCTIONS: Final[dict[str, str]] = {
    "has": "true when the municipality has the element at any stage",
    "stage": "stage of the element, 0 none, 1 strategy, 2 norm, 3 rule",
    "practice": "0-1, how far the element is lived",
    "broken": "years for which a rule on the element has been broken, counted from the end of its grace; 0 none",
}


def is_election_year(year: int) -> bool:
    """Whether councils are elected: 2023, 2027, …"""
    return year % 4 == 3
