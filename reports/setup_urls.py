"""Addresses of the pages on which an office sets up charts, bulletin templates and printed papers, below ``setup/``."""

from django.urls import path

from reports.views.setup import blocks, papers, templates

urlpatterns = [
    path("blocks/", blocks.block_list, name="setup-block-list"),
    path("blocks/new/", blocks.block_create, name="setup-block-create"),
    path("blocks/preview/", blocks.block_preview_show, name="setup-block-preview"),
    path("blocks/<int:pk>/", blocks.block_change, name="setup-block-change"),
    path("blocks/<int:pk>/keep/", blocks.block_keep, name="setup-block-keep"),
    path("papers/", papers.paper_list, name="setup-paper-list"),
    path("papers/<slug:kind>/", papers.paper_change, name="setup-paper-change"),
    path("bulletins/", templates.template_list, name="setup-template-list"),
    path("bulletins/new/", templates.template_create, name="setup-template-create"),
    path("bulletins/preview/", templates.template_preview, name="setup-template-preview"),
    path("bulletins/<int:pk>/", templates.template_change, name="setup-template-change"),
    path("bulletins/<int:pk>/keep/", templates.template_keep, name="setup-template-keep"),
]
