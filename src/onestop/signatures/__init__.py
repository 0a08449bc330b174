"""Signatures, made (tạo chữ ký số): on papers as PAdES, on any file as CAdES, claims for QR codes and wallets.

Every result carries the leader's signature and the agency's seal as PAdES signatures that any PDF reader can check.
A paper is changed by appending to it, so what was signed before stays as it was. Keys and time stamps come from the
ports of `trust`; who must sign what, and in which order, is the chapter `signing`.

Start with `rules/places.py` and `rules/order.py`, then `operations/signatures.py` (`sign_pdf`, `prepare_pdf`,
`complete_pdf`), then `operations/extending.py` (`extend_pdf`: stamped, kept for decades).
"""
