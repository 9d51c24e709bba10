"""All addresses: each app's own list, joined."""

from django.urls import include, path

from himpun.config.api import addresses

urlpatterns = [
    path("", include("himpun.accounts.urls")),
    path("", include("himpun.procedures.urls")),
    path("", include("himpun.planning.urls")),
    path("", include("himpun.collection.urls")),
    path("", include("himpun.measurement.urls")),
    path("", include("himpun.reporting.urls")),
    path("", include("himpun.notices.urls")),
    path("", include("himpun.portal.urls")),
    path("api/", include((addresses(), "api"))),
]
handler400 = "himpun.portal.views.bad_request"
handler403 = "himpun.portal.views.forbidden"
handler404 = "himpun.config.api.nowhere"
handler500 = "himpun.portal.views.broken"
