"""What every answer says about the devices of its reader: nothing may be asked for; on some pages, a microphone or a camera."""

from django.http import HttpResponse

POLICY = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"


def with_microphone(response: HttpResponse) -> HttpResponse:
    """Let this page, and nothing inside it from elsewhere, ask for the microphone. The browser still asks the person."""
    response.headers["Permissions-Policy"] = POLICY.replace("microphone=()", "microphone=(self)")
    return response


def with_camera(response: HttpResponse) -> HttpResponse:
    """Let this page, and nothing inside it from elsewhere, ask for the camera. The browser still asks the person."""
    response.headers["Permissions-Policy"] = POLICY.replace("camera=()", "camera=(self)")
    return response
