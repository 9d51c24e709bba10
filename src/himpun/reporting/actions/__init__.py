"""What people do with papers: make, print, sign, send; and what the machine seals."""

from .closing import seal_case, send
from .examples import has_certificate, make_certificate, unlock
from .keys import make_keys, retire_certificate, write_key
from .making import (
    make,
    make_collection_report,
    make_performance_report,
    make_plan_paper,
    make_recap,
    maker,
    record_print,
)
from .signing import (
    backend_offered,
    confirm,
    drop,
    holder,
    may_prepare,
    prepare,
    seal,
    sign_as_example,
    signer,
    signing_task,
    upload,
    withdraw,
)

__all__ = [
    "backend_offered",
    "confirm",
    "drop",
    "has_certificate",
    "holder",
    "make",
    "make_certificate",
    "make_collection_report",
    "make_keys",
    "make_performance_report",
    "make_plan_paper",
    "make_recap",
    "maker",
    "may_prepare",
    "prepare",
    "record_print",
    "retire_certificate",
    "seal",
    "seal_case",
    "send",
    "sign_as_example",
    "signer",
    "signing_task",
    "unlock",
    "upload",
    "withdraw",
    "write_key",
]
