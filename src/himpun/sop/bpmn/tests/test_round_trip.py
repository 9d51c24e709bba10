"""An SOP written as BPMN comes back as it was, also where a program has stored it again."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from lxml import etree

from himpun.sop.bpmn import opened, read_own, write
from himpun.sop.bpmn.names import SOP, bpmn
from himpun.sop.document import fingerprint
from himpun.sop.shipped import shipped
from himpun.sop.tests.builders import (
    OTHER_OFFICE,
    edited,
    seed_sop,
    sop_of,
    source_of,
    step,
)
from himpun.sop.tests.random_sops import random_sops
from himpun.sop.writing import as_yaml, tree_of

PROFILES = ("dokumen", "jalan")
LAW = settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def holds(sop):
    """The YAML comes back the same, through both profiles, with the same fingerprint."""
    for profile in PROFILES:
        back = read_own(opened(write(sop, profile)))
        assert back == sop
        assert fingerprint(back) == fingerprint(sop)
        again = sop_of(as_yaml(tree_of(back)))
        assert again == sop
        assert fingerprint(again) == fingerprint(sop)


@LAW
@given(random_sops())
@example(seed_sop())
@example(sop_of(OTHER_OFFICE))
def test_from_yaml_to_bpmn_and_back_nothing_changes(sop):
    holds(sop)


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_sop_comes_back_with_its_links(name):
    holds(sop_of(shipped()[name]))


@pytest.mark.parametrize("profile", PROFILES)
def test_the_same_sop_gives_the_same_bytes(profile):
    assert write(seed_sop(), profile) == write(seed_sop(), profile)


def test_a_document_shows_what_was_signed_and_no_setting_of_the_office():
    plain = write(seed_sop(), "dokumen")
    changed = sop_of(edited("dari: l4, ke: l3", "dari: l4, ke: l2"))
    assert shown(plain) == shown(write(changed, "dokumen"))
    assert shown(write(seed_sop(), "jalan")) != shown(write(changed, "jalan"))


def shown(data):
    """Return the file without the extension elements."""
    root = opened(data)
    for extension in [*root.iter(bpmn("extensionElements"))]:
        extension.getparent().remove(extension)
    return etree.tostring(root)


def changed(change, profile="jalan"):
    root = opened(write(seed_sop(), profile))
    change(root)
    return read_own(opened(etree.tostring(root)))


def found(root, identity):
    (element,) = root.xpath("//*[@id=$id]", id=identity)
    return element


def test_stored_again_in_another_layout_it_is_still_the_same_sop():
    root = opened(write(seed_sop(), "jalan"))
    process = root.find(bpmn("process"))
    for element in [*process.findall(bpmn("sequenceFlow"))]:
        process.insert(1, element)
    for diagram in root.xpath("//*[local-name()='BPMNDiagram']"):
        root.remove(diagram)
    assert read_own(opened(etree.tostring(root, encoding="UTF-16"))) == seed_sop()


def test_a_task_renamed_or_moved_to_another_lane_counts_as_drawn():
    sop = changed(
        lambda root: found(root, "langkah.l4").set("name", "Menandatangani"), "dokumen"
    )
    assert sop.langkah[3].kegiatan.teks == "Menandatangani"
    assert fingerprint(sop) != fingerprint(seed_sop())

    def move(root):
        for reference in root.iter(bpmn("flowNodeRef")):
            if reference.text == "langkah.l4":
                found(root, "pelaksana.sekcam").append(reference)

    assert changed(move, "dokumen").langkah[3].penanggung_jawab == "sekcam"


@pytest.mark.parametrize(
    "damage",
    [
        lambda root: found(root, "alur.3").getparent().remove(found(root, "alur.3")),
        lambda root: found(root, "langkah.l2").set("id", "langkah.lain"),
        lambda root: found(root, "alur.4").set("targetRef", "entah"),
        lambda root: found(root, "kolam").set("name", "SOP lain"),
        lambda root: found(root, "langkah.l4.kembali").set("name", "Ya?"),
        lambda root: found(root, "langkah.l5.selesai").set("id", "x"),
        lambda root: (
            root.append(etree.fromstring(f'<x xmlns="{SOP}"/>'))
            or found(root, "proses").append(etree.Element(bpmn("task"), id="baru"))
        ),
        lambda root: root.append(etree.Element(bpmn("process"), id="kedua")),
        lambda root: [e.set("jenis", "entah") for e in root.iter(f"{{{SOP}}}sop")],
        lambda root: [e.set("angka", "1e9999") for e in root.iter(f"{{{SOP}}}nomor")],
        lambda root: [e.set("profil", "lain") for e in root.iter(f"{{{SOP}}}sop")],
    ],
)
def test_a_file_that_says_other_than_an_sop_can_is_not_taken_for_ours(damage):
    assert changed(damage) is None


def test_the_longest_form_is_written_and_read():
    steps = [step(f"l{n}", [f"l{n + 1}"]) for n in range(200)]
    steps[0]["jenis"] = "mulai"
    steps[-1] |= {"jenis": "selesai", "berikut": []}
    holds(sop_of(source_of(steps)))
