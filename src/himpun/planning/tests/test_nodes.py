"""Building a pohon kinerja, and its pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from himpun.ledger import queries as ledger
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning import actions, queries
from himpun.planning.actions import Condition
from himpun.planning.models import PerformanceNode
from himpun.planning.rules import NodeLevel
from himpun.planning.tests.builders import define
from himpun.shared import clock
from himpun.shared.refusals import Conflict, Refusal

pytestmark = pytest.mark.django_db
ULTIMATE, INTERMEDIATE, _IMMEDIATE, OUTPUT = NodeLevel


def add(office, condition="Layanan makin baik", level=ULTIMATE, **more):
    return actions.add_node(
        office.unit, Condition(level, condition, **more), by=office.kasubbag, at=WHEN
    )


def change(office, node, condition="Layanan cepat", level=INTERMEDIATE, **more):
    version = more.pop("row_version", node.row_version)
    who = more.pop("by", office.kasubbag)
    actions.change_node(
        node,
        Condition(level, condition, **more),
        row_version=version,
        by=who,
        at=WHEN,
    )
    node.refresh_from_db()


def remove(office, node):
    actions.remove_node(node, row_version=node.row_version, by=office.kasubbag, at=WHEN)


def read(office):
    return queries.node_tree(office.unit, WHEN.date())


def events(office):
    return [
        event
        for event in ledger.events_of(actions.stream_of(office.unit.pk))
        if event.type.startswith("node.")
    ]


def test_a_tree_is_built_moved_and_taken_apart_and_each_act_is_recorded():
    office = make_office()
    indicator = define(office, name="Indeks Kepuasan Masyarakat").indicator
    top = add(office, indicators=[indicator], position=office.position["camat"])
    low = add(office, "Loket dibuka", OUTPUT, parent=top, proposed="Jumlah loket")
    change(office, low, level=OUTPUT, crosscutting=True, partner="Dinas Contoh")
    tree = read(office)
    assert [(x.depth, x.node.condition) for x in tree.lines] == [
        (0, "Layanan makin baik"),
        (0, "Layanan cepat"),
    ]
    assert tree.lines[0].node.indicators == ("Indeks Kepuasan Masyarakat",)
    assert tree.lines[1].node.partner == "Dinas Contoh"
    assert len(tree.sheets) == 2
    remove(office, low)
    remove(office, low)
    assert [event.type for event in events(office)] == [
        *("node.added", "node.added", "node.changed", "node.removed")
    ]
    data = ledger.data_of(events(office)[0])
    assert data["indicators"] == [indicator.pk]
    assert data["position"] == office.position["camat"].pk


def test_words_of_a_condition_stay_out_of_the_event():
    office = make_office()
    add(office, "Kata rahasia", partner="rahasia", proposed="rahasia", origin="rahasia")
    [event] = events(office)
    assert b"rahasia" not in bytes(event.body)


def test_only_who_plans_changes_the_tree():
    office = make_office()
    node = add(office)
    for who in (office.pelaksana, office.camat):
        with pytest.raises(Refusal, match="pohon kinerja diubah oleh Kasubbag"):
            actions.add_node(office.unit, Condition(ULTIMATE, "X"), by=who, at=WHEN)
        with pytest.raises(Refusal, match="diubah oleh Kasubbag"):
            change(office, node, by=who)
        with pytest.raises(Refusal, match="diubah oleh Kasubbag"):
            actions.remove_node(node, row_version=0, by=who, at=WHEN)
    assert len(events(office)) == 1


def test_nothing_of_another_office_hangs_in_a_tree():
    office, other = make_office(), make_office("Kecamatan Lain")
    theirs = {
        "parent": add(other),
        "indicators": [define(other).indicator],
        "position": other.position["camat"],
    }
    for name, value in theirs.items():
        with pytest.raises(Refusal, match="milik kantor lain") as caught:
            add(office, **{name: value})
        assert caught.value.field == name
    assert not events(office)


def test_a_condition_without_words_and_a_circle_are_refused():
    office = make_office()
    with pytest.raises(Refusal, match="Tulis kondisi"):
        add(office, "  ")
    top = add(office)
    low = add(office, "Loket dibuka", OUTPUT, parent=top)
    with pytest.raises(Refusal, match="penyebab dirinya sendiri"):
        change(office, top, parent=low)


def test_a_condition_with_causes_is_not_removed_and_a_stale_one_not_overwritten():
    office = make_office()
    top = add(office)
    low = add(office, "Loket dibuka", OUTPUT, parent=top)
    with pytest.raises(Refusal, match="masih mempunyai penyebab"):
        remove(office, top)
    change(office, low, "Loket ditambah", OUTPUT, parent=top)
    for act in (
        lambda: change(office, low, "Loket ditutup", row_version=0),
        lambda: actions.remove_node(low, row_version=0, by=office.kasubbag, at=WHEN),
    ):
        with pytest.raises(Conflict, match="sekarang berbunyi: Loket ditambah"):
            act()


# Pages


def enter(client, person):
    clock.start_at(WHEN)
    client.force_login(person)
    return client


def form(**changes):
    sent = {"condition": "Loket dibuka", "level": OUTPUT.value, "order": "1"}
    return {**sent, "parent": "", "position": "", **changes}


def test_the_tree_is_shown_drawn_and_as_a_table_with_the_same_queries(client):
    office = make_office()
    top = add(office, indicators=[define(office, name="Indeks Kepuasan").indicator])
    add(office, "Loket dibuka", OUTPUT, parent=top)
    enter(client, office.camat)
    page = reverse("planning:nodes")
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        first = client.get(page).content.decode()
    assert first.count("Layanan makin baik") >= 3
    assert first.count("Indeks Kepuasan") >= 2
    assert "Belum ada jabatan yang bertanggung jawab" in first
    assert "Tambah kondisi" not in first
    for n in range(6):
        indicator = define(office, f"X-{n}").indicator
        add(office, f"Output {n}", OUTPUT, parent=top, indicators=[indicator])
    with CaptureQueriesContext(connection) as many:
        assert "Output 5" in client.get(page).content.decode()
    assert len(many) == len(few)


def test_a_condition_is_added_changed_and_removed_by_plain_forms(client):
    office = make_office()
    top = add(office)
    enter(client, office.kasubbag)
    adding = reverse("planning:add-node", args=[office.unit.pk])
    proposed = client.get(adding, {"induk": top.pk}).content.decode()
    assert f'value="{top.pk}" selected' in proposed
    assert f'value="{INTERMEDIATE.value}" selected' in proposed
    wrong = client.post(adding, form(condition="", partner="Dinas  Contoh"))
    assert wrong.status_code == 422
    assert "Dinas  Contoh" in wrong.content.decode()
    assert client.post(adding, form(parent=top.pk)).status_code == 302
    node = PerformanceNode.objects.get(parent=top)
    page = reverse("planning:node", args=[node.pk])
    shown = client.get(page).content.decode()
    assert ">Loket dibuka</option>" not in shown  # it is no cause of itself
    assert f'<option value="{top.pk}" selected>Layanan makin baik' in shown
    sent = form(proposed=" Jumlah loket \n\n Lama antre", row_version="0")
    assert client.post(page, sent).status_code == 302
    node.refresh_from_db()
    assert (node.parent, node.proposed) == (None, "Jumlah loket\nLama antre")
    removing = reverse("planning:remove-node", args=[node.pk])
    assert client.post(removing, {"row_version": node.row_version}).status_code == 302
    assert list(PerformanceNode.objects.all()) == [top]


def test_a_form_of_somebody_slower_keeps_its_words_and_may_be_saved_again(client):
    office = make_office()
    node = add(office)
    change(office, node, "Layanan tanpa antre", ULTIMATE)
    enter(client, office.kasubbag)
    page = reverse("planning:node", args=[node.pk])
    stale = form(condition="Layanan ramah", level=ULTIMATE.value, row_version="0")
    answer = client.post(page, stale)
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "Layanan tanpa antre" in words
    assert "Layanan ramah" in words
    again = {**stale, "row_version": node.row_version}
    assert f'name="row_version" value="{node.row_version}"' in words
    assert client.post(page, again).status_code == 302


def test_who_may_not_change_the_tree_is_told_and_strangers_find_nothing(client):
    office, other = make_office(), make_office("Kecamatan Lain")
    node = add(office)
    page = reverse("planning:node", args=[node.pk])
    assert enter(client, office.pelaksana).get(page).status_code == 403
    assert enter(client, other.kasubbag).get(page).status_code == 404
    tree = reverse("planning:nodes")
    assert client.get(tree, {"unit": office.unit.pk}).status_code == 404
    assert "belum disusun" in client.get(tree).content.decode()
