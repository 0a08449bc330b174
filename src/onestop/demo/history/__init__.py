"""A long history at once: facts of any number of dossiers, as they would have been counted (lịch sử mô phỏng).

Nothing of it passes through the journal: whole signed lives come only at the rate of `onestop bench life`. What is
made here are columnar facts (`docs/facts.md`), for trying out figures, alarms and engines at the size of a nation.
The units are the real ones; seasons, weekdays and hours, the spread of sizes, lateness and channels are drawn after
what is known of the province; some units cheat, and the manifest says which and how.

Start with `places.py` (who), `days.py` (when), `lives.py` (what happens to the dossiers of some days), `write.py`.
"""
