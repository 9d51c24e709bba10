"""Pages of a revised SOP: two versions side by side, running cases that move."""

import re

import pytest

from himpun.organization.tests.builders import make_office
from himpun.procedures import actions
from himpun.procedures.models import Case
from himpun.procedures.queries import comparing, migrating
from himpun.procedures.tests.builders import PLAIN, Run, adopt_example, adopt_plain
from himpun.procedures.tests.test_migrating import INSERTED, LONGER, WHY
from himpun.shared.tests.clock import signed_in
from himpun.worktime.periods import read_period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
WAY = {"ke-a1": "a1", "ke-a2": "a2", "ke-a3": "a3"}


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def run(office):
    run = Run(office, version=adopt_plain(office))
    run.do("a1", "pelaksana")
    run.do("a1", "kasubbag", part="paraf")
    return run


def text(answer):
    return " ".join(answer.content.decode().split())


def marks(pages, name):
    return set(
        re.findall(rf'class="beda {name}"[^>]*?data-(\w+="[^"]+")', "".join(pages))
    )


def test_what_differs_is_marked_over_both_forms_and_told_in_words(office):
    old, new = adopt_plain(office), adopt_plain(office, LONGER)
    for address in (f"/sop/{new.pk}/beda/{old.pk}", f"/sop/{old.pk}/beda/{new.pk}"):
        page = text(signed_in(office.pelaksana).get(address))
        assert (
            "Langkah 1. Waktu: &quot;1 hari&quot; menjadi &quot;2 hari&quot;." in page
        )
        assert "1 perubahan pada dokumen" in page
    (first, *_rest) = [
        pair
        for pair in comparing.pairs(old, new.source, new.mark)
        if 'class="beda' in pair.new
    ]
    assert marks([first.new], "baru") == {'sel="waktu"'}
    assert marks([first.old], "lama") == {'sel="waktu"'}


def test_an_added_step_is_marked_with_its_symbol_and_its_arrows(office):
    old, new = adopt_plain(office), adopt_plain(office, INSERTED)
    drawn = [
        pair.new for pair in comparing.pairs(old, new.source, new.mark) if pair.new
    ]
    assert 'langkah="a1b"' in marks(drawn, "baru")
    assert sum(page.count("panah-beda baru") for page in drawn) == 2
    before = [
        pair.old for pair in comparing.pairs(old, new.source, new.mark) if pair.old
    ]
    assert sum(page.count("panah-beda lama") for page in before) == 1


def test_settings_of_the_office_stand_apart(office):
    old = adopt_plain(office)
    source = old.source.replace("hari-kerja\n", "hari-kalender\n")
    new = adopt_plain(office, source.encode())
    page = text(signed_in(office.camat).get(f"/sop/{new.pk}/beda/{old.pk}"))
    assert "Dokumen yang ditandatangani sama." in page
    assert "Tidak mengubah dokumen yang ditandatangani." in page
    assert "Setelan kantor berubah: arti satu hari." in page
    assert 'class="beda ' not in page


def test_only_versions_of_one_sop_are_compared(office):
    one, other = adopt_plain(office), adopt_example(office, "maju")
    client = signed_in(office.camat)
    assert client.get(f"/sop/{one.pk}/beda/{other.pk}").status_code == 404


def test_the_sop_page_leads_to_other_versions_and_waiting_cases(office, run):
    old = run.case.version
    assert "Versi lain" not in text(signed_in(office.kasubbag).get(f"/sop/{old.pk}"))
    new = adopt_plain(office, LONGER)
    page = text(signed_in(office.kasubbag).get(f"/sop/{new.pk}"))
    assert f"/sop/{new.pk}/beda/{old.pk}" in page
    assert f"/sop/{new.pk}/pindah" in page
    page = text(signed_in(office.pelaksana).get(f"/sop/{new.pk}"))
    assert f"/sop/{new.pk}/pindah" not in page


