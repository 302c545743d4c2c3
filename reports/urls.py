"""Addresses of the reports app, below a program's own."""

from django.urls import path

from reports.views import boards, requirements, rows

app_name = "reports"

urlpatterns = [
    path("", boards.home, name="home"),
    path("dashboard/", boards.dashboard, name="dashboard"),
    path("figures/<str:key>/rows/", rows.figure_rows, name="figure-rows"),
    path("blocks/<slug:code>/rows/", rows.block_rows, name="block-rows"),
    path("requirements/", requirements.requirement_list, name="requirement-list"),
    path("requirements/<slug:code>/", requirements.requirement_grid, name="requirement-grid"),
    path("requirements/<slug:code>/rows/", rows.requirement_rows, name="requirement-rows"),
    path("requirements/<slug:code>/mark/", requirements.requirement_mark, name="requirement-mark"),
    path("requirements/<slug:code>/withdraw/<int:pk>/", requirements.requirement_withdraw, name="requirement-withdraw"),
]
