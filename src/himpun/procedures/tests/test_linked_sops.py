"""Keterkaitan at work: the end of a case opens the next and fulfils its kelengkapan."""

from datetime import date, timedelta

import pytest

from himpun.ledger import queries as ledger
from himpun.ledger.models import Blob
from himpun.ledger.rules import SYSTEM
from himpun.notices.models import Notice
from himpun.organization.models import WorkCalendar
from himpun.organization.tests.builders import WHEN, make_office
from himpun.procedures import actions, queries, rules
from himpun.procedures.actions.cases import follow
from himpun.procedures.actions.moving import finish
from himpun.procedures.forms import StartForm
from himpun.procedures.models import Attachment, Case
from himpun.procedures.queries import links, trail
from himpun.procedures.tests.builders import Run, adopt_plain, adopt_seed, minutes
from himpun.shared.refusals import Refusal
from himpun.shared.tests.clock import signed_in
from himpun.sop.plan import Link
from himpun.sop.shipped import shipped
from himpun.worktime.periods import read_period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
LATER = WHEN + timedelta(hours=2)


@pytest.fixture
def office():
    return make_office()


def adopt(office, name, source=None):
    source = source or shipped()[f"templat-{name}"]
    return adopt_seed(office, source=source)


def start(office, version, period, at=WHEN):
    return actions.start_case(version, read_period(period), by=office.kasubbag, at=at)


def finished(office, version, period, *results, at=WHEN):
    """Return a case of which only the results and the end are told."""
    case = start(office, version, period, at)
    for artefact in results:
        actions.produce(
            case,
            "l5",
            artefact,
            by=SYSTEM,
            at=at,
            content=f"{artefact} {case.pk}\n".encode(),
            mime="text/csv",
        )
    finish(case, by=SYSTEM, at=at)
    case.refresh_from_db()
    follow(case, at=at)
    return case


def lines(case, item):
    return {
        line.item.line: (line.state, [sha for _pk, _name, sha in line.files])
        for line in queries.checklist(case)
        if line.item.item == item
    }


def given(case, artefact="laporan-ttd"):
    return ("ada", [queries.artefact_of(case, artefact).blob])


def told():
    return [notice.text for notice in Notice.objects.order_by("pk")]


@pytest.mark.parametrize(
    ("starts", "longer", "period", "opened"),
    [
        (True, None, "2024-TW3", "2024-TW3"),
        (True, "tahun", "2024-TW4", "2024"),
        (True, "tahun", "2024-TW3", None),
        (True, "tahun", "2024-B12", "2024"),
        (True, "tahun", "2024", "2024"),
        (True, "triwulan", "2024-S2", None),
        (False, None, "2024-TW4", None),
    ],
)
def test_a_longer_period_is_opened_by_the_last_one_within(
    starts, longer, period, opened
):
    link = Link("x", starts=starts, period=longer, carries=())
    found = rules.period_started(link, read_period(period))
    assert (found.code if found else None) == opened


def test_a_line_of_a_period_takes_its_own_and_another_also_what_holds_it():
    quarter = read_period("2024-TW3")
    assert rules.serving("2024-TW1", read_period("2024")) == ("2024-TW1",)
    assert rules.serving("", quarter) == ("2024-TW3", "2024-S2", "2024")
    assert rules.serving("", read_period("2024")) == ("2024",)


def test_a_quarterly_item_has_a_line_for_each_quarter():
    named = [p and p.code for p in rules.lines("x-triwulanan", read_period("2024-S2"))]
    assert named == ["2024-TW3", "2024-TW4"]
    assert rules.lines("x-triwulanan", read_period("2024-B05")) == (None,)


def test_the_last_quarter_opens_the_year_with_the_reports_of_all_four(office):
    quarterly, yearly = (
        adopt(office, "laporan-capaian-kinerja"),
        adopt(office, "pembuatan-lkjip"),
    )
    quarters = [
        finished(office, quarterly, f"2024-TW{n}", "laporan-ttd") for n in (1, 2, 3)
    ]
    files = Blob.objects.count()
    assert not Case.objects.filter(version=yearly).exists()
    assert told() == []
    quarters.append(finished(office, quarterly, "2024-TW4", "laporan-ttd"))
    year = Case.objects.get(version=yearly)
    assert (year.period_code, year.cause, year.opened_role) == (
        "2024",
        quarters[3],
        "Himpun",
    )
    assert lines(year, "capaian-triwulanan") == {
        f"2024-TW{n}": given(case) for n, case in enumerate(quarters, 1)
    }
    assert Blob.objects.count() == files + 1
    [opened] = [e for e in queries.events_of(year) if e.type == "case.opened"]
    assert ledger.data_of(opened)["cause"] == quarters[3].pk
    assert {n.person.username for n in Notice.objects.all()} == {
        office.people[key].username for key in ("kasubbag", "kasubbag2", "sekcam")
    }
    assert "dibuka karenanya" in told()[0]


