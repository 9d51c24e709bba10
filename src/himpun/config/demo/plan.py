"""An example of a Renstra, RKT, IKU and Perjanjian Kinerja for the demo's offices.

Texts and programmes are those of the example's pohon kinerja and of the published
budget; which serves what is an example.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

import yaml

from himpun.planning import actions as planning
from himpun.planning.models import Programme
from himpun.planning.rules import (
    ActionStep,
    AgreementDraft,
    AnnualPlanDraft,
    GoalPlan,
    IndicatorSetDraft,
    OutcomePlan,
    ProgrammePlan,
    RenstraPlan,
    Stage,
)
from himpun.worktime.periods import Period, PeriodKind

from . import figures, money
from .figures import FIRST, LAST
from .offices import DATA, people_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from himpun.config.offices import Office
    from himpun.planning.models import PerjanjianKinerja

    Funding = tuple[tuple[int, int], ...]

CODES = ("T1", "S1", "S2", "S3")
SERVES = {"PENUNJANG": "S1", "KETENTRAMAN": "S2"}
"""A word of a programme's name -> the sasaran it serves; all others serve S3."""
REST = "S3"
DECISION = "contoh: keputusan Camat tentang IKU"


def load_muncar(office: Office, *, at: datetime) -> None:
    """Keep Renstra 2020-2024, IKU, and the RKT and PK of the last year."""
    _keep_renstra(office, FIRST, at, money.by_programme())
    _promise(office, LAST, "Muncar", at)


def load_jekulo(office: Office, year: int, *, at: datetime) -> None:
    """Keep the Renstra of the five years that the year belongs to, the IKU, and the
    RKT, PK and rencana aksi of the year.
    """
    first = figures.first_year(year)
    file = figures.example()
    grade = file["predikat"]["kode"]
    years = money.by_programme(first - FIRST)
    _keep_renstra(office, first, at, years, {"S1": ("S1", grade)})
    promised = _promise(office, year, "Jekulo", at, (*CODES, grade))
    quarters = Period(PeriodKind.YEAR, year).within(PeriodKind.QUARTER)
    targets = {row.code: row.target[LAST] for row in figures.rows()}
    in_charge = dict(zip(CODES, ("Camat", "Sekcam", "Sekcam", "Kasi"), strict=True))
    steps = [
        ActionStep(code, period.code, targets[code], activity, in_charge[code])
        for code in CODES
        for period, activity in zip(
            quarters, file["indikator"][code]["kegiatan"], strict=True
        )
    ]
    last = ActionStep(
        grade, quarters[-1].code, None, file["predikat"]["kegiatan"], "Sekcam"
    )
    by = people_of(office)["kasubbag"]
    planning.keep_action_plan(promised, [*steps, last], by=by, at=at)


def _promise(
    office: Office,
    year: int,
    place: str,
    at: datetime,
    codes: tuple[str, ...] = CODES,
) -> PerjanjianKinerja:
    """Keep the RKT of a year, and the PK of the Camat with the Bupati."""
    by = people_of(office)["kasubbag"]
    programmes = tuple(_programmes(office))
    planning.keep_annual_plan(
        office.unit,
        AnnualPlanDraft(year, codes, programmes, f"contoh: RKT {year}"),
        by=by,
        at=at,
    )
    return planning.make_agreement(
        AgreementDraft(
            year,
            office.positions["camat"].pk,
            office.positions["bupati"].pk,
            date(year, 1, 15),
            codes,
            tuple((pk, "APBD") for pk in programmes),
            date(year, 1, 2),
            place,
        ),
        by=by,
        at=at,
    ).row


def _programmes(office: Office) -> dict[int, str]:
    rows = Programme.objects.filter(unit=office.unit, parent=None)
    return dict(rows.order_by("order").values_list("pk", "name"))


def _keep_renstra(
    office: Office,
    first: int,
    at: datetime,
    funding: Mapping[str, Funding],
    measures: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> None:
    """Keep and enact a Renstra; ``measures`` has more than one indicator of a sasaran."""
    file = yaml.safe_load((DATA / "pohon-kinerja.yaml").read_text("utf-8"))
    top = file["puncak"]
    goal = GoalPlan(
        "T1",
        top["kondisi"],
        tuple(
            OutcomePlan(code, cause["kondisi"], measures.get(code, (code,)))
            for cause in top["penyebab"]
            for code in cause.get("indikator", ())
        ),
        ("T1",),
    )
    programmes = tuple(
        ProgrammePlan(
            pk,
            next((code for word, code in SERVES.items() if word in name), REST),
            funding=funding.get(name, ()),
        )
        for pk, name in _programmes(office).items()
    )
    by = people_of(office)["kasubbag"]
    kept = planning.keep_renstra(
        office.unit,
        RenstraPlan(
            first, first + 4, Stage.ORIGINAL, file["asal"], (goal,), programmes
        ),
        by=by,
        at=at,
    )
    since = date(first, 1, 1)
    planning.enact_renstra(kept.row, since, decision="contoh", by=by, at=at)
    codes = [one for code in CODES for one in measures.get(code, (code,))]
    chosen = IndicatorSetDraft(DECISION, since, since, tuple(codes))
    planning.keep_indicator_set(office.unit, chosen, by=by, at=at)
