"""Addresses of the programs app, below a program's own."""

from django.urls import URLPattern

app_name = "programs"

urlpatterns: list[URLPattern] = []
