"""Addresses of this app."""

from django.urls import path

from .views import (
    agreements,
    annual,
    definition,
    dimensions,
    drafting,
    money,
    nodes,
    place,
    renstra,
    scales,
    targets,
    weights,
    workbook,
)

app_name = "planning"
urlpatterns = [
    path("indikator/baru", definition.define, name="define"),
    path("indikator/target", targets.plan, name="plan"),
    path("indikator/skala", scales.listing, name="scales"),
    path("indikator/skala/baru", scales.define, name="define-scale"),
    path("indikator/dimensi", dimensions.dimensions, name="dimensions"),
    path("indikator/<int:pk>/versi", definition.revise, name="revise"),
    path("indikator/<int:pk>/target", targets.targets, name="targets"),
    path("indikator/<int:pk>/tempat", place.place, name="place"),
    path("indikator/<int:pk>/bobot", weights.weights, name="weights"),
    path("rencana", renstra.read, name="renstra"),
    path("rencana/susun", drafting.start, name="start-renstra"),
    path("rencana/susun/<int:pk>", drafting.show, name="draft"),
    path("rencana/susun/<int:pk>/perubahan", drafting.change, name="start-change"),
    path("rencana/susun/<int:pk>/berlakukan", drafting.enact, name="enact-renstra"),
    path("rencana/susun/<int:pk>/buang", drafting.discard, name="discard-renstra"),
    path("rencana/susun/<int:pk>/<slug:kind>", drafting.part, name="draft-part"),
    path("rencana/rkt", annual.plan, name="make-annual-plan"),
    path("rencana/iku", annual.indicators, name="make-indicator-set"),
    path("perjanjian-kinerja", agreements.listing, name="agreements"),
    path("perjanjian-kinerja/baru", agreements.make, name="make-agreement"),
    path("perjanjian-kinerja/<int:pk>", agreements.show, name="agreement"),
    path(
        "perjanjian-kinerja/<int:pk>/ubah", agreements.revise, name="revise-agreement"
    ),
    path(
        "perjanjian-kinerja/<int:pk>/rencana-aksi",
        agreements.steps,
        name="action-plan",
    ),
    path("anggaran", money.show, name="money"),
    path("anggaran/pagu", money.budget, name="budget"),
    path("anggaran/program", money.programmes, name="programmes"),
    path("anggaran/realisasi", money.spending, name="spending"),
    path("rencana/impor", workbook.bring_in, name="import"),
    path("rencana/lembar", workbook.hand_out, name="workbook"),
    path("pohon-kinerja", nodes.tree, name="nodes"),
    path("pohon-kinerja/<int:office>/tambah", nodes.add, name="add-node"),
    path("pohon-kinerja/kondisi/<int:number>", nodes.change, name="node"),
    path("pohon-kinerja/kondisi/<int:number>/hapus", nodes.remove, name="remove-node"),
]
