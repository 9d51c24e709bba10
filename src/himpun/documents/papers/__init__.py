"""The papers of a case and of the plan: frozen data, and `render`, which makes the PDF.

What a paper says is one frozen dataclass of texts; `plain` and `restored` carry it
through JSON, so that a snapshot can be printed again years later. What is known only
when it is printed (head of the record, code, certificate, mark) is its `Stamp`.
"""

from .collection import LaporanPengumpulan, SignedReport, StepTime, Supply
from .control import Act, Brought, LembarKendali, Return, Step, Waiting
from .parts import (
    Attached,
    EvidenceFile,
    Exemption,
    Fact,
    Head,
    Initial,
    Letterhead,
    Receipt,
    Scale,
    ScaleBand,
    Signatory,
    Stamp,
    Waiver,
)
from .performance import (
    Comparison,
    ComparisonRow,
    Definition,
    EarlierPeriod,
    IndicatorNote,
    LaporanKinerja,
    Measured,
)
from .promises import Funding, Party, PerjanjianKinerja, Promise, RencanaKinerja
from .recap import Rekapitulasi, Value
from .rendering import (
    TEMPLATE_VERSION,
    CannotRender,
    Paper,
    render,
)
from .seal import LembarSegel
from .snapshot import plain, restored

__all__ = [
    "TEMPLATE_VERSION",
    "Act",
    "Attached",
    "Brought",
    "CannotRender",
    "Comparison",
    "ComparisonRow",
    "Definition",
    "EarlierPeriod",
    "EvidenceFile",
    "Exemption",
    "Fact",
    "Funding",
    "Head",
    "IndicatorNote",
    "Initial",
    "LaporanKinerja",
    "LaporanPengumpulan",
    "LembarKendali",
    "LembarSegel",
    "Letterhead",
    "Measured",
    "Paper",
    "Party",
    "PerjanjianKinerja",
    "Promise",
    "Receipt",
    "Rekapitulasi",
    "RencanaKinerja",
    "Return",
    "Scale",
    "ScaleBand",
    "Signatory",
    "SignedReport",
    "Stamp",
    "Step",
    "StepTime",
    "Supply",
    "Value",
    "Waiting",
    "Waiver",
    "plain",
    "render",
    "restored",
]
