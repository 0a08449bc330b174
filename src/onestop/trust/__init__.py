"""Signatures, seals, time stamps, certificates: make, check, keep (chữ ký số, con dấu số, dấu thời gian).

Every step of a dossier is signed by the officer's own key; every result carries the leader's signature and the
agency's seal as PAdES signatures that any PDF reader can check. Keys, the certification authority, the time-stamp
authority and the trust anchors stand behind ports, so that smart cards, HSMs and remote signing can take the place
of the local ones.

Start with `rules/` (who signs as what and where, what makes a certificate unusable), then `ports.py`, then
`operations/signatures.py` (`sign_pdf`, `prepare_pdf`, `complete_pdf`), `operations/extending.py` (`extend_pdf`:
stamped, kept for decades) and `queries/` (`verify_pdf`).
"""
