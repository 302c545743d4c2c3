"""Addresses of the pages on which an office sets its program up, below ``setup/``."""

from django.urls import path

from programs.views.setup import basics, figures, requirements, words

urlpatterns = [
    path("basics/", basics.basics_change, name="setup-basics"),
    path("words/", words.vocabulary_list, name="setup-vocabulary-list"),
    path("words/<int:pk>/", words.word_change, name="setup-word-change"),
    path("words/<int:pk>/keep/", words.word_keep, name="setup-word-keep"),
    path("words/<slug:vocabulary>/", words.word_list, name="setup-word-list"),
    path("words/<slug:vocabulary>/new/", words.word_create, name="setup-word-create"),
    path("requirements/", requirements.requirement_list, name="setup-requirement-list"),
    path("requirements/new/", requirements.requirement_create, name="setup-requirement-create"),
    path("requirements/preview/", requirements.requirement_preview_show, name="setup-requirement-preview"),
    path("requirements/names/", requirements.requirement_names, name="setup-requirement-names"),
    path("requirements/<int:pk>/", requirements.requirement_change, name="setup-requirement-change"),
    path("requirements/<int:pk>/keep/", requirements.requirement_keep, name="setup-requirement-keep"),
    path("figures/", figures.figure_list, name="setup-figure-list"),
    path("figures/new/", figures.part_create, name="setup-part-create"),
    path("figures/preview/", figures.part_preview_show, name="setup-part-preview"),
    path("figures/<int:pk>/", figures.part_change, name="setup-part-change"),
    path("figures/<int:pk>/keep/", figures.part_keep, name="setup-part-keep"),
    path("figures/groups/<int:pk>/", figures.figure_change, name="setup-figure-change"),
    path("figures/groups/<int:pk>/keep/", figures.figure_keep, name="setup-figure-keep"),
]
