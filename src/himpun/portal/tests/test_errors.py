"""What a person reads when something went wrong."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import path

from himpun.organization.tests.builders import make_office
from himpun.portal import views
from himpun.shared.tests.clock import signed_in


def test_a_page_that_is_not_there_is_told_in_words(client, db):
    answer = client.get("/tidak/ada")
    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "status", "words"),
    [
        (views.bad_request, 400, "tidak dapat dibaca"),
        (views.forbidden, 403, "bukan untuk jabatan Anda"),
        (views.not_found, 404, "tidak ditemukan"),
        (views.form_expired, 403, "kedaluwarsa"),
    ],
)
def test_each_error_says_what_it_is_and_what_to_do(rf, page, status, words):
    answer = page(rf.get("/"))
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_a_broken_page_asks_neither_database_nor_session(rf):
    answer = views.broken(rf.get("/"))
    assert answer.status_code == 500
    assert "Isian yang sudah tersimpan tetap aman." in answer.content.decode()


def explode(request):
    raise RuntimeError("planted")


urlpatterns = [path("meledak", explode)]
handler500 = "himpun.portal.views.broken"


@override_settings(ROOT_URLCONF=__name__)
def test_a_mistake_of_ours_shows_the_page_and_no_detail(db):
    answer = Client(raise_request_exception=False).get("/meledak")
    assert answer.status_code == 500
    assert "planted" not in answer.content.decode()


def test_a_form_without_its_protection_is_refused_in_words(db):
    office = make_office()
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        office.pelaksana, backend="django.contrib.auth.backends.ModelBackend"
    )
    answer = client.post("/keluar")
    assert answer.status_code == 403
    assert "kedaluwarsa" in answer.content.decode()
    assert client.get("/bantuan").status_code == 200


def test_a_monstrous_form_is_refused_before_its_files_are_stored(
    client, db, settings, tmp_path
):
    settings.HIMPUN_LARGEST_REQUEST = 4_000_000
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    sent = {"username": "x", "password": "y", "file": SimpleUploadedFile("a.pdf", b"")}
    assert client.post("/masuk", sent).status_code == 422
    sent["file"] = SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(4_000_000))
    answer = client.post("/masuk", sent)
    assert answer.status_code == 400
    assert "Kiriman terlalu besar" in answer.content.decode()


def test_signed_in_people_get_the_same_error_page(db):
    office = make_office()
    answer = signed_in(office.camat).get("/kasus/999999")
    assert answer.status_code == 404
    assert "milik kantor lain" in answer.content.decode()
