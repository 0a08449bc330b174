"""The WSGI application that granian serves."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from onestop.config.children import ask_to_die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onestop.config.settings")

ask_to_die_with_parent(signal.SIGTERM)  # a killed granian leaves no serving process behind
application = get_wsgi_application()
