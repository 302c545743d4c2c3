"""Addresses of the inspections app, below a program's own."""

from django.urls import path

from inspections.views import assessments, checklist, findings, handling, recording, rounds

app_name = "inspections"

urlpatterns = [
    path("rounds/", rounds.round_list, name="round-list"),
    path("rounds/new/", rounds.round_create, name="round-create"),
    path("rounds/<int:pk>/", rounds.round_detail, name="round-detail"),
    path("rounds/<int:pk>/change/", rounds.round_change, name="round-change"),
    path("rounds/<int:pk>/assign/", rounds.round_assign, name="round-assign"),
    path("rounds/<int:pk>/groups/new/", rounds.group_create, name="group-create"),
    path("rounds/groups/<int:pk>/change/", rounds.group_change, name="group-change"),
    path("rounds/groups/<int:pk>/remove/", rounds.group_remove, name="group-remove"),
    path("inspections/", recording.inspection_list, name="inspection-list"),
    path("tours/", recording.tour_list, name="tour-list"),
    path("inspections/<int:pk>/", recording.inspection_detail, name="inspection-detail"),
    path("inspections/<int:pk>/record/", recording.inspection_record, name="inspection-record"),
    path("findings/", findings.finding_list, name="finding-list"),
    path("findings/new/", handling.finding_create, name="finding-create"),
    path("findings/<int:pk>/", findings.finding_detail, name="finding-detail"),
    path("findings/<int:pk>/rectify/", handling.finding_rectify, name="finding-rectify"),
    path("findings/<int:pk>/check/", handling.finding_check, name="finding-check"),
    path("findings/<int:pk>/sanction/", handling.finding_sanction, name="finding-sanction"),
    path("setup/checklist/", checklist.question_list, name="setup-question-list"),
    path("setup/checklist/new/", checklist.question_create, name="setup-question-create"),
    path("setup/checklist/<int:pk>/", checklist.question_change, name="setup-question-change"),
    path("setup/checklist/<int:pk>/keep/", checklist.question_keep, name="setup-question-keep"),
    path("assessments/", assessments.assessment_list, name="assessment-list"),
    path("assessments/new/", assessments.assessment_create, name="assessment-create"),
    path("assessments/<int:pk>/", assessments.assessment_detail, name="assessment-detail"),
    path("assessments/<int:pk>/items/<int:item>/", assessments.assessment_evidence, name="assessment-evidence"),
    path("assessments/<int:pk>/self/", assessments.assessment_self, name="assessment-self"),
    path("assessments/<int:pk>/check/", assessments.assessment_check, name="assessment-check"),
    path("assessments/<int:pk>/close/", assessments.assessment_close, name="assessment-close"),
    path("assessments/<int:pk>/reopen/", assessments.assessment_reopen, name="assessment-reopen"),
]
