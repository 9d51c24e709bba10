"""A Renstra, the RKT of a year and the IKU, filled in as a planner does."""

from datetime import date

import pytest

from himpun.organization.tests.builders import WHEN
from himpun.planning import actions, queries
from himpun.planning.models import AnnualPlan, IndicatorSet, RenstraVersion
from himpun.planning.rules import RenstraPlan, Stage
from himpun.planning.tests.builders import promise
from himpun.planning.tests.plan_builders import (
    by_kasubbag,
    plan,
    programme,
    promising_office,
)
from himpun.shared import clock

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def office():
    clock.start_at(WHEN)
    return promising_office()


@pytest.fixture
def page(client, office):
    client.force_login(office.kasubbag, BACKEND)
    return client


@pytest.fixture
def draft(office):
    """A perubahan, begun as a copy of what is in force."""
    first = RenstraVersion.objects.get()
    return actions.start_change(first, "contoh dua", **by_kasubbag(office)).row


def text(response):
    return response.content.decode()


def said_by(version):
    return queries.plan_of(queries.tree_of(version))


def sealed(page, address, **typed):
    """Return what the form at an address sends with these fields typed."""
    form = page.get(address).context["form"]
    return {"seal": form["seal"].value(), **typed}


def test_a_renstra_is_begun_with_its_first_tujuan_and_sasaran(page):
    address = "/rencana/susun?tahun=2030"
    typed = {
        **{"first_year": "2030", "last_year": "2034", "origin": "Perbup (contoh)"},
        **{"goal_code": "T1", "goal_text": "Warga terlayani"},
        **{"outcome_code": "S1", "outcome_text": ""},
    }
    wrong = page.post(address, typed)
    assert wrong.status_code == 422
    assert "Warga terlayani" in text(wrong)
    done = page.post(address, {**typed, "outcome_text": "Antre pendek"}, follow=True)
    assert "Antre pendek" in text(done)
    assert "Sasaran S1 belum mempunyai indikator." in text(done)
    again = page.post(address, {**typed, "outcome_text": "Lain"})
    assert "2030-2034 sudah ada" in text(again)


def test_a_perubahan_begins_with_a_button_and_goes_on_from_there(page):
    first = RenstraVersion.objects.get()
    assert f"/rencana/susun/{first.pk}/perubahan" in text(page.get("/rencana"))
    address = f"/rencana/susun/{first.pk}/perubahan"
    shown = page.post(address, {"origin": "Perbup dua (contoh)"}, follow=True)
    assert "Meningkatnya kinerja wilayah" in text(shown)
    assert "Lanjutkan konsep perubahan" in text(page.get("/rencana"))
    refused = page.post(address, {"origin": "Perbup tiga (contoh)"})
    assert "Konsep perubahan sudah ada" in text(refused)
    assert "Perbup tiga (contoh)" in text(refused)


def test_a_tujuan_is_added_and_an_indicator_moves_to_it(page, draft):
    address = f"/rencana/susun/{draft.pk}/tujuan"
    assert "kini pada Sasaran S1" in text(page.get(address))
    typed = {"code": "T2", "text": "Warga sejahtera", "place": "1", "indicators": ["S"]}
    done = page.post(address, sealed(page, address, **typed))
    assert done["Location"] == f"/rencana/susun/{draft.pk}#tujuan-t2"
    plan = said_by(draft)
    assert [goal.code for goal in plan.goals] == ["T2", "T1"]
    assert plan.goals[0].indicators == ("S",)
    assert plan.outcomes[0].indicators == ()


def test_a_sasaran_is_changed_under_another_code(page, draft):
    address = f"/rencana/susun/{draft.pk}/sasaran?kode=S1"
    typed = {"goal": "T1", "code": "S9", "text": "Lebih baik", "place": "2"}
    page.post(address, sealed(page, address, **typed, indicators=["S"]))
    plan = said_by(draft)
    assert [one.code for one in plan.outcomes] == ["S2", "S9"]
    assert plan.programmes[0].outcome == "S9"
    assert page.get(address).status_code == 404


