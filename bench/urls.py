"""Spean's addresses and the bare insert."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from spean.config.urls import handler404, handler500
from spean.config.urls import urlpatterns as spean_urls

__all__ = ["handler404", "handler500", "urlpatterns"]


@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    """One row of 1 KB, committed durably, and an answer: the least that any intake can do."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (body) VALUES (%s)", [request.body.decode()])
    return HttpResponse("ok")


urlpatterns = [path("bench/bare", bare), *spean_urls]
