"""Addresses of this app: the pages of steps 1 to 3 of a case."""

from django.urls import path

from .views import entries, evidence, paste, plan, proposals, targets, verification

app_name = "collection"
urlpatterns = [
    path("target/<int:number>/cabut", targets.withdraw, name="withdraw-target"),
    path("kasus/<int:case>/usulan", proposals.proposals, name="proposals"),
    path("kasus/<int:case>/evaluasi", proposals.evaluation, name="evaluation"),
    path("kasus/<int:case>/evaluasi/tim", proposals.team, name="team"),
    path("kasus/<int:case>/rencana", plan.plan, name="plan"),
    path("kasus/<int:case>/rencana/tambah", plan.add, name="add-unit"),
    path("kasus/<int:case>/rencana/<int:number>/ulangi", plan.again, name="ask-again"),
    path("kasus/<int:case>/rencana/kirim", plan.send, name="send-requests"),
    path("kasus/<int:case>/rencana/terima", plan.close, name="close-requests"),
    path(
        "kasus/<int:case>/rencana/<int:number>/kecualikan",
        plan.waive,
        name="waive-request",
    ),
    path("kasus/<int:case>/isian", entries.entries, name="entries"),
    path("kasus/<int:case>/isian/lembar.csv", entries.sheet, name="sheet"),
    path("kasus/<int:case>/isian/kirim", entries.submit, name="submit"),
    path("kasus/<int:case>/isian/tempel", paste.paste, name="paste"),
    path("kasus/<int:case>/isian/tempel/simpan", paste.apply, name="apply-paste"),
    path("kasus/<int:case>/isian/<int:entry>", entries.save, name="save-value"),
    path("kasus/<int:case>/isian/<int:entry>/catatan", entries.note, name="save-note"),
    path(
        "kasus/<int:case>/isian/<int:entry>/tarik",
        entries.withdraw,
        name="withdraw-value",
    ),
    path(
        "kasus/<int:case>/isian/<int:entry>/bukti", evidence.evidence, name="evidence"
    ),
    path("kasus/<int:case>/bukti/<int:number>", evidence.download, name="download"),
    path(
        "kasus/<int:case>/bukti/<int:number>/lepas",
        evidence.remove,
        name="remove-evidence",
    ),
    path("kasus/<int:case>/verifikasi", verification.verify, name="verify"),
    path(
        "kasus/<int:case>/verifikasi/terima-sesuai",
        verification.accept_fitting,
        name="accept-fitting",
    ),
    path(
        "kasus/<int:case>/verifikasi/verifikator",
        verification.name_verifier,
        name="name-verifier",
    ),
    path(
        "kasus/<int:case>/verifikasi/pengecualian",
        verification.grant_exception,
        name="grant-exception",
    ),
    path(
        "kasus/<int:case>/verifikasi/<int:entry>/terima",
        verification.accept,
        name="accept",
    ),
    path(
        "kasus/<int:case>/verifikasi/<int:entry>/kembalikan",
        verification.give_back,
        name="give-back",
    ),
]
