"""Four people carry the yearly case 2024 of Kecamatan Muncar, with its real figures."""

import json
import re
import subprocess

import pytest

from tests.journeys.carrying import Carry

pytestmark = pytest.mark.journey
RETURNED, WRONG = "Nilai SAKIP Kecamatan", "83,22"
MEAN = "106,6"


@pytest.fixture(scope="module")
def told(january, people_of, tmp_path_factory):
    people = people_of(january, "muncar")
    carry = Carry(people, "Tahun 2024", "muncar_2024.csv")
    carry.start()
    carry.attach()
    carry.propose()
    carry.close_first()
    carry.name_team()
    carry.evaluate()
    carry.close_second()
    carry.request()
    carry.paste()
    carry.mistype(RETURNED, WRONG)
    carry.prove()
    carry.submit()
    carry.give_back(RETURNED, "Surat hasil evaluasi menyebut 82,32.")
    carry.correct(RETURNED)
    carry.accept()
    carry.make_papers()
    carry.close_third()
    carry.sign_as_example(MEAN)
    carry.deliver()
    carry.receive()
    carry.take_note()
    return carry


def test_x(told):
    pass
