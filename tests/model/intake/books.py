"""Workbooks in the agencies' layouts, made with openpyxl so that our reader meets another's writing."""

from pathlib import Path

from openpyxl import Workbook

from agents.vocabulary import SECTORS
from model.intake.emissions import SECTORS as WORDS
from model.places import Place

HEADER = [
    "Fylke", "Kommunenummer", "Kommune", "År", "Sektor", "Utslippskilde", "Klimagass",
    "Utslipp (tonn CO₂-ekvivalenter)",
]  # fmt: skip
SHEET = "Oversikt - detaljert"
NORWEGIAN = {sector: next(w for w, s in WORDS.items() if s == sector).capitalize() for sector in SECTORS}
SOURCES = (("Kilde en", "CO2", 0.75), ("Kilde en", "CH4", 0.125), ("Kilde to", "CO2", 0.125))


def account_rows(place: Place, *, years=(2023,), sectors=tuple(NORWEGIAN), numbers=None):
    """Rows of the accounts of a place, each sector in three lines that add up to its territorial figure."""
    rows = []
    for m, number in enumerate(place.numbers):
        if numbers is not None and number not in numbers:
            continue
        county = place.county_names[place.county_of[m]]
        for year in years:
            for k, sector in enumerate(NORWEGIAN):
                if sector in sectors:
                    tonnes = float(place.territorial[m, k])
                    rows += [
                        [county, number, place.names[m], year, NORWEGIAN[sector], source, gas, tonnes * part]
                        for source, gas, part in SOURCES
                    ]
    return rows


def save(path: Path, rows, *, header=HEADER, sheet=SHEET, before=()) -> Path:
    """A workbook with one sheet, written by openpyxl."""
    book = Workbook(write_only=True)
    if before:
        info = book.create_sheet("Info")
        for line in before:
            info.append(line)
    page = book.create_sheet(sheet)
    for line in [header, *rows]:
        page.append(line)
    book.save(path)
    return path
