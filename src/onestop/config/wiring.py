"""Which adapter stands behind which port. The only place that knows both."""


def wire() -> None:
    """Plug every adapter into its port."""
