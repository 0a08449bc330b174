"""The `onestop` command (dòng lệnh).

Start with `main.py`: its table names every command, the module that holds it, and its one line of
help. One file a command or group; a command gathers its input, calls one operation or query, and
answers. Answers go to standard output (`--json`: one JSON document and nothing else), progress to
standard error. Exit codes: 0 done or holds, 1 refused or does not hold, 2 unusable input.
"""
