"""Rolls up 7,300 kecamatan x 50 indicators x 12 months in one process; prints JSON.

The figures are loaded by plain SQL, as the projection would have stored them but for the
told steps. The reference is the statement that one would write by hand for this very
table, and exact: PostgreSQL adds decimals up, SQLite whole hundredths, since whoever
writes it has seen that these figures have two decimals and six signs at most. It trusts
that each figure is the office's own and means what the kabupaten means by that code, and
leaves its sums as the database returns them. Ours holds each figure against the version
that it was measured by and against the kabupaten's, keeps figures of any length exact, and
returns decimals. Every total must be the same to the last digit.
"""

import json
import sys
import time
from datetime import date
from decimal import Decimal

import django

django.setup()

from django.db import connection, transaction

from himpun.formula import OverUnits, value_of_sum
from himpun.measurement.queries.sums import Question, Ruling, sums
from himpun.planning.models import IndicatorVersion
from himpun.planning.tests.builders import scale

ROUNDS, REGENCIES, DISTRICTS, INDICATORS = map(int, sys.argv[1:])
MONTHS = [f"2025-B{month:02}" for month in range(1, 13)]
CODES = [f"IKU-{number}" for number in range(1, INDICATORS + 1)]
NUMBERS = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {}) "
)
CENTS = "((i.id * 31 + m.x * 17) % 9000 + 1000)"
"""The figure in hundredths, out of place and time; one in 97 is missing."""
MISSING = "(i.id + m.x) % 97 = 0"
FIGURE = {
    "postgresql": f"({CENTS})::numeric / 100",
    "sqlite": f"rtrim(rtrim(printf('%d.%02d', {CENTS} / 100, {CENTS} % 100), '0'), '.')",
}
TENANT = (
    NUMBERS.format(REGENCIES)
    + """INSERT INTO organization_tenant (id, code, name, short_name)
SELECT x, '99.' || x, 'Kabupaten ' || x, 'kabupaten-' || x FROM n"""
)
REGENCY = """INSERT INTO organization_unit
(id, tenant_id, kind, code, name, short_name, address, "order")
SELECT id, id, 'kabupaten', code, name, short_name, '', 0 FROM organization_tenant"""
DISTRICT = (
    NUMBERS.format(DISTRICTS)
    + f"""INSERT INTO organization_unit
(id, tenant_id, parent_id, office_id, kind, code, name, short_name, address, "order")
SELECT {REGENCIES} + x, 1 + x % {REGENCIES}, 1 + x % {REGENCIES}, {REGENCIES} + x,
'kecamatan', '99.' || (1 + x % {REGENCIES}) || '.' || x, 'Kecamatan ' || x,
'kecamatan-' || x, '', 0 FROM n"""
)
INDICATOR = (
    NUMBERS.format(INDICATORS)
    + """INSERT INTO planning_indicator (id, unit_id, code, level, "group", "order")
SELECT (u.id - 1) * 50 + n.x, u.id, 'IKU-' || n.x, 'sasaran', 'Sasaran', n.x
FROM organization_unit u CROSS JOIN n"""
)
VERSION = """INSERT INTO planning_indicatorversion (id, indicator_id, number, name,
definition, unit_of_measure, decimals, polarity, zero_target, zero_actual, cap_on,
formula, over_time, over_units, frequency, in_charge, mechanism, medium, evidence_rule,
evidence_required, scale_id, grade_rule, since, origin, meaning)
SELECT id, id, 1, 'Indikator ' || code, '', 'nilai', 2, '{polarity}', '', '', '', '',
'jumlah', 'jumlah', 'bulan', 'Kasubbag', 'Dihitung', 'Laporan', '', TRUE, {scale}, '',
'2020-01-01', 'Renstra', substr('0123456789abcdef' || code, length(code) + 1)
FROM planning_indicator"""
ACHIEVEMENT = (
    NUMBERS.format(12)
    + """INSERT INTO measurement_achievement (indicator_id, unit_id, period_code,
indicator_version, target, actual, grade, inputs, value, averaged, formula, steps, reason,
scale, band, verified, prior, event)
SELECT i.id, i.unit_id, '2025-B' || substr('0' || m.x, length('0' || m.x) - 1), 1,
'"90"', CASE WHEN {missing} THEN NULL ELSE {figure} END, '', '{{}}', NULL, NULL,
'realisasi / target x 100', '[]', '', 'Permendagri 86/2017', 'Sangat tinggi', TRUE, FALSE,
'0123456789012345678901234567890123456789012345678901234567890123'
FROM planning_indicator i CROSS JOIN n m WHERE i.unit_id > {first}"""
)
SUM = {
    "postgresql": "SUM(a.actual)",
    "sqlite": "SUM(CAST(round(a.actual * 100) AS INTEGER))",
}
UNIT = {"postgresql": Decimal(1), "sqlite": Decimal("0.01")}
BY_HAND = """SELECT u.parent_id, i.code, a.period_code, {sum}, COUNT(a.actual)
FROM measurement_achievement a
JOIN planning_indicator i ON i.id = a.indicator_id
JOIN organization_unit u ON u.id = i.unit_id
GROUP BY u.parent_id, i.code, a.period_code"""


@transaction.atomic
def load():
    vendor = connection.vendor
    with connection.cursor() as cursor:
        if vendor == "postgresql":  # four million rows without asking for each key
            cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in (TENANT, REGENCY, DISTRICT, INDICATOR):
            cursor.execute(statement)
        kept = scale().pk
        cursor.execute(VERSION.format(polarity="higher", scale=kept))
        cursor.execute(
            ACHIEVEMENT.format(missing=MISSING, figure=FIGURE[vendor], first=REGENCIES)
            .replace("%d", "%%d")
            .replace("%0", "%%0")
            .replace(" % ", " %% "),
            [],
        )


def ours():
    rows = IndicatorVersion.objects.filter(
        indicator__unit__kind="kabupaten", since__lte=date(2025, 12, 31)
    ).values_list("pk", "indicator", "indicator__unit", "indicator__code", "meaning")
    ruling = {(row[2], row[4]): Ruling(*row, OverUnits.SUM) for row in rows}
    found = sums(Question(ruling, MONTHS))
    return {
        key: (value_of_sum(one.total, one.counted, OverUnits.SUM), one.counted)
        for key, one in found.items()
    }


def by_hand():
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND.format(sum=SUM[connection.vendor]))
        return cursor.fetchall()


def timed(do):
    begun = time.perf_counter()
    found = do()
    return time.perf_counter() - begun, found


def must_agree(found, rows):
    """Compare every total with the reference."""
    unit = UNIT[connection.vendor]
    known = {
        ((parent - 1) * 50 + int(code.removeprefix("IKU-")), period): (total, counted)
        for parent, code, period, total, counted in rows
        if counted
    }
    assert known.keys() == found.keys()
    for key, (total, counted) in found.items():
        theirs, count = known[key]
        assert counted == count
        assert total == theirs * unit
    return len(found)


def main():
    begun = time.perf_counter()
    load()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    loaded = time.perf_counter() - begun
    count = must_agree(ours(), by_hand())  # and everything is read once before timing
    mine, theirs = [], []
    for _ in range(ROUNDS):  # in turns, so that a slow minute hits both
        mine.append(timed(ours)[0])
        theirs.append(timed(by_hand)[0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM measurement_achievement")
        [figures] = cursor.fetchone()
    print(
        json.dumps(
            {
                "figures": figures,
                "totals": count,
                "loaded": loaded,
                "ours": mine,
                "by_hand": theirs,
            }
        )
    )


main()
