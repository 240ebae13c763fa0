"""The layouts that can be read, in the order in which they are tried; each is a file, and none knows another."""

from collections.abc import Callable
from typing import Final

from model.intake.documents import Document
from model.intake.findings import Finding
from model.intake.layouts import all_municipalities, json_stat, klass_changes, klass_codes, one_area, statistics_csv

READERS: Final[tuple[Callable[[Document], Finding | None], ...]] = (
    all_municipalities.read,
    one_area.read,
    json_stat.read,
    klass_changes.read,
    klass_codes.read,
    statistics_csv.read,
)

KNOWN: Final = (
    "Miljødirektoratet's workbook of all municipalities or of one area, SSB JSON-stat 2 or CSV, "
    "Klass CSV of codes or changes"
)
