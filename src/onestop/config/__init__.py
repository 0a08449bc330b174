"""The roof: settings, urls, and the wiring of ports to adapters (cấu hình).

Start with `settings.py`, then `wiring.py`.
"""
