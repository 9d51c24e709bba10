"""The HTTP API of this app: which offices a person may read."""

from datetime import date

from ninja import Router

from himpun.shared import clock
from himpun.shared.api import Asked, UnitOut, answers, chosen
from himpun.shared.http import MemberRequest
from himpun.shared.refusals import say

from . import queries
from .models import Unit

router = Router(tags=["Kantor"])


class OfficeOut(UnitOut):
    """An office, or the kabupaten for its own indicators: ``jenis`` tells which."""

    jenis: str


def unit_out(unit: Unit) -> UnitOut:
    """Return a unit as the API names it."""
    return UnitOut(id=unit.pk, kode=unit.code, nama=unit.name)


def office_asked(request: MemberRequest, asked: Asked) -> tuple[Unit, date]:
    """Return the office that is asked for and its day; raises as `chosen` does."""
    at = clock.now()
    rows = queries.visible_offices(request.user, at).order_by("name")
    office = chosen(rows, asked)
    return office, queries.local_day(at, office)


@router.get(
    "/kantor",
    response=answers(list[OfficeOut]),
    url_name="offices",
    summary=say("Kantor yang boleh Anda baca"),
    description=say("Nomornya dipakai sebagai `unit` pada alamat lain."),
)
def offices(request: MemberRequest) -> list[OfficeOut]:
    """Return the offices that the person may read."""
    rows = queries.visible_planners(request.user, clock.now())
    return [
        OfficeOut(id=row.pk, kode=row.code, nama=row.name, jenis=row.kind)
        for row in rows
    ]
