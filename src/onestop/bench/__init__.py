"""Named workloads, measured (đo tải): each prints JSON with its ratio to a limit taken in the same run.

Wall-clock figures swing with the machine; ratios within one run and counters (statements, commits, WAL, CPU) hold.
"""
