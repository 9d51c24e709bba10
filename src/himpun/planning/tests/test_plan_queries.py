"""Pages of the plan ask the database as often however much they show."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from himpun.organization.tests.builders import WHEN
from himpun.planning import actions, queries
from himpun.planning.models import RenstraVersion
from himpun.planning.rules import (
    AnnualPlanDraft,
    GoalPlan,
    IndicatorSetDraft,
    OutcomePlan,
    ProgrammePlan,
    RevisionReason,
)
from himpun.planning.tests.builders import define, promise
from himpun.planning.tests.plan_builders import (
    DAY,
    add,
    agree,
    agreed,
    budget,
    by_kasubbag,
    promising_office,
)
from himpun.shared import clock

pytestmark = pytest.mark.django_db
PAGES = (
    "/rencana?tahun=2025&versi=2",
    "/rencana?tahun=2025&bagian=rkt",
    "/rencana?tahun=2025&bagian=iku",
    "/rencana/susun/{draft}",
    "/rencana/susun/{draft}/berlakukan",
    "/rencana/susun/{draft}/sasaran",
    "/rencana/susun/{draft}/program",
    "/rencana/rkt?tahun=2025",
    "/rencana/iku",
    "/perjanjian-kinerja?tahun=2025",
    "/perjanjian-kinerja/{agreement}",
)


def asked(client, **rows):
    """Return how many queries each page takes."""
    found = {}
    for page in PAGES:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page.format(**rows)).status_code == 200
        found[page] = len(caught)
    return found


def keep(office, codes, works, day):
    """Keep an RKT and a set of IKU of these indicators and programmes."""
    acts = by_kasubbag(office)
    actions.keep_annual_plan(office.unit, AnnualPlanDraft(2025, codes, works), **acts)
    chosen = IndicatorSetDraft("contoh", day, day, codes)
    actions.keep_indicator_set(office.unit, chosen, **acts)


def grow(office, draft):
    """Let every document of the office have more rows; return the newer agreement."""
    more = tuple(f"L{number}" for number in range(3, 7))
    works = [add(office, f"7.01.0{code[1:]}", f"Program {code}").row for code in more]
    for code, work in zip(more, works, strict=True):
        promise(office, define(office, code), "2025", "90")
        budget(office, work.code, 70)
    document = queries.plan_of(queries.tree_of(draft))
    outcomes = tuple(OutcomePlan(f"S{code}", "Lain", (code,)) for code in more)
    goals = (*document.goals, GoalPlan("T2", "Lain", outcomes))
    planned = [
        ProgrammePlan(work.pk, f"S{x}") for work, x in zip(works, more, strict=True)
    ]
    bigger = replace(document, goals=goals, programmes=(*document.programmes, *planned))
    actions.keep_renstra(office.unit, bigger, **by_kasubbag(office))
    ids = tuple(work.pk for work in works)
    keep(office, ("S", "T", *more), ids, date(2025, 1, 4))
    return agree(
        office,
        indicators=("S", "T", *more),
        programmes=tuple((pk, "APBD") for pk in ids),
        reason=RevisionReason.STRATEGY,
        agreed_on=DAY.replace(day=20),
    ).row


def test_pages_of_the_plan_take_as_many_queries_with_more_rows(client):
    clock.start_at(WHEN)
    office = promising_office()
    client.force_login(office.kasubbag, "django.contrib.auth.backends.ModelBackend")
    first = agreed(office).row
    keep(office, ("S",), (), date(2025, 1, 2))
    begun = RenstraVersion.objects.get()
    draft = actions.start_change(begun, "dua", **by_kasubbag(office)).row
    before = asked(client, draft=draft.pk, agreement=first.pk)
    newer = grow(office, draft)
    assert asked(client, draft=draft.pk, agreement=newer.pk) == before
