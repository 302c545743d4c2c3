"""Addresses of the reports app, below a program's own."""

from django.urls import URLPattern

app_name = "reports"

urlpatterns: list[URLPattern] = []
