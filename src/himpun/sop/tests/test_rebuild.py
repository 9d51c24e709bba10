"""The source can be printed back, letter for letter, from the file alone."""

import copy
import functools
import operator
import re

import pytest

from himpun.sop.findings import value_at
from himpun.sop.model import Part, Sop, Tanggal, Teks, Waktu
from himpun.sop.reading import read
from himpun.sop.rebuild import rebuild

from .builders import DATA, OTHER_OFFICE, SEED, edited, seed_sop, sop_of

SOURCE = (DATA / "jekulo-teks-sumber.txt").read_text(encoding="utf-8")
ROOMS = (DATA / "peminjaman-ruang.txt").read_text(encoding="utf-8")
MARK = "\N{SECTION SIGN}"
NOT_PRINTED = {"artefak", "butir", "temuan", "operasional"}


def printed_texts(part, path=()):
    """Yield the place of each text, date and time that stands on paper."""
    for name in type(part).model_fields.keys() - NOT_PRINTED:
        value = getattr(part, name)
        places = enumerate(value) if isinstance(value, tuple) else [(None, value)]
        for index, item in places:
            place = (*path, name) if index is None else (*path, name, index)
            if isinstance(item, Teks | Tanggal | Waktu):
                yield place
            elif isinstance(item, Part):
                yield from printed_texts(item, place)


def changed(tree, path, change):
    """Change the source of one text: its `asli`, or all there is of it."""
    whole = copy.deepcopy(tree)
    part = functools.reduce(operator.getitem, path[:-1], whole)
    text = part[path[-1]]
    if isinstance(text, dict):
        key = "asli" if "asli" in text or "jumlah" in text else "teks"
        text[key] = change(text.get(key, "5 menit"))
    elif "tgl_" in str(path[-1]):
        part[path[-1]] = {"nilai": text, "asli": change(text)}
    else:
        part[path[-1]] = change(text)
    return whole


def rebuilt(tree, path, change):
    return rebuild(Sop.model_validate(changed(tree, path, change)))


TREES = {"seed": read(SEED).tree, "rooms": read(OTHER_OFFICE).tree}
PRINTED = {"seed": SOURCE, "rooms": ROOMS}
PLACES = [
    (office, path)
    for office, tree in TREES.items()
    for path in sorted(printed_texts(Sop.model_validate(tree)), key=str)
    if value_at(tree, path) is not None
]


def test_the_seed_is_rebuilt_letter_for_letter():
    assert rebuild(seed_sop()) == SOURCE


def test_name_and_nip_are_put_in_from_outside():
    text = SOURCE.replace("[nama]", "Nama Contoh").replace("[NIP]", "00 11")
    assert rebuild(seed_sop(), name="Nama Contoh", nip="00 11") == text


def test_a_second_sop_of_another_office_is_rebuilt_by_the_same_code():
    assert rebuild(sop_of(OTHER_OFFICE)) == ROOMS


@pytest.mark.parametrize(("office", "path"), PLACES)
def test_each_text_of_the_file_is_printed_once_at_its_own_place(office, path):
    new = rebuilt(TREES[office], path, lambda word: word + MARK)
    assert new.count(MARK) == 1
    assert new.replace(MARK, "") == PRINTED[office]


@pytest.mark.parametrize("office", TREES)
def test_no_two_texts_are_printed_at_the_same_place(office):
    paths = [path for of, path in PLACES if of == office]
    spots = [
        rebuilt(TREES[office], path, lambda word: MARK + word).index(MARK)
        for path in paths
    ]
    assert len(set(spots)) == len(spots) > 40


def test_a_joining_word_is_printed_after_its_sop():
    sop = sop_of(edited("sambung: dan}", "sambung: serta}"))
    assert rebuild(sop) == SOURCE.replace("Kinerja dan SOP", "Kinerja serta SOP")


def test_without_the_texts_of_the_file_only_fixed_words_of_the_form_are_left():
    blank = TREES["seed"]
    for path in (path for office, path in PLACES if office == "seed"):
        blank = changed(blank, path, lambda _: "")
    words = rebuild(Sop.model_validate(blank))
    for mark in ("<[^>]*>", r"\*\*", r"\[\]", "[,1-5]"):
        words = re.sub(mark, " ", words)
    fixed = "Nomor Tgl Pembuatan Disahkan oleh Nama SOP dan [nama] NIP. [NIP]"
    assert words.split() == fixed.split()


def test_an_sop_without_a_signature_block_ends_with_its_table():
    text = SEED[: SEED.index("  pengesahan:")] + "  pengesahan: null\n"
    text += SEED[SEED.index("\nlabel:") :]
    assert rebuild(sop_of(text)) == SOURCE[: SOURCE.index("\nKudus, 2 Maret")]


def test_identity_values_that_are_empty_leave_their_line_empty():
    text = edited("disahkan_oleh: CAMAT JEKULO", "disahkan_oleh: null")
    text = edited(
        "instansi: [PEMERINTAH KABUPATEN KUDUS, KECAMATAN JEKULO]",
        "instansi: null",
        text=text,
    )
    printed = rebuild(sop_of(text))
    assert "\nDisahkan oleh\t\n" in printed
    assert printed.startswith("\n\n\n\n**Jln. Raya")
