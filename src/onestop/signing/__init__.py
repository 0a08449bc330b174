"""Sign and seal: the result is typeset, signed by the leader, then sealed by the agency (ký số, đóng dấu).

Start with `operations.sign_and_approve` (the leader's one click) and `operations.seal` (the clerk's). The order is the
law's: the competent person's signature first, then the agency's (Decree 30/2020/NĐ-CP Art 13 and Annex I). Where no
time-stamp authority answers the paper waits, and `operations.stamp_all` stamps it later.
"""
