"""An office's own SOP, page by page: from its Word file to the end of a case."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from himpun.config.tests import forms
from himpun.organization.tests.builders import make_office
from himpun.procedures.models import Case, Draft
from himpun.procedures.tests.browsing import Inputs
from himpun.procedures.tests.conftest import morning
from himpun.shared.tests.clock import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
MARK = "contoh, dilengkapi: pelaksana"
DOES = {
    "sekretaris-skpd": "sekcam",
    "tim": "pelaksana",
    "bidang-bidang": "kasi",
    "bagian-organisasi": "kasubbag2",
    "kepala-skpd": "camat",
}
"""Actor of 03 -> who of the office he is."""
STEPS = (
    *("sekretaris-skpd", "tim", "bidang-bidang", "tim", "tim"),
    *("bagian-organisasi", "tim", "tim"),
)
__all__ = ["morning"]


def text(answer):
    return html.unescape(answer.content.decode())


def test_03_is_read_completed_adopted_and_carried_to_its_end():
    office = make_office()
    writer = signed_in(office.kasubbag)
    file = SimpleUploadedFile("sop-03.docx", forms.as_docx(forms.other_office("03")))
    sent = {"way": "berkas", "office": office.unit.pk, "file": file}
    assert "Masih kurang 8 hal" in text(writer.post("/sop/draf", sent, follow=True))
    address = f"/sop/draf/{Draft.objects.get().pk}"
    for number, actor in enumerate(STEPS, 1):
        step = f"{address}?bagian=langkah&langkah=l{number}"
        typed = Inputs(writer.get(step).content.decode()).sent
        answer = writer.post(step, {**typed, "penanggung_jawab": actor})
        assert answer.status_code == 302
    page = text(writer.get(f"{address}/berlakukan"))
    seats = {f"jabatan-{a}": office.position[who].pk for a, who in DOES.items()}
    seen = re.search(r'terlihat" value="(.*?)"', page)[1]
    sent = {"terlihat": seen, "tanda": MARK, **seats}
    assert MARK in text(writer.post(f"{address}/berlakukan", sent, follow=True))
    version = Draft.objects.get().version
    writer.post("/kasus/mulai", {"version": version.pk, "period": "2024"})
    case = Case.objects.get()
    for actor in STEPS:
        worker = signed_in(getattr(office, DOES[actor]))
        task = case.tasks.get(done_at=None)
        for item in case.items.filter(step=task.step):
            file = SimpleUploadedFile("contoh.csv", b"contoh,1\n")
            worker.post(f"/butir/{item.pk}/lampirkan", {"file": file})
        worker.post(f"/tugas/{task.pk}/selesai")
    case.refresh_from_db()
    assert case.state == "selesai"
    assert Draft.objects.get().state == "diberlakukan"
