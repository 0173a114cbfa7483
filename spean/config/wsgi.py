"""What a server calls: the whole of Spean as one WSGI application."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spean.config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there
application = get_wsgi_application()
