"""What a server calls: the whole of Spean as one WSGI application."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spean.config.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
