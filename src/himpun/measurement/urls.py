"""Addresses of this app."""

from django.urls import path

from . import views

app_name = "measurement"
urlpatterns = [
    path("capaian", views.achievement, name="achievement"),
    path("capaian/lembar.csv", views.sheet, name="sheet"),
    path("capaian/<int:number>", views.explanation, name="explanation"),
]
