"""Addresses of the inspections app, below a program's own."""

from django.urls import path

from inspections.views import findings

app_name = "inspections"

urlpatterns = [
    path("findings/", findings.finding_list, name="finding-list"),
    path("findings/<int:pk>/", findings.finding_detail, name="finding-detail"),
]
