"""The face of the one-stop desk: receive, assist, return (Bộ phận Một cửa).

Start with `urls.py`. Dense lists, everything by keyboard, the next dossier is there after each act.
"""
