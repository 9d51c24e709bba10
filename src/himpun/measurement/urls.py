"""Addresses of this app."""

from django.urls import path

from .views import achievement, indicators

app_name = "measurement"
urlpatterns = [
    path("capaian", achievement.achievement, name="achievement"),
    path("capaian/kabupaten", achievement.regency, name="regency"),
    path("capaian/lembar.csv", achievement.sheet, name="sheet"),
    path("capaian/<int:number>", achievement.explanation, name="explanation"),
    path("indikator", indicators.listing, name="indicators"),
    path("indikator/<int:pk>", indicators.indicator, name="indicator"),
]
