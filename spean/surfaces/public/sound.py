"""The one exception to "no microphone": the pages on which somebody may say it with their voice."""

from django.http import HttpResponse

from spean.surfaces.headers import POLICY


def with_microphone(response: HttpResponse) -> HttpResponse:
    """Let this page, and nothing inside it from elsewhere, ask for the microphone. The browser still asks the person."""
    response.headers["Permissions-Policy"] = POLICY.replace("microphone=()", "microphone=(self)")
    return response
