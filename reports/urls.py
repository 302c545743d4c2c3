"""Addresses of the reports app, below a program's own."""

from django.urls import include, path

from reports import setup_urls
from reports.views import boards, bulletin_rows, bulletins, cards, desk, papers, requirements, rows

app_name = "reports"

urlpatterns = [
    path("", boards.home, name="home"),
    path("dashboard/", boards.dashboard, name="dashboard"),
    path("figures/<str:key>/rows/", rows.figure_rows, name="figure-rows"),
    path("blocks/<slug:code>/rows/", rows.block_rows, name="block-rows"),
    path("requirements/", requirements.requirement_list, name="requirement-list"),
    path("requirements/<slug:code>/", requirements.requirement_grid, name="requirement-grid"),
    path("requirements/<slug:code>/rows/", rows.requirement_rows, name="requirement-rows"),
    path("requirements/<slug:code>/mark/", requirements.requirement_mark, name="requirement-mark"),
    path("requirements/<slug:code>/withdraw/<int:pk>/", requirements.requirement_withdraw, name="requirement-withdraw"),
    path("cards/", cards.card_batch, name="card-batch"),
    path("cards/<int:pk>/", cards.card_household, name="card-household"),
    path("handbooks/", papers.handbook_batch, name="handbook-batch"),
    path("handbooks/<int:pk>/", papers.handbook_cadre, name="handbook-cadre"),
    path("boards/", papers.board_batch, name="board-batch"),
    path("boards/<int:code>/", papers.board_village, name="board-village"),
    path("booklets/", papers.booklet_batch, name="booklet-batch"),
    path("booklets/<int:code>/", papers.booklet_village, name="booklet-village"),
    path("bulletins/", bulletins.bulletin_list, name="bulletin-list"),
    path("bulletins/create/", desk.bulletin_create, name="bulletin-create"),
    path("bulletins/<int:pk>/", bulletins.bulletin_detail, name="bulletin-detail"),
    path("bulletins/<int:pk>/paper/", bulletins.bulletin_paper, name="bulletin-paper"),
    path("bulletins/<int:pk>/pdf/", bulletins.bulletin_pdf, name="bulletin-pdf"),
    path("bulletins/<int:pk>/word/", bulletins.bulletin_word, name="bulletin-word"),
    path("bulletins/<int:pk>/scan/<int:step>/", bulletins.bulletin_scan, name="bulletin-scan"),
    path("bulletins/<int:pk>/rows/<str:key>/", bulletin_rows.bulletin_rows, name="bulletin-rows"),
    path("bulletins/<int:pk>/figure/", bulletin_rows.bulletin_figure, name="bulletin-figure"),
    path("bulletins/<int:pk>/change/", desk.bulletin_change, name="bulletin-change"),
    path("bulletins/<int:pk>/preview/", desk.bulletin_preview, name="bulletin-preview"),
    path("bulletins/<int:pk>/submit/", desk.bulletin_submit, name="bulletin-submit"),
    path("bulletins/<int:pk>/pass/", desk.bulletin_pass, name="bulletin-pass"),
    path("bulletins/<int:pk>/return/", desk.bulletin_return, name="bulletin-return"),
    path("bulletins/<int:pk>/issue/", desk.bulletin_issue, name="bulletin-issue"),
    path("bulletins/<int:pk>/withdraw/", desk.bulletin_withdraw, name="bulletin-withdraw"),
    path("bulletins/<int:pk>/finish/", desk.report_finish, name="report-finish"),
    path("bulletins/<int:pk>/discard/", desk.bulletin_discard, name="bulletin-discard"),
    path("setup/", include(setup_urls.urlpatterns)),
]
