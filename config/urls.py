"""Addresses of the whole site; each app keeps its own, below the program they are about."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from programs.views import creating, session, suggestions
from reports.views import cards, papers

of_program = [
    path("", include("programs.urls")),
    path("", include("villages.urls")),
    path("", include("cadres.urls")),
    path("", include("projects.urls")),
    path("", include("inspections.urls")),
    path("", include("reports.urls")),
]

urlpatterns = [
    path("", session.home, name="home"),
    path("login/", session.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", session.ChangePassword.as_view(), name="password-change"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("programs/new/", creating.program_create, name="program-create"),
    path("programs/counties/", creating.county_list, name="county-list"),
    path("k/<slug:token>/", cards.card_public, name="card-public"),
    path("b/<slug:token>/", papers.board_public, name="board-public"),
    path("p/<slug:program>/", include(of_program)),
    path("admin/", admin.site.urls),
]

handler400 = "programs.views.errors.bad_request"
handler403 = "programs.views.errors.forbidden"
handler404 = "programs.views.errors.not_found"
handler500 = "programs.views.errors.broken"
