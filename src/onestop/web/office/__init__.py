"""The face of specialists, heads, leaders and clerks: appraise, approve, sign and seal (phòng chuyên môn, lãnh đạo).

Start with `urls.py`. One work list, one page a dossier, and bulk acts that say exactly what they will do.
"""
