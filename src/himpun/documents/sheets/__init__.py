"""Sheets that an office fills in and sends back: XLSX out, XLSX or CSV in.

What is written has drop-downs, checks and protected headings; what is read are cells
with their addresses, nothing interpreted. Uploads are hostile: `grids` holds the bounds.
"""

from __future__ import annotations

from himpun.documents.grids import NotAccepted

from .model import Column, Drawn, Sheet, Table, Value
from .reading import address, read
from .writing import write

__all__ = [
    "Column",
    "Drawn",
    "NotAccepted",
    "Sheet",
    "Table",
    "Value",
    "address",
    "read",
    "write",
]
