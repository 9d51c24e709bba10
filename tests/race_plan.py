"""Planners who change one plan at the same moment.

Argument: how many processes act at once. Prints for each kind of act what each of them
came to and what stands after it, as JSON.
"""

import json
import sys
from dataclasses import replace
from decimal import Decimal

import django

django.setup()

from racing import race

from himpun.documents import sheets as files
from himpun.ledger import queries as ledger
from himpun.organization.tests.builders import WHEN
from himpun.planning import actions, queries
from himpun.planning.models import Budget, RenstraVersion, Spending, Target
from himpun.planning.rules import ActionStep, AnnualPlanDraft, Stage
from himpun.planning.tests import plan_builders as plans
from himpun.worktime.periods import read_period

RACERS = int(sys.argv[1])
CODES = ("7.01.01.2.06.0001", "7.01.01.2.06.0002")
office = plans.planning_office()
people = [office.kasubbag, office.sekcam]


def raced(prepare, people=people, many=RACERS):
    """Let each process do it its own way: `prepare` gets its number."""
    return race(
        [(prepare, number, people[number % len(people)]) for number in range(many)]
    )


def renstra(number, person):
    plan = plans.plan(office, text=f"Meningkatnya pelayanan {number}")
    return lambda: actions.keep_renstra(office.unit, plan, by=person, at=WHEN)


def agreement(number, person):
    draft = plans.draft(office, place=f"Tempat {number}")
    return lambda: actions.make_agreement(draft, shown=0, by=person, at=WHEN)


def steps(number, person):
    row = queries.agreement(office.position["camat"], 2025)
    step = ActionStep("S", "2025-TW4", Decimal(91), f"Survei {number}", "Kasi")
    return lambda: actions.keep_action_plan(row, [step], shown=0, by=person, at=WHEN)


def annual(number, person):
    draft = AnnualPlanDraft(2025, ("S",), (), f"RKT {number}")
    return lambda: actions.keep_annual_plan(office.unit, draft, by=person, at=WHEN)


def target(number, person):
    indicator = office.unit.indicators.get(code="S")
    period, aim = read_period("2027"), Decimal(90 + number)
    return lambda: actions.set_target(
        indicator, period, aim, origin="Renstra", by=person, at=WHEN
    )


def spending(number, person):
    period = "2025-S1" if number % 2 else "2025-TW1"
    return lambda: plans.spend(office, CODES[0], period, 100 + number, by=person)


def grid(number, person):
    """Key pagu of two lines, in one order or the other."""
    lines = [plans.programme(office, code) for code in CODES]
    amounts = [
        actions.Amount(row.code, row, Stage.ORIGINAL, 1000 + number)
        for row in lines[:: 1 if number % 2 else -1]
    ]
    return lambda: actions.keep_money(
        office.unit, 2026, amounts, origin="DPA", by=person, at=WHEN
    )


def sheets(number, person):
    """Bring in targets of all indicators while others set them one by one."""
    rows = [(code, "target", None, Decimal(80 + number)) for code in "TSP"]
    named = next(
        s for s in queries.sheets_of(office.unit, [2028]) if s.name == "Target"
    )
    head = (*named.columns[:3], replace(named.columns[3], title="2028"))
    sheet = replace(named, columns=head, rows=tuple(rows))
    tables = files.read(files.write([sheet], about="Petunjuk"), "a.xlsx")
    return lambda: actions.import_plan(
        office.unit, tables, name="a.xlsx", by=person, at=WHEN
    )


def mixed(number, person):
    """Do one of all kinds, by turns."""
    return (sheets, target, grid, annual)[number % 4](number, person)


def told(kind, *names):
    """Return what the events of a kind say, in their order."""
    rows = [row for row in plans.events(office) if row.type == kind]
    return [[ledger.data_of(row)[name] for name in names] for row in rows]


found = {"renstra": {"said": raced(renstra)}}
rows = list(RenstraVersion.objects.all())
found["renstra"] |= {
    "numbers": [row.number for row in rows],
    "goals": [row.goals.count() for row in rows],
    "events": len(told("renstra.kept", "version")),
}
actions.enact_renstra(rows[0], plans.DAY, by=office.kasubbag, at=WHEN)
plans.seat(office, "bupati", plans.PositionKind.HEAD, "Bupati Uji", office.regency)
for code in CODES:
    plans.budget(office, code, 1000)
found["agreement"] = {"said": raced(agreement)} | {
    "numbers": [row[0] for row in told("agreement.made", "number")]
}
found["steps"] = {"said": raced(steps)} | {
    "numbers": [row[0] for row in told("action_plan.kept", "number")]
}
found["annual"] = {"said": raced(annual)} | {
    "numbers": [row[0] for row in told("annual_plan.kept", "number")]
}
before = len(told("target.set", "new"))
found["target"] = {"said": raced(target)} | {
    "chain": told("target.set", "old", "new")[before:],
    "stands": str(Target.objects.get(indicator__code="S", period_code="2027").value),
}
treasurers = [office.bendahara, office.admin]
found["spending"] = {"said": raced(spending, treasurers)} | {
    "chain": told("spending.recorded", "old", "new"),
    "stands": list(Spending.objects.values_list("period_code", "amount")),
}
found["grid"] = {"said": raced(grid)} | {
    "stands": list(Budget.objects.filter(year=2026).values_list("amount", flat=True))
}
found["mixed"] = {"said": raced(mixed)}
print(json.dumps(found))
