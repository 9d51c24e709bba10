"""A sentence keeps its parts on every way from a library to a page."""

import copy
import json
import pickle

import pytest
from django.utils.translation import override

from himpun.shared.http import sentence
from himpun.shared.refusals import Refusal
from himpun.wording import Sentence, joined, opened, say, shown


def marked(text):
    return f"[{text}]"


def test_a_sentence_is_its_indonesian_text():
    assert say("Baris %(n)s salah.", n=3) == "Baris 3 salah."
    assert json.dumps(say("Baris %(n)s salah.", n=3)) == '"Baris 3 salah."'


def test_without_values_a_percent_sign_is_a_percent_sign():
    said = say("Capaian 100% sah.")
    assert said == "Capaian 100% sah."
    assert shown(said, marked) == "[Capaian 100% sah.]"


def test_the_text_is_translated_before_its_places_are_filled():
    said = say("Baris %(n)s: %(what)s", n=3, what=say("kosong"))
    assert shown(said, marked) == "[Baris 3: [kosong]]"
    other = {"Baris %(n)s: %(what)s": "%(what)s, line %(n)s", "kosong": "empty"}
    assert shown(said, other.get) == "empty, line 3"


def test_what_is_not_a_sentence_is_shown_as_it_is():
    assert shown("Desa Sukamaju", marked) == "Desa Sukamaju"
    assert shown(3, marked) == 3


@pytest.mark.parametrize(
    "handed_on",
    [str, copy.deepcopy, lambda s: pickle.loads(pickle.dumps(s)), say],
)
@pytest.mark.parametrize(
    "said",
    [
        say("Baris %(n)s: %(what)s", n=3, what=say("kosong")),
        joined([say("satu"), "dua"], "; "),
        opened(say("%(what)s kosong", what=say("baris"))),
    ],
)
def test_a_sentence_handed_on_keeps_its_parts(handed_on, said):
    assert handed_on(said) == said
    assert shown(handed_on(said), marked) == shown(said, marked) != said


def test_the_message_of_an_error_keeps_its_parts():
    wrong = ValueError(say("Baris %(n)s salah.", n=3))
    assert shown(str(wrong), marked) == "[Baris 3 salah.]"


def test_values_can_be_filled_in_later():
    said = say(say("%(a)s dan %(b)s", a=1, b="?"), b=2)
    assert (said, said.values) == ("1 dan 2", {"a": 1, "b": 2})


def test_joined_words_are_translated_one_by_one():
    assert joined([say("satu"), "100%", say("tiga")], " % ") == "satu % 100% % tiga"
    assert shown(joined([say("satu"), "dua"], ", "), marked) == "[satu], dua"
    assert joined([], ", ") == "" == shown(joined([], ", "), marked)


def test_an_opened_sentence_begins_with_a_capital_in_every_language():
    said = opened(say("%(where)s salah.", where=say("baris")))
    assert said == "Baris salah."
    assert shown(
        said, {"baris": "line", "%(where)s salah.": "%(where)s wrong."}.get
    ) == ("Line wrong.")
    assert opened("") == ""


def test_a_refusal_keeps_a_sentence_of_a_library_and_fills_its_own():
    handed_on = Refusal(str(ValueError(say("Baris %(n)s salah.", n=3))))
    assert isinstance(handed_on.sentence, Sentence)
    assert shown(handed_on.sentence, marked) == "[Baris 3 salah.]"
    own = Refusal(say("%(name)s kosong."), name="Aksi")
    assert str(own) == "Aksi kosong."
    assert shown(own.sentence, marked) == "[Aksi kosong.]"


def test_a_refusal_is_shown_in_the_source_language_without_a_catalogue():
    with override("en"):
        assert sentence(Refusal(say("%(name)s kosong."), name="Aksi")) == "Aksi kosong."
