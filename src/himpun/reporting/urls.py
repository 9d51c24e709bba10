"""Addresses of this app."""

from django.urls import path

from .views import delivery, files, papers, public, signing

app_name = "reporting"
urlpatterns = [
    path("perjanjian-kinerja/<int:pk>/konsep.pdf", files.agreement, name="agreement"),
    path("rencana/rkt/<int:pk>/konsep.pdf", files.annual_plan, name="annual-plan"),
    path("arsip", papers.archive, name="archive"),
    path("kasus/<int:pk>/laporan", papers.papers, name="papers"),
    path("kasus/<int:pk>/berkas.zip", files.case_file, name="case-file"),
    path("kasus/<int:pk>/laporan/<slug:kind>/buat", papers.make, name="make"),
    path("kertas/<int:pk>/tercetak", papers.printed, name="printed"),
    path("kertas/<int:pk>.pdf", files.paper, name="paper"),
    path("kertas/<int:pk>/bersegel.pdf", files.sealed, name="sealed"),
    path("kertas/<int:pk>/ditandatangani", files.signed, name="signed"),
    path("kasus/<int:pk>/tanda-tangan", signing.desk, name="sign"),
    path("kasus/<int:pk>/tanda-tangan/frasa", signing.passphrase, name="passphrase"),
    path("kasus/<int:pk>/tanda-tangan/siapkan", signing.prepare, name="prepare"),
    path("kasus/<int:pk>/tanda-tangan/batalkan", signing.withdraw, name="withdraw"),
    path("kasus/<int:pk>/tanda-tangan/unggah", signing.upload, name="upload"),
    path("kasus/<int:pk>/tanda-tangan/nyatakan", signing.confirm, name="confirm"),
    path("kasus/<int:pk>/tanda-tangan/kembalikan", signing.give_back, name="return"),
    path("kasus/<int:pk>/penyampaian", delivery.delivery, name="delivery"),
    path("kasus/<int:pk>/penyampaian/kirim", delivery.send, name="send"),
    path(
        "kasus/<int:pk>/penyampaian/terima/<int:receipt>",
        delivery.receive,
        name="receive",
    ),
    path("kasus/<int:pk>/penyampaian/tutup/<int:task>", delivery.close, name="close"),
    path("kasus/<int:pk>/segel", delivery.seal, name="seal"),
    path("v/", public.lookup, name="lookup"),
    path("v/<str:code>", public.document, name="document"),
]
