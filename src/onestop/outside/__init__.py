"""Stand-ins for the outside world, each a process of its own (thế giới bên ngoài, giả lập để thử).

Remote signing (CSC), a time-stamp authority, and what else a province's system talks to: for tests and trying out.
They know nothing of the house; `onestop outside up` starts them.
"""
