"""Addresses: health without language, every page under its language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView

from spean.config.health import healthz, readyz
from spean.surfaces.desk import feeds

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("calendar/<str:token>.ics", feeds.calendar, name="feed"),
    path("", RedirectView.as_view(url="/km/"), name="root"),
    *i18n_patterns(
        path("", include("spean.surfaces.public.urls")),
        path("desk/", include("spean.surfaces.desk.urls")),
        path("account/", include("spean.surfaces.desk.account_urls")),
    ),
]
handler400 = "spean.surfaces.public.views.bad_request"
handler404 = "spean.surfaces.public.views.not_found"
handler500 = "spean.surfaces.public.views.server_error"