def test_a_programme_has_its_sasaran_result_and_money_of_each_year(page, office, draft):
    pk = programme(office, "7.01.02").pk
    address = f"/rencana/susun/{draft.pk}/program?kode={pk}"
    typed = {"programme": pk, "outcome": "S1", "result": "Terlayani", "place": "1"}
    money = {"pagu-2025": "2,5 juta", "pagu-2026": "2.500.000"}
    wrong = page.post(address, sealed(page, address, **typed, **money))
    assert wrong.status_code == 422
    assert 'value="2,5 juta"' in text(wrong)
    assert 'id="id_pagu-2025_error"' in text(wrong)
    page.post(address, sealed(page, address, **typed, **{**money, "pagu-2025": "0"}))
    first = said_by(draft).programmes[0]
    assert (first.programme, first.outcome, first.result) == (pk, "S1", "Terlayani")
    assert first.funding == ((2025, 0), (2026, 2_500_000))


def test_a_sasaran_below_a_programme_is_refused_at_its_field(page, office, draft):
    activity = programme(office, "7.01.01.2.06").pk
    address = f"/rencana/susun/{draft.pk}/program?kode={activity}"
    typed = {"programme": activity, "outcome": "S1", "place": "2"}
    refused = page.post(address, sealed(page, address, **typed))
    assert refused.status_code == 422
    assert "mengikuti programnya" in str(refused.context["form"]["outcome"].errors)


def test_a_part_is_taken_away_unless_something_hangs_on_it(page, draft):
    address = f"/rencana/susun/{draft.pk}/sasaran?kode=S2"
    sent = sealed(page, address, tindakan="hapus")
    refused = page.post(address, sent, follow=True)
    assert "S2 masih didukung program" in text(refused)
    pk = said_by(draft).programmes[2].programme
    other = f"/rencana/susun/{draft.pk}/program?kode={pk}"
    page.post(other, sealed(page, other, tindakan="hapus"))
    page.post(address, sealed(page, address, tindakan="hapus"))
    assert [one.code for one in said_by(draft).outcomes] == ["S1"]


def test_two_who_change_a_draft_do_not_overwrite_each_other(page, draft):
    mine = f"/rencana/susun/{draft.pk}/sasaran?kode=S1"
    theirs = f"/rencana/susun/{draft.pk}/sasaran?kode=S2"
    typed = {"goal": "T1", "code": "S1", "text": "Bunyi saya", "place": "1"}
    sent = sealed(page, mine, **typed, indicators=["S"])
    other = {"goal": "T1", "code": "S2", "text": "Bunyi rekan", "place": "2"}
    page.post(theirs, sealed(page, theirs, **other))
    late = page.post(mine, sent)
    assert late.status_code == 409
    assert "baru saja diubah orang lain" in text(late)
    assert "Sekarang berbunyi: Meningkatnya kualitas pelayanan" in text(late)
    assert "Bunyi saya" in text(late)
    page.post(mine, {**sent, "seal": late.context["form"]["seal"].value()})
    assert [one.text for one in said_by(draft).outcomes] == [
        "Bunyi saya",
        "Bunyi rekan",
    ]


def test_years_and_origin_of_a_first_draft_are_changed(page, office):
    document = plan(office, text="x")
    moved = actions.start_renstra(
        office.unit,
        RenstraPlan(2030, 2034, Stage.ORIGINAL, "asal", document.goals),
        **by_kasubbag(office),
    ).row
    address = f"/rencana/susun/{moved.pk}/pokok"
    typed = {"first_year": "2031", "last_year": "2035", "origin": "asal lain"}
    page.post(address, sealed(page, address, **typed))
    now = said_by(RenstraVersion.objects.get(pk=moved.pk))
    assert (now.first_year, now.last_year, now.origin) == (2031, 2035, "asal lain")


def test_a_draft_is_thrown_away(page, draft):
    shown = page.get(f"/rencana/susun/{draft.pk}")
    address = f"/rencana/susun/{draft.pk}/buang"
    seal = shown.context["draft"].seal
    page.post(address, {"seal": "lain"})
    assert RenstraVersion.objects.count() == 2
    assert "Konsep dibuang" in text(page.post(address, {"seal": seal}, follow=True))
    assert RenstraVersion.objects.count() == 1


