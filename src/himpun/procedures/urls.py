"""Addresses of this app."""

from django.urls import path, re_path

from .views import adopting, cases, drafts, evaluation, hands, revisions, sops, tasks

app_name = "procedures"
urlpatterns = [
    path("sop", sops.listing, name="procedures"),
    path("sop/draf", drafts.listing, name="drafts"),
    path("sop/draf/<int:pk>", drafts.draft, name="draft"),
    path("sop/draf/<int:pk>/naskah.yaml", drafts.source, name="draft-source"),
    path("sop/draf/<int:pk>/buang", drafts.discard, name="discard-draft"),
    path("sop/draf/<int:pk>/berlakukan", adopting.adopt, name="adopt-draft"),
    path("sop/<int:pk>", sops.version, name="version"),
    path("sop/<int:pk>/naskah.yaml", sops.source, name="source"),
    re_path(
        r"^sop/(?P<pk>[0-9]+)/formulir\.(?P<ending>pdf|png)$", sops.paper, name="paper"
    ),
    re_path(
        r"^sop/(?P<pk>[0-9]+)/jejak-proses\.(?P<ending>xes|csv)$",
        sops.event_log,
        name="event-log",
    ),
    path("sop/<int:pk>/evaluasi", evaluation.evaluate, name="evaluation"),
    path("sop/<int:pk>/beda/<int:other>", revisions.compare, name="compare"),
    path("sop/<int:pk>/pindah", revisions.move, name="move"),
    path("sop/temuan/<int:pk>/konfirmasi", sops.confirm, name="confirm-finding"),
    path("kasus", cases.listing, name="cases"),
    path("kasus/mulai", cases.start, name="start"),
    path("kasus/<int:pk>", cases.case, name="case"),
    path("kasus/<int:pk>/jejak", cases.history, name="trail"),
    path("kasus/<int:pk>/batal", cases.cancel, name="cancel"),
    path("kasus/<int:pk>/batas", cases.raise_cap, name="raise-cap"),
    path("butir/<int:pk>/lampirkan", cases.attach, name="attach"),
    path("butir/<int:pk>/kecualikan", cases.waive, name="waive"),
    path("lampiran/<int:pk>", cases.attachment, name="attachment"),
    path("lampiran/<int:pk>/lepas", cases.detach, name="detach"),
    path("hasil/<int:pk>", cases.artefact, name="artefact"),
    path("tugas/<int:pk>/selesai", tasks.complete, name="complete"),
    path("tugas/<int:pk>/kecualikan", tasks.except_own_work, name="except"),
    path("tugas/<int:pk>/kembalikan", tasks.give_back, name="return"),
    path("tugas/<int:pk>/menunggu", tasks.pause, name="pause"),
    path("tugas/<int:pk>/lanjutkan", tasks.resume, name="resume"),
    path("tugas/<int:pk>/alihkan", hands.assign, name="assign"),
    path("tugas/<int:pk>/tarik", hands.withdraw, name="withdraw"),
    path("tugas/<int:pk>/ingatkan", tasks.remind, name="remind"),
    path("tugas/<int:pk>/hasil/<slug:artefact>", tasks.hand_in, name="hand-in"),
    path("tembusan/<int:pk>/terima", tasks.receive, name="receive"),
]
