"""Keys, certificates, time stamps, and whom to believe (khóa, chứng thư số, dấu thời gian, nguồn tin cậy).

Every step of a dossier is signed by the officer's own key. Keys, the certification authority, the time-stamp authority
and the trust anchors stand behind ports, so that smart cards, security modules and remote signing can take the place
of the local ones. How signatures are made of them is the chapter `signatures`; how they are checked, `validation`.

Start with `rules/names.py` (whose key signs as what) and `rules/certificates.py` (what makes one unusable), then
`ports.py`, then `operations/keys.py`.
"""
