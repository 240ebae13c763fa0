"""TOML of people as plain data, within bounds: size, length of lines, parts of a key, depth, size of whole numbers."""

import re
import tomllib
from typing import Any, Final

from model.plain_text import TextError

SIZE: Final = 256_000  # bytes of a file
LINE: Final = 20_000  # characters of a line
NESTING: Final = 12  # tables and lists within one another
WHOLE: Final = 2**63  # what TOML promises for whole numbers; larger ones cannot even be printed
# A key of very many parts would keep the reader busy for minutes.
DOTTED: Final = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){16}""")


def tables(text: str) -> dict[str, Any]:
    """The TOML in `text`. Raises TextError, at once also for text made to keep the reader busy.

    >>> tables("a = { b = [1] }")
    {'a': {'b': [1]}}
    """
    if len(text.encode("utf-8", "replace")) > SIZE:
        raise TextError(f"the text is larger than {SIZE // 1000} kB", "split it")
    for at, line in enumerate(text.split("\n"), 1):
        if len(line) > LINE:
            raise TextError(f"the line has {len(line)} characters", f"at most {LINE} are read", at)
    dotted = DOTTED.search(text)
    if dotted:
        line_number = text.count("\n", 0, dotted.start()) + 1
        raise TextError("a key has too many parts", "write plain keys without dots", line_number)
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]
        where = re.search(r"\(at line (\d+), column \d+\)", reason)
        shown = reason.replace(where.group(0), "").strip() if where else reason
        remedy = "text stands in quotes, each key once"
        raise TextError(f"this is not TOML: {shown}", remedy, int(where[1]) if where else 0) from error
    _check(data)
    return data


def _check(data: dict[str, Any]) -> None:
    """Refuse what is nested too deeply or too large a number, level by level and so without recursion."""
    level: list[Any] = [data]
    for _ in range(NESTING):
        if any(isinstance(one, int) and not -WHOLE <= one < WHOLE for one in level):
            raise TextError("a whole number has more than 64 bits", "write a smaller number")
        nested = [one for one in level if isinstance(one, dict | list)]
        level = [part for one in nested for part in (one.values() if isinstance(one, dict) else one)]
        if not nested:
            return
    raise TextError(f"tables are nested more than {NESTING} deep", "write plain tables")
