"""Addresses of the villages app, below a program's own."""

from django.urls import path

from villages.views import details, lists, village_forms

app_name = "villages"

urlpatterns = [
    path("villages/", lists.village_list, name="village-list"),
    path("villages/new/", village_forms.village_create, name="village-create"),
    path("villages/<int:code>/", details.village_detail, name="village-detail"),
    path("villages/<str:pk>/change/", village_forms.village_change, name="village-change"),
    path("villages/<str:pk>/years/new/", village_forms.village_year, name="village-year"),
    path("villages/<str:pk>/years/<int:year>/", village_forms.village_year, name="village-year-change"),
    path("villages/<str:pk>/tags/new/", village_forms.village_tag_create, name="village-tag-create"),
    path("village-tags/<int:pk>/end/", village_forms.village_tag_end, name="village-tag-end"),
    path("villages/<str:pk>/people/new/", village_forms.village_person_create, name="village-person-create"),
    path("village-people/<int:pk>/change/", village_forms.village_person_change, name="village-person-change"),
    path("villages/<str:pk>/risks/new/", village_forms.village_risk_create, name="village-risk-create"),
    path("village-risks/<int:pk>/resolve/", village_forms.village_risk_resolve, name="village-risk-resolve"),
    path("households/", lists.household_list, name="household-list"),
    path("households/<int:pk>/", details.household_detail, name="household-detail"),
]
