"""Cutting procedures back (cắt giảm, đơn giản hoá thủ tục hành chính): what need not be asked for at all.

Start with `rules/once_only.py`: the review of the whole catalogue for papers and answers that the state holds already.
"""
