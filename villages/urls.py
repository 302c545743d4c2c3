"""Addresses of the villages app, below a program's own."""

from django.urls import URLPattern

app_name = "villages"

urlpatterns: list[URLPattern] = []