def test_a_whole_template_runs_to_its_end_and_its_results_are_handed_on(office):
    adopt(office, "penyusunan-sakip")
    run = Run(office, version=adopt(office, "pembuatan-lkjip"))
    run.do("l1", "kasubbag")
    run.do("l2", "pelaksana")
    run.do("l3", "pelaksana")
    run.do("l3", "kasubbag", part="paraf")
    run.do("l4", "sekcam", "Tidak")
    run.do("l3", "pelaksana")
    run.do("l3", "kasubbag", part="paraf")
    run.do("l4", "sekcam", "Ya")
    run.do("l5", "camat")
    run.do("l6", "pelaksana")
    assert not run.case.followers.exists()
    run.do("l6", "sekcam", part="mengetahui")
    assert run.case.state == "selesai"
    [frame] = run.case.followers.all()
    assert lines(frame, "lkjip") == {"": given(run.case, "lkjip-ttd")}


def test_a_running_case_takes_what_ends_after_it_began(office):
    quarterly = adopt(office, "laporan-capaian-kinerja")
    year = start(office, adopt(office, "pembuatan-lkjip"), "2024")
    assert {state for state, _f in lines(year, "capaian-triwulanan").values()} == {
        "belum"
    }
    second = finished(office, quarterly, "2024-TW2", "laporan-ttd")
    assert lines(year, "capaian-triwulanan")["2024-TW2"] == given(second)
    assert lines(year, "capaian-triwulanan")["2024-TW1"] == ("belum", [])


def test_the_plan_of_a_year_serves_each_quarter_of_that_year_only(office):
    plan = adopt(office, "penyusunan-rkt")
    rkt = finished(office, plan, "2024", "rkt-ttd")
    quarterly = adopt(office, "laporan-capaian-kinerja")
    third = start(office, quarterly, "2024-TW3")
    assert lines(third, "rkt") == {"": given(rkt, "rkt-ttd")}
    assert lines(start(office, quarterly, "2023-TW3"), "rkt") == {"": ("belum", [])}


def test_a_quarter_does_not_take_the_report_of_its_year(office):
    quarterly = adopt(office, "laporan-capaian-kinerja")
    year = start(office, adopt(office, "penyusunan-sakip"), "2024")
    finished(office, quarterly, "2024", "laporan-ttd")
    assert lines(year, "capaian-triwulanan")["2024-TW4"] == ("belum", [])


def test_a_line_of_a_closed_step_stays_as_it_was_signed(office):
    quarterly = adopt(office, "laporan-capaian-kinerja")
    run = Run(office, version=quarterly)
    run.do("l1", "pelaksana")
    Attachment.objects.filter(item__case=run.case, item__item="rkt").delete()
    run.case.items.filter(item="rkt").update(state="belum")
    finished(office, adopt(office, "penyusunan-rkt"), "2024", "rkt-ttd")
    assert lines(run.case, "rkt") == {"": ("belum", [])}


def test_what_was_taken_off_a_line_does_not_come_back(office):
    plan = adopt(office, "penyusunan-rkt")
    finished(office, plan, "2024", "rkt-ttd")
    case = start(office, adopt(office, "laporan-capaian-kinerja"), "2024-TW3")
    [brought] = Attachment.objects.filter(item__case=case)
    actions.remove_attachment(brought, by=office.pelaksana, at=minutes(5))
    assert lines(case, "rkt") == {"": ("belum", [])}
    assert links.to_bring(case) == []


def test_a_case_that_was_cancelled_is_not_opened_again_and_people_are_told(office):
    lkjip = adopt(office, "pembuatan-lkjip")
    frame = adopt(office, "penyusunan-sakip")
    case = start(office, frame, "2024")
    actions.cancel_case(case, reason="keliru memulai", by=office.sekcam, at=minutes(1))
    finished(office, lkjip, "2024", "lkjip-ttd")
    assert Case.objects.filter(version=frame).count() == 1
    assert len(told()) == 3
    assert "tidak dibuka: kasus untuk periode itu sudah pernah dibuka." in told()[0]


def test_a_calendar_that_ends_holds_nobody_up(office):
    adopt(office, "penyusunan-sakip")
    lkjip = adopt(office, "pembuatan-lkjip")
    case = start(office, lkjip, "2024")
    WorkCalendar.objects.all().delete()
    finish(case, by=SYSTEM, at=LATER)
    follow(case, at=LATER)
    assert not case.followers.exists()
    assert "tidak dibuka" in told()[0]


