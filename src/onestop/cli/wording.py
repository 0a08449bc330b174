"""Error codes in English, for the command line. The faces have their own words, in three languages."""

from onestop.cli.plan_wording import PLAN_WORDS
from onestop.errors import Fault, Invalid, OneStopError, Refused

WORDS = {
    "unexpected": (
        "Something went wrong that should not: {error}\nThe whole trace is in {log}. ONESTOP_DEBUG=1 shows it."
    ),
    "arguments.unusable": "{reason}",
    "guesses.too_many": "That was wrong too often. Try again in {minutes} minutes.",
    "procedure.not_in_force": "Procedure {procedure} is not in force on {on}.",
    "outside.not_started": "The stand-in {name} did not start. It said:\n{said}",
    "trust.bad_configuration": "{path} cannot be used; nothing was started.",
    "trust.bad_value": "{reason}",
    "keys.down": "The place of the signing keys ({place}) cannot be reached: {reason}.",
    "keys.no_secret": "The secret that opens the signing keys is missing.",
    "keys.secret_open": "{path} can be read by others, or lies beside the keys; no key was used.",
    "key.unknown": "There is no signing key {key}.",
    "key.locked": "The signing key {key} is locked: wrong secret, or too many of them.",
    "key.asks_holder": "The holder of the signing key {key} has to confirm each signature.",
    "key.asks_telephone": "The signing key {key} asks its holder on the telephone; pages cannot wait for that yet.",
    "centre.down": "The centre at {address} does not answer: {reason}. Nothing is lost; send again.",
    "aggregate.day_not_over": "The day {day} is not over yet.",
    "aggregate.day_before_last": "{day} lies before {last}, for which figures have been composed already.",
    "aggregate.not_counted": "Nothing of {member} counts for {day}.",
    "facts.other_span": "The export is of another span: --from {period_from} --as-of {as_of} is needed.",
    "facts.no_report": "There is no report {number}.",
    "facts.not_asked": "The facts behind this report cannot be asked for.",
    "facts.not_yours": "only the auditor and the head of the centre ask for facts",
    "facts.does_not_count": "the report does not count",
    "facts.asked_already": "they have been asked for already and have not come yet",
    "facts.no_reason": "no reason is given",
    "monitor.not_empty": "There are reports already: a nation is made up only where there is none.",
    "file.unreadable": "{path} cannot be read: {reason}.",
    "file.exists": "{path} exists already; nothing was written.",
    "file.empty": "The file is empty.",
    "file.too_large": "The file is larger than {limit} bytes.",
    "file.not_utf8": "The file is not written in UTF-8 (first at byte {at_byte}); nothing was loaded.",
    "file.broken_gzip": "The file is packed with gzip, and broken; nothing was loaded.",
    "file.broken_json": "The JSON of the file is broken (line {line}); nothing was loaded.",
    "file.broken_csv": "A quotation mark is broken in line {line} of the table; nothing was loaded.",
    "file.unknown_shape": "The file has none of the known shapes; nothing was loaded. See --help.",
    "load.nothing_known": "Nothing in {path} bears a known name. See --help.",
    "localdb.in_use": "A database server already runs in {folder} (process {pid}).",
    "localdb.no_permission": "{folder} cannot be used for the database: {reason}.",
    "localdb.not_a_cluster": "{folder} holds something, but no database. Move it away, or restore a backup.",
    "localdb.newer_version": (
        "{folder} was made by PostgreSQL {found}; this installation has {ours}. Nothing was touched."
    ),
    "localdb.older_version": (
        "{folder} was made by PostgreSQL {found}; this installation has {ours}. "
        "Make a backup with the old installation, move the folder away, restore the backup here."
    ),
    "localdb.no_such_user": "ONESTOP_DB_USER names {user}, whom this machine does not know.",
    "localdb.user_is_root": "PostgreSQL does not run as root: name another account in ONESTOP_DB_USER.",
    "localdb.nameless_user": "The account {uid} has no name on this machine, so the database cannot recognise it.",
    "localdb.no_binaries": (
        "The programs of PostgreSQL are missing: run `make setup`, or name a server in DATABASE_URL."
    ),
    "localdb.did_not_start": "The database in {folder} did not start (account {user}). Why is in {log}.",
    "localdb.did_not_stop": "The database in {folder} (process {pid}) did not stop in time.",
    "localdb.program_failed": "{program} failed: {said}",
    "localdb.foreign": "DATABASE_URL names another server: start, stop and keep it with its own means.",
    "localdb.not_running": "No database runs in {folder}. Start it: onestop db start",
    "serve.port_taken": "Port {port} on {host} is taken by another program. Try: --port {free}",
    "serve.bad_address": "{host}:{port} cannot be served: {reason}.",
    "serve.child_ended": "{name} ended by itself (exit code {exit_code}). Why is above.",
    "serve.no_static_files": "The style sheets and scripts could not be put together: {said}",
    "serve.no_answer": "{address} did not answer in time.",
    "moment.unreadable": "{text!r} is no moment: write it like 2026-03-02T09:30:00+07:00.",
    "moment.without_hour": "{text!r} has no hour, and the hour decides from when time counts: write {text}T09:30.",
    "period.unreadable": "{text!r} is no period: write two moments with two dots between them, A..B.",
    "limit.unreadable": (
        "{text!r} is no time limit: write it like 5 working days, 8 working hours, 20 days, 1 month, same day."
    ),
    "limit.not_positive": "A time limit must be more than 0 and at most 100000, not {quantity:g}.",
    "limit.part_of_a_month": "Months are counted whole, not {quantity:g}.",
    "limit.set_by_hand": "A time limit in words is not computed: a person sets the date.",
    "suspension.ends_before_it_begins": "The suspension {begins}..{ends} ends before it begins.",
    "suspension.before_the_start": "The suspension {begins}..{ends} begins before the dossier was received.",
    "suspension.overlaps": "A suspension begins at {begins}, before the one before it has ended at {ends}.",
    "restart.while_suspended": "The clock cannot start afresh within the suspension {begins}..{ends}.",
    "restart.before_the_start": "The clock cannot start afresh at {at}, before the dossier was received.",
    "worktime.not_covered": (
        "The working calendar runs from {covered_from} until {covered_until}: it says nothing about this date {on}."
    ),
    "table.without_column": "The table lacks the column {column}.",
    "table.wrong_width": "This row has {found} cells, the heading has {wanted}.",
    "table.not_utf8": "The table is not written in UTF-8: {reason}.",
    "dossier.unknown": "There is no dossier {code}.",
    "unit.not_found": "There is no unit {unit}.",
    "indicators.scheme_unknown": "There is no scheme {scheme}. Known: {known}.",
    "indicators.indicator_unknown": "There is no indicator {indicator}.",
    "indicators.day_not_kept": "That day is not kept. Choose the end of a month, or one of the last days.",
    "indicators.being_counted": "These figures are being counted for the first time. Try again in a while.",
    "indicators.cluster_failed": "The cluster does not answer: {said}",
    "indicators.no_facts": "The facts at {facts} cannot be read: {said}",
    "indicators.no_store": "There is no object store to start here: {command} gets one.",
    "indicators.no_cluster": "There is no Spark here, or no Java to run it: {command} gets them.",
    "indicators.not_about_dossiers": "{indicator} does not count dossiers, so no dossiers are behind it.",
    "figures.not_permitted": "This is not open to you.",
    "figures.wrong_role": "your role does not have this duty",
    "figures.settles_too": "whoever settles dossiers cannot do this: duties are kept apart",
    "figures.not_by_delegation": "this cannot be done by delegation",
    "snapshot.not_found": "There is no snapshot {snapshot}.",
    "snapshot.refused": "The snapshot is not made:",
    "snapshot.period_not_over": "the period is not over yet",
    "snapshot.reason_needed": "this period has been signed for already: give a --reason",
    "snapshot.nothing_changed": "Nothing has changed since the last snapshot of this period.",
    "snapshot.not_the_head": "only the head of the unit signs its figures",
    "snapshot.signed_already": "it has been signed already",
    "snapshot.prepared_by_signer": "whoever prepared it does not sign it",
    "snapshot.not_reproduced": "Counted again, other numbers come out; it is not signed.",
    "recount.unreadable": "{path} is no export of figures: {reason}.",
    "scorecard.no_units": "{path} holds no units: an object `provinces` or `units` with one entry a unit is expected.",
    "scorecard.counts_unreadable": "The counts of {unit} cannot be read: {reason}.",
    "log.would_fork": (
        "The public log would not go on from what it showed ({published} entries, now {size}): nothing is published."
    ),
    "log.leaves_missing": "Leaves of the public log are missing below {size}: nothing was published.",
    "log.not_yet": "This entry is not in the public log yet; it is within a minute while the worker runs.",
    "log.differs": "What the journal holds now is not what was logged: see onestop audit.",
    "log.no_cosignature": "This is no cosignature of a known witness on one of the newest checkpoints.",
    "log.unreachable": "{address} does not answer: {reason}",
    "log.no_key": "{path} holds no private key of a witness (Ed25519, PEM).",
    "log.bad_key": "{text} is no key of a log or a witness: name+id+base64.",
    "offline.not_built": "{name} is missing: run `make setup`, which builds it.",
    "trust_list.missing": "The trust list {list} or a file named with it is not there; it is not believed.",
    "trust_list.unreadable": "The trust list {list} cannot be read; it is not believed.",
    "trust_list.too_large": "The trust list {list} is too large; it is not believed.",
    "trust_list.no_signer_named": "No `signer` is named for the trust list {list}; it is not believed.",
    "trust_list.not_signed": "The trust list {list} is not signed; it is not believed.",
    "trust_list.signature_invalid": "The signature of the trust list {list} does not hold; it is not believed.",
    "trust_list.other_signer": "The trust list {list} was not signed by the `signer` named; it is not believed.",
    "trust_list.forbidden_content": "The trust list {list} refers to content outside itself; it is not believed.",
    "payment.not_here": "No payment platform is named: set ONESTOP_PAYMENTS and ONESTOP_PAYMENTS_SECRET.",
    "payment.down": "The payment platform {platform} does not answer: {reason}.",
    "payment.answer_not_believed": "What {platform} answered is not signed by it, or unreadable: {reason}.",
    "payment.no_secret": "ONESTOP_PAYMENTS_SECRET names no file that holds a secret ({file}).",
    "fee.decision_missing": "Name the decision by which fees can be paid online.",
    "procedure.unknown": "There is no procedure {procedure}.",
    "port.not_wired": "Nothing is plugged in for {port}.",
    **PLAN_WORDS,
}


def word(error: OneStopError) -> str:
    """The error as English sentences: itself, then every reason or fault."""
    lines = [_fill(error.code, error.params)]
    if isinstance(error, Refused):
        lines += [f"- {_fill(reason, error.params)}" for reason in error.reasons if reason != error.code]
    if isinstance(error, Invalid):
        lines += [f"- {_fault(fault)}" for fault in error.faults]
    return "\n".join(lines)


def _fault(fault: Fault) -> str:
    return f"{fault.field}: {_fill(fault.code, fault.params)}" if fault.field else _fill(fault.code, fault.params)


def _fill(code: str, params: dict[str, object]) -> str:
    """The sentence for `code`; for a code without one, the code itself and its parameters."""
    if code in WORDS:
        return WORDS[code].format_map({**dict.fromkeys(_names(WORDS[code]), "?"), **params})
    shown = ", ".join(f"{name} {value}" for name, value in params.items())
    return f"{code} ({shown})" if shown else code


def _names(sentence: str) -> list[str]:
    from string import Formatter

    return [name for _, name, _, _ in Formatter().parse(sentence) if name]
