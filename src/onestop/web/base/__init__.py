"""What all faces share: layout, components, wording, error pages, identity, permissions (giao diện dùng chung).

Start with `COMPONENTS.md`, the cheat sheet for whoever writes a page; then `permissions.py` (every route names one),
`templates/base/page.html` (the frame of every page), `wording/` (codes into words), `assets/` (the look).
"""
