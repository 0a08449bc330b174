"""Samples of the published attacks on signed files, made here: one function an attack, the same bytes every time.

`authority` certifies with fixed keys, `messages` builds CMS, `paper` builds and signs small PDFs. The attacks stand in
`on_bytes` (byte ranges, missing parts), `on_updates` (what is appended), `on_shadows` (what was prepared before
signing), `on_trust` (certificates, stamps, algorithms), `on_messages` (CMS), `on_markup` (XML) and `on_containers`.
`table.SAMPLES` lists all, `python -m tests.validation.attacks` prints what we and `pdfsig` answer.

Sources: Mladenov, Mainka, Meyer zu Selhausen, Grothe, Schwenk, "1 Trillion Dollar Refund" (2019: USF, ISA, SWA);
Mainka, Mladenov, Rohlmann, "Shadow Attacks" (2021); Rohlmann, Mladenov, Mainka, Schwenk, "Breaking the Specification"
(2021: EAA, SSA); McIntosh, Austel, "XML Signature Element Wrapping" (2005); RFC 5652 and its known pitfalls.
"""
