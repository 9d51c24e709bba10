"""Addresses of this app."""

from django.urls import path

from .views import calendar, doors, home, settings, standing_in

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("isian", doors.entries, name="entries"),
    path("verifikasi", doors.verify, name="verify"),
    path("tanda-tangan", doors.sign, name="sign"),
    path("penggantian", standing_in.page, name="standing-in"),
    path("penggantian/tidak-hadir", standing_in.absence, name="absence"),
    path(
        "penggantian/tidak-hadir/<int:pk>/batal",
        standing_in.cancel_absence,
        name="cancel-absence",
    ),
    path("penggantian/limpahkan", standing_in.delegate, name="delegate"),
    path(
        "penggantian/limpahkan/<int:pk>/cabut",
        standing_in.end_delegation,
        name="end-delegation",
    ),
    path("kalender", calendar.read, name="office-calendar"),
    path("bantuan", doors.help_, name="help"),
    path("pengaturan", settings.overview, name="settings"),
    path("pengaturan/kantor/<int:pk>", settings.unit, name="office"),
    path(
        "pengaturan/kantor/<int:pk>/kalender",
        calendar.year,
        name="calendar",
    ),
    path(
        "pengaturan/kantor/<int:pk>/kalender/<slug:what>",
        calendar.change,
        name="calendar-change",
    ),
    path(
        "pengaturan/kantor/<int:pk>/jabatan",
        settings.add_position,
        name="add-position",
    ),
    path("pengaturan/akun", settings.open_account, name="open-account"),
    path("pengaturan/akun/<int:pk>/kode", settings.code, name="code"),
    path("pengaturan/akun/<int:pk>/buka-tutup", settings.set_open, name="set-open"),
    path("pengaturan/pejabat", settings.appoint, name="appoint"),
    path("pengaturan/pejabat/<int:pk>/akhiri", settings.end, name="end-tenure"),
]
