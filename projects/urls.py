"""Addresses of the projects app, below a program's own."""

from django.urls import URLPattern

app_name = "projects"

urlpatterns: list[URLPattern] = []
