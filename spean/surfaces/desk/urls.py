"""Addresses of the desk, under /km/desk/ and /en/desk/."""

from django.urls import path

from spean.surfaces.desk import people_urls
from spean.surfaces.desk.views import concerns, facts, imports, issues, ladder, lanes, meetings, papers, reports, searching, today

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("concerns/", concerns.inbox, name="inbox"),
    path("concerns/search/", searching.search, name="concern_search"),
    path("concerns/lane/", lanes.listing, name="lane"),
    path("concerns/lane/<uuid:alike>/", lanes.group, name="lane_group"),
    path("concerns/lane/<uuid:alike>/<slug:verb>/", lanes.act, name="lane_act"),
    path("concerns/<uuid:pk>/", concerns.concern, name="concern"),
    path("concerns/<uuid:pk>/files/<uuid:file_id>/", concerns.attachment, name="concern_file"),
    path("concerns/<uuid:pk>/<slug:verb>/", concerns.act, name="concern_act"),
    path("facts/", facts.listing, name="facts"),
    path("facts/new/", facts.new, name="fact_new"),
    path("facts/<uuid:pk>/", facts.fact, name="fact"),
    path("facts/<uuid:pk>/change/", facts.change, name="fact_change"),
    path("facts/<uuid:pk>/<slug:verb>/", facts.act, name="fact_act"),
    path("imports/", imports.listing, name="imports"),
    path("imports/new/", imports.new, name="import_new"),
    path("imports/template/<slug:kind>/", imports.template, name="import_template"),
    path("imports/<uuid:pk>/", imports.sheet, name="import"),
    path("imports/<uuid:pk>/faulty/<slug:kind>/", imports.faulty, name="import_faulty"),
    path("imports/<uuid:pk>/<slug:verb>/", imports.act, name="import_act"),
    path("issues/", issues.listing, name="issues"),
    path("issues/new/", issues.new, name="issue_new"),
    path("issues/<uuid:pk>/", issues.issue, name="issue"),
    path("issues/<uuid:pk>/proof/<uuid:proof_id>/", issues.proof, name="proof"),
    path("issues/<uuid:pk>/letter/", papers.new_letter, name="letter_new"),
    path("issues/<uuid:pk>/<slug:verb>/", issues.act, name="issue_act"),
    path("letters/<uuid:pk>/", papers.letter, name="letter"),
    path("meetings/", meetings.listing, name="meetings"),
    path("meetings/<uuid:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:pk>/paper/", papers.agenda, name="meeting_paper"),
    path("meetings/<uuid:pk>/minutes/<uuid:issue>/", meetings.minute, name="minute"),
    path("meetings/<uuid:pk>/<slug:verb>/", meetings.act, name="meeting_act"),
    path("reading/", papers.reading, name="reading"),
    path("deadlines/", ladder.deadlines, name="deadlines"),
    path("reports/", reports.listing, name="reports"),
    path("reports/new/", reports.new, name="report_new"),
    path("reports/<uuid:pk>/", reports.answers, name="report"),
    path("reports/<uuid:pk>/sent/", reports.sent, name="report_sent"),
    *people_urls.urlpatterns,
]
