"""The public log (nhật ký công khai): how fast it grows, what a proof costs, what a dossier pays for it."""
