"""Addresses of the public door, under /km/ and /en/. None of them carries anything about anybody."""

from django.urls import path

from spean.surfaces.public.views import (
    checking,
    finding,
    helping,
    pages,
    photographing,
    places,
    reports,
    said,
    sealing,
    threads,
    tolls,
    ways,
)

app_name = "public"
urlpatterns = [
    path("", pages.home, name="home"),
    path("report/", reports.report, name="report"),
    path("report/seal/", sealing.offer, name="seal"),
    path("report/toll/", tolls.offer, name="toll"),
    path("receipt/", threads.receipt, name="receipt"),
    path("receipt/add/", threads.add, name="receipt_add"),
    path("help/", helping.finder, name="help"),
    path("help/hsds/services/", helping.services, name="services"),
    path("help/hsds/services/<uuid:pk>/", helping.service, name="service"),
    path("help/<uuid:pk>/", helping.helper, name="helper"),
    path("said/", said.listing, name="said"),
    path("said/search/", finding.search, name="said_search"),
    path("said/figures.csv", said.download, name="figures"),
    path("said/<int:number>/", said.story, name="story"),
    path("ways/", ways.listing, name="ways"),
    path("ways/list/", ways.own_list, name="own_list"),
    path("ways/<slug:slug>/", ways.way, name="way"),
    path("law/", ways.law, name="law"),
    path("places/children/", places.children, name="place_children"),
    path("places/search/", places.search, name="place_search"),
    path("contract/", checking.contract, name="contract"),
    path("contract/photos/", photographing.photos, name="photos"),
    path("contract/photos/<slug:token>/", photographing.answer, name="photographed"),
    path("contract/photos/<slug:token>/<int:number>.jpg", photographing.picture, name="photographed_page"),
    path("offer/", checking.offer, name="offer"),
    path("privacy/", pages.privacy, name="privacy"),
    path("calendar/", pages.calendar, name="exit"),
]
