"""The inbox (hộp thông báo) at /thong-bao/: what each person was told, what they want by e-mail, letters in words."""
