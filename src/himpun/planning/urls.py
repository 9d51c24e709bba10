"""Addresses of this app."""

from django.urls import path

from .views import nodes

app_name = "planning"
urlpatterns = [
    path("pohon-kinerja", nodes.tree, name="nodes"),
    path("pohon-kinerja/<int:office>/tambah", nodes.add, name="add-node"),
    path("pohon-kinerja/kondisi/<int:number>", nodes.change, name="node"),
    path("pohon-kinerja/kondisi/<int:number>/hapus", nodes.remove, name="remove-node"),
]
