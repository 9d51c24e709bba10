"""Addresses of this app."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("pemberitahuan", views.listing, name="list"),
    path("pemberitahuan/baca-semua", views.read_all, name="read-all"),
    path("pemberitahuan/<int:pk>/baca", views.read, name="read"),
]
