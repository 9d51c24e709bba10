"""The HTTP API: the apps' routers joined, its errors, its schema. It only reads."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation

from himpun import __version__
from himpun.accounts.api import Session, Token
from himpun.measurement.api import router as measurement
from himpun.organization.api import router as organization
from himpun.planning.api import router as planning
from himpun.portal import views as portal
from himpun.shared.api import Shape, answers
from himpun.shared.http import MemberRequest, sentence
from himpun.shared.refusals import Refusal, say

DESCRIPTION = say(
    "Membaca data kinerja yang boleh dibaca oleh akun yang meminta. Angka hasil ukur, "
    "persen, dan rupiah adalah bilangan desimal tepat sebagai teks; null berarti tidak "
    "ada angka, bukan nol."
)


class OfficeAPI(NinjaAPI):
    """Ninja's API whose answers no cache keeps, and whose addresses keep their names."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name of an address in the schema: what it is called here."""
        return operation.url_name

    def create_response(self, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - Ninja's own signature
        """Return an answer that is not stored on the way."""
        response = super().create_response(*args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


api = OfficeAPI(
    title="Himpun",
    version=__version__,
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    auth=[Token(), Session()],
)
api.add_router("", organization)
api.add_router("", measurement)
api.add_router("", planning)


class RootOut(Shape):
    """Where to read on."""

    nama: str
    versi: str
    skema: str
    panduan: str


@api.get(
    "/",
    response=answers(RootOut),
    url_name="api-root",
    summary=say("Pintu masuk"),
    description=say("Alamat skema, dan nama halaman panduan."),
)
def root(request: MemberRequest) -> RootOut:  # noqa: ARG001 - Ninja's own signature
    """Return where to read on."""
    return RootOut(
        nama="Himpun",
        versi=__version__,
        skema=reverse("api:openapi-json"),
        panduan="docs/panduan/api.md",
    )


@api.get("/openapi.json", url_name="openapi-json", include_in_schema=False)
def openapi(request: MemberRequest) -> dict[str, object]:  # noqa: ARG001 - Ninja's own signature
    """Hand out the schema."""
    return api.get_openapi_schema()


def _said(request: HttpRequest, words: str, status: int) -> HttpResponse:
    return api.create_response(request, {"pesan": words}, status=status)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, _exc: AuthenticationError) -> HttpResponse:
    """401: neither a session nor a token that works."""
    words = _("Masuk dahulu, atau kirim token yang masih berlaku.")
    response = _said(request, words, 401)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(HttpError)
def too_many(request: HttpRequest, exc: HttpError) -> HttpResponse:
    """429: a token that was wrong too often."""
    words = _("Token ini terlalu sering salah. Tunggu 15 menit, lalu coba lagi.")
    return _said(request, words, exc.status_code)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, exc: Refusal) -> HttpResponse:
    """422 where a parameter is wrong, 403 where the person may not."""
    return _said(request, sentence(exc), 422 if exc.field else 403)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, _exc: Http404) -> HttpResponse:
    """404: nothing here, or nothing that this person may read."""
    words = _("Tidak ditemukan: nomornya keliru, belum ada, atau milik kantor lain.")
    return _said(request, words, 404)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, exc: ValidationError) -> HttpResponse:
    """422: a parameter that cannot be read; it is named."""
    names = ", ".join(sorted({str(error["loc"][-1]) for error in exc.errors}))
    words = _("Nilai untuk %s tidak dapat dipakai. Lihat bentuknya pada skema.") % names
    return _said(request, words, 422)


def nowhere(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 of an address that there is not: in JSON below /api/, else as a page."""
    if request.path.startswith(reverse("api:api-root")):
        return api.on_exception(request, Http404())
    return portal.not_found(request, exception)


def addresses() -> list[URLPattern | URLResolver]:
    """Return the addresses; Ninja's own page at the top, a 404, gives way to ours."""
    patterns, _app, _name = api.urls
    return patterns[:-1]
