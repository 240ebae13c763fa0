"""Sheets of an .xlsx file row by row, read without trust: bounded, no macros, formulas, entities or outside links.

Own reader on expat, since neither openpyxl nor calamine can be bounded before they allocate; the reason with
measurements: docs/decisions/0011-reading-workbooks.md. Knows nothing of what is in the sheets.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Final
from xml.parsers import expat

from model.intake.findings import IntakeError, Spot, shown

Row = tuple[int, list[Any]]  # the number as Excel shows it, and the cells: str, float, None

FILE_BYTES: Final = 100_000_000
PART_BYTES: Final = 600_000_000  # the sheet of 357 municipalities, 14 years, all sources and gases has about 240 MB
RATIO: Final = 100  # uncompressed to compressed; sheets have 5 to 20, bombs 1,000
PARTS: Final = 500
ROWS: Final = 1_500_000
COLUMNS: Final = 64
TEXTS: Final = 1_000_000
TEXT: Final = 32_767  # characters of a cell, as in Excel
_CHUNK: Final = 1 << 16
_FLAWS: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Workbook:
    """An open workbook; `sheets` gives the names in order, `rows(name)` the rows of one."""

    def __init__(self, file: str, raw: bytes) -> None:
        """Raises IntakeError for what is no workbook, or one that is damaged, oversized or carries macros."""
        self.file = file
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(raw))
        except _FLAWS as error:
            raise IntakeError(f"{file}: damaged or cut off ({shown(error)}); download it again") from None
        self._check()
        self.sheets = self._places()
        self._texts: list[str | None] | None = None

    def _check(self) -> None:
        """Refuse by the list of contents alone, before anything is unpacked."""
        parts = self._archive.infolist()
        names = [part.filename for part in parts]
        if len(parts) > PARTS or len(set(names)) != len(names):
            raise IntakeError(f"{self.file}: {len(parts)} parts, or two of one name; no ordinary workbook")
        for part in parts:
            packed = max(part.compress_size, 1)
            is_bomb = part.file_size > 1_000_000 and part.file_size > RATIO * packed
            if part.file_size > PART_BYTES or is_bomb or sum(p.file_size for p in parts) > 2 * PART_BYTES:
                size = f"{part.file_size / 1e6:,.0f} MB from {packed / 1e6:,.2f} MB"
                raise IntakeError(f"{self.file}: part {shown(part.filename)} would unpack to {size}; refused")
            if part.flag_bits & 1:
                raise IntakeError(f"{self.file}: encrypted; save it without a password")
        if any(PurePosixPath(name).name.lower() == "vbaproject.bin" for name in names):
            raise IntakeError(f"{self.file}: contains macros; save it as .xlsx without them")
        if "xl/workbook.xml" not in names:
            inside = [n for n in names if n.lower().endswith((".zip", ".xlsx", ".xlsm", ".csv", ".json"))]
            hint = f"it holds {shown(inside[0])}: unpack it and give that file" if inside else "give an .xlsx file"
            raise IntakeError(f"{self.file}: a zip archive but no workbook; {hint}")

    def _places(self) -> dict[str, str]:
        """Part of each sheet by its name."""
        targets: dict[str, str] = {}
        for name, attributes in self._elements("xl/_rels/workbook.xml.rels"):
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "").replace("\\", "/")
                targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        sheets: dict[str, str] = {}
        for name, attributes in self._elements("xl/workbook.xml"):
            if name == "sheet":
                link = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
                sheets[attributes.get("name", "")[:TEXT]] = targets.get(link, "")
        if not sheets:
            raise IntakeError(f"{self.file}: a workbook without sheets")
        return sheets

    def rows(self, sheet: str) -> Iterator[Row]:
        """Rows of the sheet, empty ones left out. Raises IntakeError at a formula or beyond the bounds."""
        if self._texts is None:
            self._texts = self._shared()
        reader = _SheetReader(Spot(self.file, sheet), self._texts)
        for chunk in self._chunks(self.sheets[sheet]):
            self._feed(reader.parser, chunk, sheet)
            yield from reader.taken()
        self._feed(reader.parser, b"", sheet)
        yield from reader.taken()

    def _shared(self) -> list[str | None]:
        """The texts that cells point to; of rich text the plain runs, without phonetic marks."""
        part = "xl/sharedStrings.xml"
        if part not in self._archive.namelist():
            return []
        texts: list[str | None] = []
        collected: list[str] = []
        state = {"on": False, "aside": False}

        def begin(name: str, _: Any) -> None:
            local = name.rpartition(":")[2]
            state["on"] = local == "t" and not state["aside"]
            if local == "rPh":
                state["aside"] = True

        def end(name: str) -> None:
            local = name.rpartition(":")[2]
            state["on"] = False
            if local == "rPh":
                state["aside"] = False
            if local == "si":
                text = "".join(collected)[:TEXT]
                texts.append(None if text.isspace() or not text else text)
                collected.clear()
                if len(texts) >= TEXTS:
                    raise IntakeError(f"{self.file}: more than {TEXTS:,} texts; no table of accounts")

        parser = bare_parser(Spot(self.file, part))
        parser.StartElementHandler, parser.EndElementHandler = begin, end
        parser.CharacterDataHandler = lambda data: collected.append(data) if state["on"] else None
        for chunk in self._chunks(part):
            self._feed(parser, chunk, part)
        self._feed(parser, b"", part)
        return texts

    def _elements(self, part: str) -> list[tuple[str, dict[str, str]]]:
        found: list[tuple[str, dict[str, str]]] = []
        parser = bare_parser(Spot(self.file, part))
        parser.StartElementHandler = lambda name, given: found.append((name.rpartition(":")[2], given))
        for chunk in self._chunks(part):
            self._feed(parser, chunk, part)
            if len(found) > 100 * PARTS:
                raise IntakeError(f"{self.file}: {part} lists too much; no ordinary workbook")
        self._feed(parser, b"", part)
        return found

    def _feed(self, parser: Any, chunk: bytes, part: str) -> None:
        try:
            parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            raise IntakeError(f"{self.file}: {part} is damaged ({shown(error)}); download the file again") from None

    def _chunks(self, part: str) -> Iterator[bytes]:
        """Pieces of a part; never more than its list of contents promised, and checked by its checksum."""
        try:
            with self._archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except KeyError:
            raise IntakeError(f"{self.file}: part {shown(part)} is missing; download the file again") from None
        except IntakeError:
            raise
        except _FLAWS as error:
            raise IntakeError(f"{self.file}: damaged or cut off ({shown(error)}); download it again") from None


def bare_parser(spot: Spot) -> Any:
    """An expat parser that refuses document types, and so entities of any kind."""
    parser: Any = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: Any) -> None:
        raise IntakeError(f"{spot}: declares a document type or entities; no ordinary workbook does")

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = refuse
    return parser


class _SheetReader:
    """Collects finished rows while expat walks through a sheet."""

    def __init__(self, spot: Spot, texts: list[str | None]) -> None:
        self._spot, self._texts = spot, texts
        self._done: list[Row] = []
        self._cells: list[Any] = []
        self._row = self._count = 0
        self._column, self._kind = -1, ""
        self._is_text, self._value = False, ""
        self._columns: dict[str, int] = {}
        self.parser = bare_parser(spot)
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._begin, self._end
        self.parser.CharacterDataHandler = self._data

    def taken(self) -> list[Row]:
        """The rows finished since the last call."""
        done, self._done = self._done, []
        return done

    def _begin(self, name: str, given: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            reference = given.get("r")
            self._column = self._place(reference) if reference else self._column + 1
            self._kind, self._value = given.get("t", "n"), ""
            if not 0 <= self._column < COLUMNS:
                raise self._error(f"a cell beyond column {COLUMNS}; the tables read here have at most eight columns")
        elif local == "v" or local == "t":
            self._is_text = True
        elif local == "f":
            raise self._error("a formula; save the sheet with its values alone")
        elif local == "row":
            text = given.get("r", "")
            self._row = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else self._row + 1
            self._cells, self._column, self._count = [], -1, self._count + 1
            if self._count > ROWS:
                raise self._error(f"more than {ROWS:,} rows")

    def _place(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        if letters not in self._columns:
            self._columns[letters] = _column(letters)
        return self._columns[letters]

    def _data(self, data: str) -> None:
        if self._is_text:
            self._value += data
            if len(self._value) > TEXT:
                raise self._error("a cell with too much text")

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "v" or local == "t":
            self._is_text = False
        elif local == "c":
            while len(self._cells) <= self._column:
                self._cells.append(None)
            self._cells[self._column] = self._cell()
        elif local == "row" and any(cell is not None for cell in self._cells):
            self._done.append((self._row, self._cells))

    def _cell(self) -> Any:
        """The value: a number, a text, or None for an empty cell; errors stay as their text (#REF!)."""
        text, kind = self._value, self._kind
        if kind == "n" and text:
            try:
                return float(text)
            except ValueError:
                return text
        if kind == "s":
            try:
                return self._texts[int(text)] if len(text) < 10 and text.isdigit() else self._texts[TEXTS]
            except IndexError:
                raise self._error("a text that is not in the workbook; download the file again") from None
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        return text if text and not text.isspace() else None

    def _error(self, what: str) -> IntakeError:
        return IntakeError(f"{self._spot._replace(row=self._row)}: {what}")


def _column(reference: str) -> int:
    """Position of the column of a cell such as E12, counted from 0; -1 for what is no cell.

    >>> _column("E12"), _column("AA1"), _column("12")
    (4, 26, -1)
    """
    total = 0
    for letter in reference[:4]:  # four letters lie beyond what Excel has
        if not "A" <= letter <= "Z":
            break
        total = 26 * total + ord(letter) - 64
    return total - 1
