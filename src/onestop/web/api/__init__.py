"""The machine face (giao diện máy): credentials for wallets, status lists, open data, at /api/."""