def test_without_the_linked_sop_or_at_another_office_nothing_follows(office):
    other = make_office("Kecamatan Lain")
    adopt(other, "penyusunan-sakip")
    lkjip = adopt(office, "pembuatan-lkjip")
    finished(office, lkjip, "2024", "lkjip-ttd")
    assert Case.objects.count() == 1
    assert told() == []


def test_a_plan_may_be_begun_in_the_year_before_it(office):
    plan = adopt(office, "penyusunan-rkt")
    assert start(office, plan, "2026").period_code == "2026"
    with pytest.raises(Refusal, match="Tahun 2027 belum dimulai"):
        start(office, plan, "2027")
    frame = adopt(office, "penyusunan-sakip")
    with pytest.raises(Refusal, match="belum dimulai"):
        start(office, frame, "2026")


def test_the_start_page_offers_the_coming_period_where_an_sop_plans_for_it(office):
    def offered(*versions):
        form = StartForm(versions=versions, today=date(2025, 1, 2))
        return {
            code for _g, rows in form.fields["period"].choices[1:] for code, _ in rows
        }

    frame, plan = adopt(office, "penyusunan-sakip"), adopt(office, "penyusunan-rkt")
    assert "2026" not in offered(frame)
    assert offered(frame, plan) - offered(frame) >= {"2026", "2025-TW2", "2025-B02"}


def test_pages_and_trail_say_where_a_file_comes_from(office):
    rkt = finished(office, adopt(office, "penyusunan-rkt"), "2024", "rkt-ttd")
    quarterly = adopt(office, "laporan-capaian-kinerja")
    case = start(office, quarterly, "2024-TW3")
    sha = queries.artefact_of(rkt, "rkt-ttd").blob[:12]
    client = signed_in(office.pelaksana)
    page = client.get(f"/kasus/{case.pk}").content.decode()
    assert "RKT yang ditandatangani, Tahun 2024.csv" in page
    assert f"(kasus {rkt.pk}), langkah 5, sidik {sha}" in page
    assert "Hasilnya dipakai di sini" in page
    assert "Memakai hasil kasus ini" in client.get(f"/kasus/{rkt.pk}").content.decode()
    [told] = [line for line in trail.lines(case) if "terkait" in line.what]
    assert (told.role, told.about) == (
        "Himpun",
        f"dari {rkt} (kasus {rkt.pk}), sidik {sha}",
    )
    [brought] = Attachment.objects.filter(item__case=case)
    answer = client.get(f"/lampiran/{brought.pk}")
    assert answer.content == f"rkt-ttd {rkt.pk}\n".encode()


def test_the_page_of_an_sop_names_what_follows_and_what_leads_to_it(office):
    lkjip = adopt(office, "pembuatan-lkjip")
    client = signed_in(office.camat)
    alone = client.get(f"/sop/{lkjip.pk}?bagian=identitas").content.decode()
    assert '<span class="jd">SOP Penyusunan SAKIP</span>' in alone
    assert "Belum diberlakukan" in alone
    adopt(office, "penyusunan-sakip")
    adopt(office, "laporan-capaian-kinerja")
    page = client.get(f"/sop/{lkjip.pk}?bagian=identitas").content.decode()
    assert "Setelah SOP ini" in page
    assert "Sebelum SOP ini" in page
    assert "menjadi kelengkapan Langkah 1: Menghimpun dokumen SAKIP" in page
    assert "periode terakhir membuka kasus tahun" in page
    assert "TEMPLAT, perlu disahkan" in client.get("/sop").content.decode()


def test_a_link_to_an_item_that_is_not_there_is_told(office):
    source = shipped()["templat-pembuatan-lkjip"].replace(b"[l1.lkjip]", b"[l1.lama]")
    lkjip = adopt(office, "pembuatan-lkjip", source)
    adopt(office, "penyusunan-sakip")
    [after], _before = links.relations(lkjip)
    assert "l1.lama tidak ada" in after.broken[0]
    finished(office, lkjip, "2024", "lkjip-ttd")
    assert lines(Case.objects.get(cause__isnull=False), "lkjip") == {"": ("belum", [])}


def test_an_unsigned_template_is_marked_whoever_adopts_it(office):
    assert adopt(office, "penyusunan-rkt").mark == "TEMPLAT, perlu disahkan"
    source = shipped()["templat-penyusunan-rkt"].replace(
        b"nomor: null", b"nomor: 065/3/2026"
    )
    assert adopt(office, "penyusunan-rkt", source).mark == ""
    assert adopt_plain(office).mark == ""
