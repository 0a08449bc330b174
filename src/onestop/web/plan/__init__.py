"""The face of the action plan (kế hoạch): targets, progress, tasks, the quarterly review sheet, at /ke-hoach/."""
