"""Sheets as an XLSX: headings that stay, drop-downs, and checks of what is typed."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from himpun.wording import say

from .model import Drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from .model import Column, Sheet, Value

LISTS = "Pilihan"
"""The hidden sheet of the words to choose from: a list in a rule has 255 letters only."""
SURE_DIGITS = 15
"""Digits that every spreadsheet keeps of a number; longer ones are written as text."""
_HEAD = PatternFill("solid", fgColor="DDE6EE")
_OPEN = Protection(locked=False)


def write(sheets: Sequence[Sheet], *, notes: Sequence[str] = (), about: str) -> bytes:
    """Return the XLSX of sheets, ``notes`` on a first sheet named ``about``.

    Headings are protected (without a password: against slips, not against people), all
    else is open. A text is never a formula, whatever it begins with.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    front = book.create_sheet(about)
    front.column_dimensions["A"].width = 100
    for number, note in enumerate(notes, 1):
        _put(front, number, 1, note)
        front.cell(number, 1).alignment = Alignment(wrap_text=True, vertical="top")
    front.protection.enable()
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    for sheet in sheets:
        _draw(book.create_sheet(sheet.name), sheet, lists)
    book.move_sheet(lists, len(sheets))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _draw(page: Worksheet, sheet: Sheet, lists: Worksheet) -> None:
    last = 1 + len(sheet.rows) + sheet.spare
    for place, column in enumerate(sheet.columns, 1):
        _put(page, 1, place, column.title)
        head = page.cell(1, place)
        head.font, head.fill = Font(bold=True), _HEAD
        head.alignment = Alignment(wrap_text=True, vertical="top")
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].protection = _OPEN
        if rule := _rule(column, lists):
            page.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{last}")
    for number, row in enumerate(sheet.rows, 2):
        for place, value in enumerate(row, 1):
            if value is not None:
                _put(page, number, place, value)
    for line in page.iter_rows(2, 1 + len(sheet.rows), 1, len(sheet.columns)):
        for cell in line:
            cell.protection = _OPEN
    page.freeze_panes = "A2"
    page.protection.enable()
    page.protection.formatColumns = False
    page.protection.formatRows = False
    page.protection.insertRows = False
    page.protection.deleteRows = False
    page.protection.sort = False


def _put(page: Worksheet, row: int, column: int, value: Value) -> None:
    cell = page.cell(row, column)
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > SURE_DIGITS:
        value = f"{value:f}".replace(".", ",")
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _rule(column: Column, lists: Worksheet) -> DataValidation | None:
    if column.choices:
        place = lists.max_column + (lists.cell(1, 1).value is not None)
        for number, word in enumerate(column.choices, 1):
            _put(lists, number, place, word)
        letter = get_column_letter(place)
        area = f"{LISTS}!${letter}$1:${letter}${len(column.choices)}"
        rule = DataValidation(type="list", formula1=area, allow_blank=True)
        rule.error = str(say("Pilih salah satu dari daftar."))
    elif column.drawn is Drawn.WHOLE:
        rule = DataValidation(
            type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True
        )
        rule.error = str(say("Tulis bilangan bulat tanpa titik, paling sedikit 0."))
    elif column.drawn is Drawn.NUMBER:
        rule = DataValidation(
            type="decimal",
            operator="greaterThanOrEqual",
            formula1="0",
            allow_blank=True,
        )
        rule.error = str(say("Tulis angka, paling sedikit 0."))
    elif column.drawn is Drawn.DATE:
        rule = DataValidation(
            type="date", operator="greaterThan", formula1="32874", allow_blank=True
        )
        rule.error = str(say("Tulis tanggal, misalnya 2026-01-31."))
    else:
        return None
    rule.showErrorMessage = True
    if column.hint:
        rule.prompt, rule.showInputMessage = column.hint[:255], True
    return rule
