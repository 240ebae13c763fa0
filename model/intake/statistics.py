"""Which of a place's columns a statistical variable is, by its words and unit. Knows nothing of files."""

from typing import Final

# Column, and words that must be in the variable's name, unit or table title. Written for SSB's tables
# 07459 and 06913 (persons), 09280 (km2), 11618 and 07984 (employed by residence and by place of work).
VARIABLES: Final = (
    ("jobs", ("sysselsatte", "arbeidssted")),
    ("employed", ("sysselsatte", "bosted")),
    ("employed", ("sysselsatte", "bosatt")),
    ("area", ("areal", "km")),
    ("population", ("befolkning",)),
    ("population", ("folkemengde",)),
    ("population", ("folketal",)),
    ("population", ("personer 1. januar",)),
)


def column_of(*texts: str) -> str:
    """The column that the texts (variable, unit, title; lower case) are about, "" when it is none of them.

    >>> column_of("personer", "07459: befolkning, etter region"), column_of("avstand", "prosent")
    ('population', '')
    """
    told = " ".join(texts)
    return next((column for column, words in VARIABLES if all(word in told for word in words)), "")


REGIONS: Final = ("region", "kommune", "kommuner", "bokommune", "komm")
YEARS: Final = ("år", "tid", "year", "aar")
SOURCE: Final = {"source": "Statistics Norway", "licence": "CC BY 4.0", "confidence": "H"}
