"""Addresses of the cadres app, below a program's own."""

from django.urls import URLPattern

app_name = "cadres"

urlpatterns: list[URLPattern] = []
