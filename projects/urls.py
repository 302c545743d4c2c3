"""Addresses of the projects app, below a program's own."""

from django.urls import path

from projects.views import details, fund_forms, lists, project_forms

app_name = "projects"

urlpatterns = [
    path("projects/", lists.project_list, name="project-list"),
    path("projects/<int:pk>/", details.project_detail, name="project-detail"),
    path("funds/", lists.fund_list, name="fund-list"),
    path("funds/<int:pk>/", details.fund_detail, name="fund-detail"),
    path("projects/new/", project_forms.project_create, name="project-create"),
    path("projects/<int:pk>/change/", project_forms.project_change, name="project-change"),
    path("projects/<int:pk>/stage/", project_forms.project_stage, name="project-stage"),
    path("projects/<int:pk>/progress/", project_forms.project_progress, name="project-progress"),
    path("projects/<int:pk>/give-up/", project_forms.project_give_up, name="project-give-up"),
    path("projects/<int:pk>/quantities/new/", project_forms.quantity_create, name="quantity-create"),
    path("quantities/<int:pk>/done/", project_forms.quantity_done, name="quantity-done"),
    path("funds/new/", fund_forms.fund_create, name="fund-create"),
    path("funds/<int:pk>/move/", fund_forms.fund_move, name="fund-move"),
    path("funds/<int:pk>/donations/new/", fund_forms.donation_create, name="donation-create"),
]
