"""The faces: one folder an audience, over one common base (giao diện)."""
