"""Files that mean harm or are broken: a clear error at once, and nothing written."""

import json
import time
import zipfile
from pathlib import Path

import pytest

from model.intake.findings import IntakeError
from model.intake.reading import read_file
from tests.model.intake.books import account_rows, save

SAMPLE = Path(__file__).parent / "samples" / "mdir_area_VestfoldTelemark_2009-2021.xlsx"
SHEET3 = "xl/worksheets/sheet3.xml"
SECONDS = 2.0


def changed(path, edits=None, extra=None):
    """The real workbook with parts replaced by `edits` (bytes to bytes) and `extra` parts added."""
    with zipfile.ZipFile(SAMPLE) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename in (edits or {}):
                data = edits[part.filename](data)
            new.writestr(part.filename, data)
        for name, data in (extra or {}).items():
            new.writestr(name, data)
    return path


def refused(path, match):
    start = time.process_time()
    with pytest.raises(IntakeError, match=match) as caught:
        read_file(path)
    assert time.process_time() - start < SECONDS
    message = str(caught.value)
    assert path.name[:20] in message
    assert message.isprintable()
    assert len(message) < 700


def put(text, before=b"<x:sheetData>"):
    return lambda data: data.replace(before, text, 1)


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><x:worksheet '
OUTSIDE = b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x:worksheet '


