"""The public log for people and machines (nhật ký công khai): checkpoints, tiles, proofs, at /nhat-ky/."""
