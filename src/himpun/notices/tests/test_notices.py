"""Notices on the bell: one's own only, read once."""

from datetime import timedelta

import pytest

from himpun.notices import actions, queries
from himpun.notices.models import Notice
from himpun.organization import queries as organization
from himpun.organization.tests.builders import WHEN, make_office
from himpun.shared.tests.clock import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def office():
    return make_office()


def tell(office, *people, about="", at=WHEN, text="Mohon dikerjakan <b>segera</b>"):
    return actions.notify(
        [p.pk for p in people],
        unit=office.unit,
        text=text,
        link="/kasus",
        about=about,
        by=organization.own_role(office.kasubbag, WHEN),
        at=at,
    )


def test_everybody_told_has_it_on_the_bell_and_the_sender_has_not(office):
    assert tell(office, office.pelaksana, office.camat, office.kasubbag) == 2
    assert queries.unread(office.pelaksana) == 1
    assert queries.unread(office.kasubbag) == 0


def test_a_notice_never_leads_to_another_server(office):
    with pytest.raises(ValueError, match="pages of this product"):
        actions.notify(
            [office.camat.pk],
            unit=office.unit,
            text="x",
            link="//lain.example",
            by=organization.own_role(office.kasubbag, WHEN),
            at=WHEN,
        )


def test_the_page_shows_ones_own_notices_escaped(office):
    tell(office, office.pelaksana)
    page = signed_in(office.pelaksana).get("/pemberitahuan").content.decode()
    assert "Mohon dikerjakan &lt;b&gt;segera&lt;/b&gt;" in page
    assert "Mohon" not in signed_in(office.camat).get("/pemberitahuan").content.decode()


def test_opening_a_notice_marks_it_read_and_goes_to_its_page(office):
    tell(office, office.pelaksana)
    notice = Notice.objects.get()
    answer = signed_in(office.pelaksana).post(f"/pemberitahuan/{notice.pk}/baca")
    assert answer.url == "/kasus"
    assert queries.unread(office.pelaksana) == 0


def test_nobody_reads_the_notice_of_another(office):
    tell(office, office.pelaksana)
    notice = Notice.objects.get()
    answer = signed_in(office.camat).post(f"/pemberitahuan/{notice.pk}/baca")
    assert answer.status_code == 404
    assert queries.unread(office.pelaksana) == 1


def test_all_can_be_marked_at_once_and_only_ones_own(office):
    tell(office, office.pelaksana, office.camat)
    signed_in(office.pelaksana).post("/pemberitahuan/baca-semua")
    assert queries.unread(office.pelaksana) == 0
    assert queries.unread(office.camat) == 1


def test_a_link_does_not_mark_anything(office):
    client = signed_in(office.pelaksana)
    assert client.get("/pemberitahuan/baca-semua").status_code == 405


def test_one_asking_of_several_people_counts_once(office):
    tell(office, office.pelaksana, office.pelaksana2, about="task:7")
    tell(office, office.pelaksana, about="task:7", at=WHEN + timedelta(hours=1))
    assert queries.times_asked(["task:7", "task:8"]) == {"task:7": 2}


def test_the_list_costs_the_same_for_one_and_for_many(
    office, django_assert_max_num_queries
):
    client = signed_in(office.pelaksana)
    client.get("/pemberitahuan")
    tell(office, office.pelaksana)
    with django_assert_max_num_queries(60) as one:
        client.get("/pemberitahuan")
    for n in range(30):
        tell(office, office.pelaksana, at=WHEN + timedelta(minutes=n))
    with django_assert_max_num_queries(len(one)):
        client.get("/pemberitahuan")


def test_an_empty_bell_says_so(office):
    page = signed_in(office.pelaksana).get("/pemberitahuan").content.decode()
    assert "Belum ada pemberitahuan" in page


def test_strangers_are_sent_to_sign_in(client):
    assert client.get("/pemberitahuan").url.startswith("/masuk")
