"""Addresses: identifiers only, never anything personal."""

from django.urls import include, path

from entraide.config import language
from entraide.config.health import health
from entraide.desk import views as desk
from entraide.kernel.accounts.doors import public
from entraide.ui.views import favicon, guide

urlpatterns = [
    path("", include("entraide.desk.urls")),
    path("help/", desk.help_page, name="help"),
    path("limits/", desk.limits, name="limits"),
    path("accessibility/", desk.accessibility, name="accessibility"),
    path("about/", desk.about, name="about"),
    path("health", health, name="health"),
    path("favicon.ico", public("a picture, for whoever asks")(favicon), name="favicon"),
    path("language/", language.choose, name="set_language"),
    path("accounts/", include("entraide.kernel.accounts.library")),
    path("posts/", include("entraide.kernel.accounts.urls")),
    path("posts/tokens/", include("entraide.kernel.api.urls_tokens")),
    path("api/", include("entraide.kernel.api.urls")),
    path("texts/", include("entraide.features.texts.urls")),
    path("treaties/", include("entraide.features.treaties.urls")),
    path("monitoring/", include("entraide.features.monitoring.urls")),
    path("questionnaires/", include("entraide.features.questionnaires.urls")),
    path("bodies/", include("entraide.desk.bodies.urls")),
    path("record/", include("entraide.desk.record.urls")),
    path("cases/", include("entraide.features.cases.urls")),
    path("referrals/", include("entraide.features.referrals.urls")),
    path("figures/", include("entraide.features.figures.urls")),
    path("guide/", include(([path("", public("the components, for whoever builds pages")(guide), name="guide")], "ui"))),
]
handler404 = "entraide.config.health.not_found"
handler500 = "entraide.config.health.failed"
