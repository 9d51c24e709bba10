"""Addresses of this app."""

from django.urls import path

from .views import definition, nodes, targets, weights

app_name = "planning"
urlpatterns = [
    path("indikator/baru", definition.define, name="define"),
    path("indikator/target", targets.plan, name="plan"),
    path("indikator/<int:pk>/versi", definition.revise, name="revise"),
    path("indikator/<int:pk>/target", targets.targets, name="targets"),
    path("indikator/<int:pk>/bobot", weights.weights, name="weights"),
    path("pohon-kinerja", nodes.tree, name="nodes"),
    path("pohon-kinerja/<int:office>/tambah", nodes.add, name="add-node"),
    path("pohon-kinerja/kondisi/<int:number>", nodes.change, name="node"),
    path("pohon-kinerja/kondisi/<int:number>/hapus", nodes.remove, name="remove-node"),
]
