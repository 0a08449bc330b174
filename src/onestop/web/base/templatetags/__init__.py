"""Tags and filters of every template; loaded by the settings, so no template needs `{% load %}` for them."""
