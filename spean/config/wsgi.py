"""What a server calls: the whole of Spean as one WSGI application."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spean.config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from spean.config.serving import end_with_parent

#: A thread that holds a lock and asks for the interpreter waits so long for it; at Python's 5 ms all others wait with it.
SWITCH_SECONDS = 0.001

end_with_parent()  # a process that outlives its server would hold the port, and serve without anybody who watches it
sys.setswitchinterval(SWITCH_SECONDS)
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there
application = get_wsgi_application()
