"""Addresses of the inspections app, below a program's own."""

from django.urls import URLPattern

app_name = "inspections"

urlpatterns: list[URLPattern] = []