def test_the_dry_run_says_where_each_case_goes_and_changes_nothing(office, run):
    new = adopt_plain(office, INSERTED)
    client = signed_in(office.kasubbag)
    page = text(client.get(f"/sop/{new.pk}/pindah"))
    assert "2. Menelaah konsep surat → 3. Menelaah konsep surat" in page
    assert "2. Memeriksa ejaan" in page
    assert "selesai menurut versi lamanya" in page
    checked = client.post(f"/sop/{new.pk}/pindah", {**WAY, "ke-a2": "", "periksa": ""})
    assert checked.status_code == 200
    assert "tidak mempunyai tujuan di versi baru" in text(checked)
    run.case.refresh_from_db()
    assert run.case.version != new


def test_chosen_cases_move_each_for_itself(office, run):
    earlier = read_period("2023")
    second = actions.start_case(
        run.case.version, earlier, by=office.kasubbag, at=run.now
    )
    new = adopt_plain(office, LONGER)
    sent = {**WAY, "ke-a1": "", "reason": WHY, "pindahkan": ""}
    sent["kasus"] = [run.case.pk, second.pk]
    page = text(signed_in(office.sekcam).post(f"/sop/{new.pk}/pindah", sent))
    assert "Dipindahkan." in page
    assert "Langkah 1 (Menyusun konsep surat) sedang terbuka" in page
    moved = Case.objects.filter(version=new)
    assert [case.pk for case in moved] == [run.case.pk]
    page = text(signed_in(office.pelaksana).get(f"/kasus/{run.case.pk}"))
    assert "Dipindahkan ke SOP versi 2" in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"reason": WHY}, "Centang paling sedikit satu kasus."),
        ({"reason": "ya", "kasus": "case"}, "Tulis alasan"),
        ({"reason": WHY, "kasus": "case", "ke-a1": "z9"}, "Langkah itu tidak ada"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(office, run, sent, words):
    new = adopt_plain(office, LONGER)
    sent = {**WAY, "pindahkan": "", **sent}
    if "kasus" in sent:
        sent["kasus"] = run.case.pk
    answer = signed_in(office.kasubbag).post(f"/sop/{new.pk}/pindah", sent)
    assert answer.status_code == 422
    assert words in text(answer)
    assert sent["reason"] in text(answer)
    run.case.refresh_from_db()
    assert run.case.version != new


def test_only_those_who_decide_move_cases_and_only_to_the_version_in_force(office, run):
    new = adopt_plain(office, LONGER)
    answer = signed_in(office.pelaksana).get(f"/sop/{new.pk}/pindah")
    assert answer.status_code == 403
    assert "Kasubbag, Sekcam, atau Camat" in text(answer)
    answer = signed_in(office.kasubbag).get(f"/sop/{run.case.version_id}/pindah")
    assert answer.status_code == 403
    assert "sudah digantikan" in text(answer)


def test_without_cases_of_other_versions_the_page_says_so(office):
    version = adopt_plain(office)
    page = text(signed_in(office.kasubbag).get(f"/sop/{version.pk}/pindah"))
    assert "Tidak ada kasus menurut versi lain" in page


def test_the_dry_run_asks_the_same_for_many_cases(
    office, run, django_assert_max_num_queries
):
    new = adopt_plain(office, LONGER)
    cases = migrating.waiting(new)
    with django_assert_max_num_queries(3):
        migrating.outlooks(cases * 3, new, migrating.proposed(cases[0], new))


def test_a_signed_case_is_not_offered(office):
    source = PLAIN.read_text().replace(
        "konsep: {", "konsep: {tanda_tangan: pelaksana, "
    )
    run = Run(office, version=adopt_plain(office, source.encode()))
    run.do("a1", "pelaksana")
    new = adopt_plain(office)
    page = text(signed_in(office.kasubbag).get(f"/sop/{new.pk}/pindah"))
    assert "sudah memuat kertas bertanda tangan" in page
    assert "Pindahkan Tahun 2024" not in page
