"""Text in English and Bokmål side by side, and numbers as each writes them. Knows nothing of figures or tables."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

SEAM = "\u00a6"  # stands between the two languages inside a figure until the page or the file chooses one
LANGUAGES = ("en", "nb")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]+")

_THOUSANDS = re.compile(r"(?<=\b\d) (?=\d{3}\b)|(?<=\b\d\d) (?=\d{3}\b)|(?<=\b\d\d\d) (?=\d{3}\b)")
_TIE = re.compile(
    r"(?<=\d) (?=(?:%|k?t|Mt|tonn|tonnes|points?|poeng|millions?|mill\.|years?|år|per cent|prosent)(?!\w))"
    r"|(?<=\bNOK) (?=\d)|(?<=\bn) (?==)|(?<=\bn =) (?=\d)"
)
_SYMBOL = re.compile(r"[nt]\b")


class Both(NamedTuple):
    """The same text in English and Norwegian (Bokmål).

    >>> Both("{n} runs", "{n} kjøringer").fill(n=20).nb
    '20 kjøringer'
    """

    en: str
    nb: str

    def fill(self, **values: "Both | str | float") -> "Both":
        """Fill the named fields, each in its own language; a field without a value is left alone."""
        en, nb = self.en, self.nb
        for name, value in values.items():
            pair = value if isinstance(value, Both) else same(str(value))
            en, nb = en.replace("{" + name + "}", pair.en), nb.replace("{" + name + "}", pair.nb)
        return Both(en, nb)

    def then(self, more: "Both") -> "Both":
        """This text followed by more, with a space between."""
        return Both(f"{self.en} {more.en}", f"{self.nb} {more.nb}")

    def seamed(self) -> str:
        """Both languages in one string, for text inside a figure."""
        return self.en if self.en == self.nb else f"{self.en}{SEAM}{self.nb}"


def same(text: object) -> Both:
    """The same characters in both languages, without control characters and without the seam."""
    clean = _CONTROL.sub(" ", str(text)).replace(SEAM, "|").strip()
    return Both(clean, clean)


def pair(value: object, fallback: str) -> Both:
    """A title as data files carry it: a mapping with `en` and `nb`, or one text; `fallback` where it is missing."""
    if isinstance(value, dict):
        en = same(value.get("en") or value.get("nb") or fallback).en
        return Both(en, same(value.get("nb") or en).nb)
    return same(value if isinstance(value, str) and value else fallback)


def told_apart(titles: Mapping[str, Both], name: str) -> Both:
    """The title of `name`, with the name behind it where another has the same title, as a copied file does.

    >>> titles = {"grants": Both("Grants", "Tilskudd"), "mine": Both("Grants", "Tilskudd"), "duty": same("Duty")}
    >>> told_apart(titles, "mine").nb, told_apart(titles, "duty").nb
    ('Tilskudd (mine)', 'Duty')
    """
    own = titles[name]
    twins = [other for other in titles if other != name and any(map(str.__eq__, titles[other], own))]
    return Both("{t} ({n})", "{t} ({n})").fill(n=name, t=own) if twins else own


def chosen(text: str, language: str) -> str:
    """One language of a seamed text.

    >>> chosen("Year¦År", "nb")
    'År'
    """
    parts = text.split(SEAM, 1)
    return parts[-1] if language == "nb" else parts[0]


def number(value: float, digits: int = 1, *, sign: bool = False) -> Both:
    """A number with a true minus; comma and narrow spaces in Norwegian; an en dash when there is none.

    >>> number(-1234.5, 1)
    Both(en='−1,234.5', nb='−1\\u202f234,5')
    """
    if value is None or not np.isfinite(value):
        return Both("–", "–")
    text = f"{value:{'+' if sign else ''},.{digits}f}"
    if not re.search(r"[1-9]", text):
        text = text.lstrip("+-")
    text = text.replace("-", "−")
    return Both(text, text.replace(",", "\u202f").replace(".", ","))


def percent(share: float, digits: int = 0, *, sign: bool = False) -> Both:
    """A share 0-1 as per cent, without the sign for per cent."""
    return number(share * 100, digits, sign=sign)


def sharp(low: float, high: float, digits: int, *, scale: float = 1.0) -> int:
    """Decimals that tell the two ends apart: at most two more than asked for, as asked for where that does not help.

    >>> sharp(2.18, 2.22, 1), sharp(2.1, 2.3, 1), sharp(2.0, 2.0, 1)
    (2, 1, 1)
    """
    for more in range(3):
        if number(low * scale, digits + more) != number(high * scale, digits + more):
            return digits + more
    return digits


def interval(low: float, high: float, digits: int = 1, *, scale: float = 1.0) -> Both:
    """Two ends of an interval, with decimals added where they would look the same.

    >>> interval(1.0, 2.0).nb
    '1,0 til 2,0'
    >>> interval(2.18, 2.22).en
    '2.18 to 2.22'
    """
    digits = sharp(low, high, digits, scale=scale)
    return Both("{a} to {b}", "{a} til {b}").fill(a=number(low * scale, digits), b=number(high * scale, digits))


def measured(low: float, middle: float, high: float, digits: int = 1, *, scale: float = 1.0) -> tuple[Both, Both]:
    """A median and its interval in the same decimals; `no spread` where the ends do not differ.

    >>> [text.en for text in measured(2.18, 2.2, 2.22)]
    ['2.20', '2.18 to 2.22']
    """
    digits = sharp(low, high, digits, scale=scale)
    ends = number(low * scale, digits), number(high * scale, digits)
    around = interval(low, high, digits, scale=scale)
    return number(middle * scale, digits), Both("no spread", "ingen spredning") if ends[0] == ends[1] else around


def tied(text: str) -> str:
    """The text with spaces that do not break inside a number and between a number and its unit.

    >>> tied("5 000 persons, 12 %") == "5\\u202f000 persons, 12\\u00a0%"
    True
    """
    return _TIE.sub("\u00a0", _THOUSANDS.sub("\u202f", text))


def capital(text: Both) -> Both:
    """The text with a capital at its start, except where it starts with a symbol such as n or t.

    >>> capital(Both("fall in %", "nedgang i %")).nb
    'Nedgang i %'
    """
    en, nb = (t if _SYMBOL.match(t) else t[:1].upper() + t[1:] for t in text)
    return Both(en, nb)


def listed(items: Sequence[Both]) -> Both:
    """A list as a sentence carries it.

    >>> listed([same("a"), same("b"), same("c")]).en
    'a, b and c'
    """
    if not items:
        return Both("none", "ingen")
    if len(items) == 1:
        return items[0]
    head_en, head_nb = ", ".join(i.en for i in items[:-1]), ", ".join(i.nb for i in items[:-1])
    return Both(f"{head_en} and {items[-1].en}", f"{head_nb} og {items[-1].nb}")


def plural(count: int, one: Both, many: Both) -> Both:
    """The count with the word that fits it."""
    return Both("{n} {word}", "{n} {word}").fill(n=number(count, 0), word=one if count == 1 else many)


def runs(count: int) -> Both:
    """So many runs, in words."""
    return plural(count, Both("run", "kjøring"), Both("runs", "kjøringer"))


def seeds(count: int) -> Both:
    """So many seeds, in words."""
    return plural(count, Both("seed", "frø"), Both("seeds", "frø"))
