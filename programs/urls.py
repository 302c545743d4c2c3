"""Addresses of the programs app, below a program's own."""

from django.urls import include, path

from programs import setup_urls
from programs.views import choices, details, jobs, life, lists, search, session, suggestions, unit_forms

app_name = "programs"

urlpatterns = [
    path("enter/", session.enter, name="enter"),
    path("me/", session.me, name="me"),
    path("search/", search.search, name="search"),
    path("suggestions/", suggestions.suggestion_list, name="suggestion-list"),
    path("suggestions/<int:pk>/", suggestions.suggestion_detail, name="suggestion-detail"),
    path("exports/", suggestions.export_list, name="export-list"),
    path("jobs/", jobs.job_list, name="job-list"),
    path("jobs/running/", jobs.job_widget, name="job-widget"),
    path("jobs/<int:pk>/", jobs.job_detail, name="job-detail"),
    path("jobs/<int:pk>/cancel/", jobs.job_cancel, name="job-cancel"),
    path("jobs/<int:pk>/retry/", jobs.job_retry, name="job-retry"),
    path("jobs/<int:pk>/files/<int:file>/", jobs.job_file, name="job-file"),
    path("places/", lists.division_list, name="division-list"),
    path("units/", lists.unit_list, name="unit-list"),
    path("units/new/", unit_forms.unit_create, name="unit-create"),
    path("units/<int:pk>/", details.unit_detail, name="unit-detail"),
    path("units/<int:pk>/change/", unit_forms.unit_change, name="unit-change"),
    path("units/<int:pk>/rename/", unit_forms.unit_rename, name="unit-rename"),
    path("setup/", life.setup, name="setup"),
    path("setup/file/", life.setup_export, name="setup-export"),
    path("setup/import/", life.setup_import, name="setup-import"),
    path("setup/names/", life.setup_names, name="setup-names"),
    path("setup/start/", life.setup_start, name="setup-start"),
    path("setup/end/", life.setup_end, name="setup-end"),
    path("setup/reopen/", life.setup_reopen, name="setup-reopen"),
    path("setup/", include(setup_urls.urlpatterns)),
    path("choices/<slug:source>/", choices.choice_list, name="choice-list"),
]
