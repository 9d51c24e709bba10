"""Opening a PDF from outside within bounds: a small one may unpack to gigabytes."""

from __future__ import annotations

import io
import logging

import pikepdf
from pikepdf import settings

MOST_DECODED = 64 * 1024 * 1024
"""Bytes that one stream may unpack to; what exceeds it is dropped by qpdf.

qpdf keeps its limits for the whole process.
"""

settings.set_qpdf_limits(
    flate_max_memory=MOST_DECODED,
    run_length_max_memory=MOST_DECODED,
    dct_max_memory=MOST_DECODED,
    png_max_memory=MOST_DECODED,
    tiff_max_memory=MOST_DECODED,
    doc_max_warnings=1000,
)
for _library in ("pyhanko", "pyhanko_certvalidator", "pikepdf"):
    # They log each file they cannot read; here that is an answer, not an event.
    logging.getLogger(_library).addHandler(logging.NullHandler())


def open_pdf(content: bytes) -> pikepdf.Pdf:
    """Open a PDF, to be closed by the caller; raises pikepdf.PdfError for others."""
    return pikepdf.open(io.BytesIO(content))


def swells(pdf: pikepdf.Pdf) -> bool:
    """Whether a bound was hit while the parts of an open PDF were read."""
    return any("limit exceeded" in warning for warning in pdf.get_warnings())
