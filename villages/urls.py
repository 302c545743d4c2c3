"""Addresses of the villages app, below a program's own."""

from django.urls import path

from villages.views import details, household_forms, lists, people_forms, site_forms, village_forms

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
    path("households/new/", household_forms.household_create, name="household-create"),
    path("households/<int:pk>/", details.household_detail, name="household-detail"),
    path("households/<int:pk>/change/", household_forms.household_change, name="household-change"),
    path("households/<int:pk>/tags/new/", household_forms.household_tag_create, name="household-tag-create"),
    path("household-tags/<int:pk>/end/", household_forms.household_tag_end, name="household-tag-end"),
    path("households/<int:pk>/hardships/new/", household_forms.hardship_create, name="hardship-create"),
    path("hardships/<int:pk>/end/", household_forms.hardship_end, name="hardship-end"),
    path("households/<int:pk>/move-out/", household_forms.household_move_out, name="household-move-out"),
    path("households/<int:pk>/merge/", household_forms.household_merge, name="household-merge"),
    path("honours/", lists.honour_list, name="honour-list"),
    path("honours/new/", household_forms.honour_create, name="honour-create"),
    path("honours/<int:pk>/", details.honour_detail, name="honour-detail"),
    path("honours/<int:pk>/change/", household_forms.honour_change, name="honour-change"),
    path("people/", lists.member_list, name="member-list"),
    path("people/new/", people_forms.member_create, name="member-create"),
    path("people/<int:pk>/", details.member_detail, name="member-detail"),
    path("people/<int:pk>/change/", people_forms.member_change, name="member-change"),
    path("people/<int:pk>/tags/new/", people_forms.member_tag_create, name="member-tag-create"),
    path("people-tags/<int:pk>/end/", people_forms.member_tag_end, name="member-tag-end"),
    path("routes/", lists.route_list, name="route-list"),
    path("routes/new/", site_forms.route_create, name="route-create"),
    path("routes/<int:pk>/", details.route_detail, name="route-detail"),
    path("routes/<int:pk>/change/", site_forms.route_change, name="route-change"),
    path("sites/", lists.site_list, name="site-list"),
    path("sites/new/", site_forms.site_create, name="site-create"),
    path("sites/<int:pk>/", details.site_detail, name="site-detail"),
    path("sites/<int:pk>/change/", site_forms.site_change, name="site-change"),
]
