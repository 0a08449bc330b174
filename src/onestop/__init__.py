"""onestop: administrative procedures of a province, from "I need this paper" to "here is the signed result".

The map of the house. A chapter may use the ones before it, never the ones after it.

ground
    worktime     which hours count: working calendar, time limits, the legal clock
    journal      what happened: append-only, hash-chained, signed entries
    trust        keys, certificates, time stamps, and whom to believe
    signatures   signatures made: papers (PAdES), files (CAdES), claims; kept for decades
    validation   signatures checked: any kind of signed file, by the standard's rules
    documents    files kept by their content, papers typeset, uploads inspected
    accounts     who is logged in: accounts, sessions, second factors
    agencies     who serves: units and their succession, posts, officers, delegations
    applicants   who asks: citizens, businesses, representatives
the life of a dossier
    catalogue    which procedures exist: versions, required documents, e-forms, fees, time limits
    dossiers     the thing itself: code, states, parts, supplement requests, permissions
    fees         what is owed, paid, paid back: stated, taken at the desk, paid online
    intake       receive: drafts, completeness, acceptance, promised date, scans
    process      appraise and approve: templates, hand-overs, assignment, consultations
    signing      sign and seal: who signs what, in which order
    results      return: the settlement result, issued and handed to the applicant
the account given of it
    notices      slips typeset from the journal; messages to each person, by e-mail too if they wish
    feedback     what people say of it: ratings, petitions and their answers
    facts        what the journal says of each dossier, counted by any engine
    indicators   figures with definition, population, numerator, denominator, as-of moment
    plans        the yearly action plan: targets cascaded to units, tasks, progress, scoring
    alerts       what is going wrong with figures: episodes that begin, are told once, and end
    monitor      the national monitor: signed aggregates of all provinces and ministries
    simplification  what need not be asked at all: the once-only review of the catalogue
faces
    web          base (layout, wording), portal, desk, office, board, plan, monitor, verify, ledger, inbox, api
roof
    config       settings, urls, wiring of ports to adapters
    outside      stand-ins for the outside world, each a process of its own
    demo         the real province with simulated people
    bench        named workloads, measured against a limit taken in the same run
    recount      every figure of an export counted again, sharing no code with the rest
    cli          the `onestop` command
"""
