"""Addresses of this app."""

from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("masuk", views.sign_in, name="sign-in"),
    path("keluar", views.sign_out, name="sign-out"),
    path("sandi", views.password, name="password"),
    path("token", views.tokens, name="tokens"),
    path("token/<int:pk>/cabut", views.revoke_token, name="revoke-token"),
    path("kode", views.code, name="code"),
]