def test_what_a_perubahan_changes_is_shown_before_it_comes_into_force(
    page, office, draft
):
    promise(office, office.unit.indicators.get(code="S").versions.get(), "2026", "99")
    address = f"/rencana/susun/{draft.pk}/berlakukan"
    said = text(page.get(address))
    assert "Target Indikator S tahun 2026 diubah dari 92,00 menjadi 99,00." in said
    sent = sealed(page, address, since="2025-06-01", decision="Perbup 2 (contoh)")
    unread = page.post(address, sent)
    assert unread.status_code == 422
    assert 'value="Perbup 2 (contoh)"' in text(unread)
    promise(office, office.unit.indicators.get(code="S").versions.get(), "2026", "98")
    late = page.post(address, {**sent, "read": "on"})
    assert late.status_code == 409
    assert "menjadi 98,00" in text(late)
    seal = late.context["form"]["seal"].value()
    page.post(address, {**sent, "read": "on", "seal": seal})
    draft.refresh_from_db()
    assert (draft.since, draft.decision) == (date(2025, 6, 1), "Perbup 2 (contoh)")
    closed = page.get(f"/rencana/susun/{draft.pk}", follow=True)
    assert "sudah berlaku dan tidak diubah lagi" in text(closed)


def test_who_may_not_plan_reads_without_a_way_to_change(client, office, draft):
    client.force_login(office.pelaksana, BACKEND)
    said = text(client.get("/rencana?versi=2"))
    assert "contoh dua" in said
    assert "/rencana/susun" not in said


# RKT and IKU


def test_the_rkt_is_proposed_from_the_renstra_and_kept_in_versions(page, office):
    address = "/rencana/rkt?tahun=2025"
    form = page.get(address).context["form"]
    assert form["indicators"].value() == ["T", "S", "P"]
    first, second = (programme(office, code).pk for code in ("7.01.01", "7.01.02"))
    assert form["programmes"].value() == [str(first), str(second)]
    sent = {"indicators": ["T", "S"], "programmes": [first], "origin": "Renja"}
    none = page.post(address, {**sent, "indicators": [], "number": "0"})
    assert none.status_code == 422
    assert 'value="Renja"' in text(none)
    said = text(page.post(address, {**sent, "number": "0"}, follow=True))
    assert "RKT disimpan sebagai versi 1." in said
    assert "konsep.pdf" in said
    stale = page.post(address, {**sent, "indicators": ["S"], "number": "0"})
    assert "orang lain sudah menyimpan" in text(stale)
    same = page.post(address, {**sent, "number": "1"}, follow=True)
    assert "Tidak ada yang berubah." in text(same)
    page.post(address, {**sent, "indicators": ["S"], "number": "1"})
    assert [row.number for row in AnnualPlan.objects.all()] == [2, 1]


def test_an_indicator_without_a_target_is_named_beside_the_rkt(page):
    said = text(page.get("/rencana/rkt?tahun=2027"))
    assert "belum ada target tahun 2027" in said
    assert "Indikator S" in said


def test_the_iku_are_chosen_with_the_decision_that_sets_them(page, office):
    form = page.get("/rencana/iku").context["form"]
    assert form["indicators"].value() == ["S", "T"]
    sent = {"decided_on": "2025-01-02", "since": "2025-01-02", "indicators": ["S"]}
    wrong = page.post("/rencana/iku", {**sent, "number": "0"})
    assert "Isi nomor keputusannya." in text(wrong)
    sent["decision"] = "Keputusan 188/7 (contoh)"
    said = text(page.post("/rencana/iku", {**sent, "number": "0"}, follow=True))
    assert "Penetapan IKU disimpan." in said
    assert "Keputusan 188/7 (contoh)" in said
    late = page.post("/rencana/iku", {**sent, "number": "1", "indicators": ["T"]})
    assert "Tulis tanggal sesudahnya" in text(late)
    assert IndicatorSet.objects.count() == 1
