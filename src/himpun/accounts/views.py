"""Coming in, going out, changing the password, tokens, using a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from himpun.organization import queries as organization
from himpun.shared import clock
from himpun.shared.forms import OfficeForm, sent
from himpun.shared.http import MemberRequest, member, sentence
from himpun.shared.pages import FORM, UNPROCESSABLE
from himpun.shared.refusals import Refusal

from . import actions, queries
from .forms import CodeForm, PasswordForm, SignInForm, TokenForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

AS_USUAL = "django.contrib.auth.backends.ModelBackend"
"""The way in that the session remembers after a code was redeemed."""


def _next(request: HttpRequest) -> str:
    """Return where the person wanted to go, when that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else resolve_url("portal:home")


def _page(
    request: HttpRequest,
    name: str,
    form: OfficeForm,
    **context: object,
) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else 200
    return render(request, name, {"form": form, **context}, status=status)


@never_cache
@sensitive_post_parameters("password")
@FORM
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let a person in by name and password."""
    if request.user.is_authenticated and request.method == "GET":
        return redirect(_next(request))
    form = SignInForm(sent(request))
    if form.is_valid():
        person = authenticate(request, **form.cleaned_data)
        if person:
            login(request, person)
            actions.note_sign_in(person, at=clock.now())
            return redirect(_next(request))
        form.add_error(
            None,
            _("Nama pengguna atau sandi tidak cocok. Periksa huruf besar dan kecil."),
        )
    return _page(request, "accounts/sign_in.html", form, next=_next(request))


@require_POST
@member
def sign_out(request: MemberRequest) -> HttpResponse:
    """Let a person go out."""
    actions.note_sign_out(request.user, at=clock.now())
    logout(request)
    messages.success(request, _("Anda sudah keluar."))
    return redirect("accounts:sign-in")


@never_cache
@sensitive_post_parameters("old", "new", "again")
@FORM
@member
def password(request: MemberRequest) -> HttpResponse:
    """Let a person change the own password; the other sessions end."""
    form = PasswordForm(sent(request), person=request.user)
    if form.is_valid():
        actions.change_password(request.user, form.cleaned_data["new"], at=clock.now())
        update_session_auth_hash(request, request.user)
        messages.success(
            request, _("Sandi sudah diganti. Perangkat lain perlu masuk lagi.")
        )
        return redirect("portal:home")
    return _page(request, "accounts/password.html", form)


@never_cache
@sensitive_post_parameters("old")
@FORM
@member
def tokens(request: MemberRequest) -> HttpResponse:
    """Show a person's tokens of the API and make one; it is shown this once."""
    at = clock.now()
    form = TokenForm(sent(request), person=request.user)
    made = ""
    if form.is_valid():
        name, until = form.cleaned_data["name"], form.cleaned_data["until"]
        try:
            made = actions.make_token(request.user, name=name, until=until, at=at)
        except Refusal as refusal:
            form.add_error(refusal.field, sentence(refusal))
    context = {
        "made": made,
        "tokens": queries.tokens_of(request.user),
        "today": organization.local_day(at),
    }
    return _page(request, "accounts/tokens.html", form, **context)


@require_POST
@member
def revoke_token(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a token of the own work no longer."""
    row = get_object_or_404(request.user.tokens, pk=pk)
    actions.revoke_token(row, at=clock.now())
    messages.success(request, _("Token dicabut dan tidak berlaku lagi."))
    return redirect("accounts:tokens")


@never_cache
@sensitive_post_parameters("code", "new", "again")
@FORM
def code(request: HttpRequest) -> HttpResponse:
    """Let a person in by the code of a printed slip, with a password of the own."""
    form = CodeForm(sent(request))
    if form.is_valid():
        given = form.cleaned_data
        person: Any = authenticate(
            request, username=given["username"], code=given["code"]
        )
        if person is None:
            form.add_error(
                "code",
                _("Kode tidak cocok, sudah dipakai, atau lewat 24 jam. Periksa lagi."),
            )
        else:
            try:
                actions.redeem_code(person, given["code"], given["new"], at=clock.now())
            except Refusal as refusal:
                form.add_error("code", sentence(refusal))
            else:
                login(request, person, backend=AS_USUAL)
                messages.success(request, _("Selamat datang. Sandi Anda tersimpan."))
                return redirect("portal:home")
    return _page(request, "accounts/code.html", form)