@pytest.mark.parametrize(
    ("edit", "match"),
    [
        (put(DOCTYPE, b"<x:worksheet "), "declares a document type"),
        (put(OUTSIDE, b"<x:worksheet "), "declares a document type"),
        (put(b'<x:c r="E2" s="0" t="n"><x:f>1+1</x:f>', b'<x:c r="E2" s="0" t="n">'), "row 2: a formula"),
        (put(b'<x:c r="XFD2" ', b'<x:c r="E2" '), "row 2: a cell beyond column 64"),
        (put(b'<x:c r="ZZZZZZZZZ2" ', b'<x:c r="E2" '), "row 2: a cell beyond column 64"),
        (put(b"<x:v>99999999</x:v>", b"<x:v>6</x:v>"), "row 1: a text that is not in the workbook"),
        (put(b"<x:v>" + b"9" * 5000 + b"</x:v>", b"<x:v>6</x:v>"), "row 1: a text that is not in the workbook"),
        (put(b"</x:w>", b"</x:v>"), "damaged"),
        (lambda data: data[: len(data) // 2], "damaged"),
        (lambda data: b"<html>" + data, "damaged"),
    ],
)
def test_sheets_that_mean_harm(tmp_path, edit, match):
    refused(changed(tmp_path / "bad.xlsx", {SHEET3: edit}), match)


def test_a_cell_of_endless_text(tmp_path):
    edit = put(b'<x:c r="E2" t="str"><x:v>' + b"a1" * 900_000 + b"</x:v></x:c><x:c ", b'<x:c r="E2" ')
    refused(changed(tmp_path / "long.xlsx", {SHEET3: edit}), "row 2: a cell with too much text")


def test_a_bomb_is_refused_by_its_list_of_contents(tmp_path):
    refused(changed(tmp_path / "bomb.xlsx", {SHEET3: lambda data: data + b" " * 300_000_000}), "would unpack to 300 MB")


def test_a_bomb_that_lies_about_its_size(tmp_path):
    """The list of contents says 1,000 bytes; what follows them is never unpacked."""
    path = changed(tmp_path / "liar.xlsx", {SHEET3: lambda data: data + b" " * 50_000_000})
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as book:
        size = book.getinfo(SHEET3).file_size
    for mark in (b"PK\x01\x02", b"PK\x03\x04"):
        at = raw.find(SHEET3.encode(), raw.find(mark))
        while at >= 0:
            for offset in (at - 22, at - 4 - 4):
                if raw[offset : offset + 4] == size.to_bytes(4, "little"):
                    raw[offset : offset + 4] = (1_000).to_bytes(4, "little")
            at = raw.find(SHEET3.encode(), at + 1)
    path.write_bytes(bytes(raw))
    refused(path, "damaged or cut off")


@pytest.mark.parametrize(
    ("row", "match"),
    [
        (lambda i: ["X", f"no {i}", "Y", 2023, "Jordbruk", "a", "CO2", 1.0], "rows of no known municipality or sector"),
        (lambda i: ["X", "0301", "Oslo", 2023, "Jordbruk", f"s {i}", "CO2", "much"], "rows cannot be used"),
    ],
)
def test_a_sheet_of_nonsense_is_left_early(tmp_path, row, match):
    path = save(tmp_path / "nonsense.xlsx", [row(i) for i in range(8_000)])
    refused(path, match)


@pytest.mark.parametrize(
    ("extra", "match"),
    [
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({f"junk/{i}.xml": b"" for i in range(600)}, "parts"),
    ],
)
def test_archives_that_mean_harm(tmp_path, extra, match):
    refused(changed(tmp_path / "bad.xlsx", extra=extra), match)


def test_archives_within_archives_and_torn_ones(tmp_path):
    nested = tmp_path / "nested.zip"
    with zipfile.ZipFile(nested, "w") as outer:
        outer.write(SAMPLE, "inner.xlsx")
    refused(nested, "no workbook; it holds 'inner.xlsx'")
    torn = tmp_path / "torn.xlsx"
    torn.write_bytes(SAMPLE.read_bytes()[:40_000])
    refused(torn, "damaged or cut off")
    flipped = bytearray(SAMPLE.read_bytes())
    flipped[30_000] ^= 0xFF
    (tmp_path / "flipped.xlsx").write_bytes(bytes(flipped))
    refused(tmp_path / "flipped.xlsx", "damaged")


@pytest.mark.parametrize(
    ("raw", "match"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel file"),
        (b"MZ\x90\0" + b"\0" * 600, "neither a workbook"),
        (b"<!DOCTYPE html><html></html>", "a web page"),
        (b"just words\nand more\n", "no table"),
        (b'a;b\n"open;c\n', "broken CSV"),
        (b"a;b\n" + b"x" * 200_000 + b";1\n", "broken CSV"),
        (b"a;b\n1;2\n", "none of the layouts"),
        (b"{", "broken JSON"),
        (b'{"a": 1, "a": 2}', "a key stands twice"),
        (b'{"class": "dataset", "value": [NaN]}', "NaN is no number"),
        (b"[" * 100_000, "nested too deeply|broken JSON"),
        (b'{"class": "collection"}', "none of the layouts"),
        (b'{"class": "dataset", "dimension": {}}', "parts missing"),
        (b'{"class": "dataset", "dimension": {}, "id": ["a"], "size": [99999999999], "value": {}}', "parts missing"),
    ],
)
def test_files_that_are_no_table(tmp_path, raw, match):
    path = tmp_path / "thing.csv"
    path.write_bytes(raw)
    refused(path, match)


def test_a_cube_that_is_larger_than_it_says(tmp_path):
    tree = json.loads((SAMPLE.parent / "ssb_jsonstat2_05300.json").read_text(encoding="utf-8"))
    tree["value"].append(1)
    path = tmp_path / "cube.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    refused(path, "433 values where the dimensions are 6 x 8 x 1 x 9")


def test_what_is_no_file(tmp_path):
    refused(tmp_path, "no such file")
    refused(tmp_path / "none.xlsx", "no such file")


def test_the_name_of_a_file_says_nothing(tmp_path):
    """A workbook called .csv, a CSV called .xlsx: what counts is what is in them."""
    book = tmp_path / "book.csv"
    book.write_bytes(SAMPLE.read_bytes())
    assert read_file(book).area == "Vestfold og Telemark"
    table = tmp_path / "table.xlsx"
    table.write_bytes((SAMPLE.parent / "ssb_klass_kommuneinndeling_2026.csv").read_bytes())
    assert len(read_file(table).names) == 357


def test_the_whole_country_over_fourteen_years_is_read_in_time(tmp_path):
    """What the agency's workbook of all municipalities holds, at a seventh of its rows."""
    from model.places import load_place

    path = save(tmp_path / "all.xlsx", account_rows(load_place("norway"), years=(2021, 2022, 2023)))
    start = time.process_time()
    finding = read_file(path)
    assert finding.rows == 357 * 3 * 10 * 3
    assert time.process_time() - start < 20
