"""Text files of people, read without trust: regular, of limited size, in UTF-8. Knows nothing of what is in them."""

from pathlib import Path


class TextError(ValueError):
    """A file that is not read: what is wrong, what would be right, and the line, counted from 1 (0: unknown)."""

    def __init__(self, wrong: str, remedy: str, line: int = 0) -> None:
        super().__init__(wrong, remedy, line)
        self.wrong, self.remedy, self.line = wrong, remedy, line

    def __str__(self) -> str:
        return f"{self.wrong}; {self.remedy}" + f" (line {self.line})" * bool(self.line)


def text_of(path: Path, *, limit: int) -> str:
    """Text of the file at `path`, at most `limit` bytes, without a byte order mark; never waits, never reads on.

    Raises TextError for a missing, special (pipe, device), larger or unreadable file and for other text than UTF-8.
    """
    try:
        if not path.is_file():
            is_there = path.exists() and not path.is_dir()
            raise TextError("this is no regular file" if is_there else "there is no such file", "check the path")
        with path.open("rb") as file:
            raw = file.read(limit + 1)
        if len(raw) > limit:
            raise TextError(f"the file is larger than {_size(limit)}", "make it shorter")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextError("the file is not UTF-8 text", "save it as UTF-8") from error
    except TextError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a name that no file system takes
        raise TextError("the file cannot be read", "check its name and permissions") from error


def _size(limit: int) -> str:
    return f"{limit // 1000} kB" if limit < 1_000_000 else f"{limit // 1_000_000} MB"
