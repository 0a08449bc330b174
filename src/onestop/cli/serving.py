"""`onestop up`, `serve`, `worker`: what runs until it is told to end."""

import click

from onestop.cli.answers import progress, use_django
from onestop.config.running import Household, check_port, make_secret_key, migrate

host_option = click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
port_option = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port.")


def announce(host: str, port: int) -> None:
    """Tell where to look, last, so that it stays in sight."""
    progress(f"\n  http://{host}:{port}/\n\nCtrl-C ends everything.")


@click.command()
@host_option
@port_option
def serve(host: str, port: int) -> None:
    """The faces, with the embedded database if no other is named. Ends with Ctrl-C."""
    check_port(host, port)
    with Household(progress) as house:
        house.open_database()
        house.open_faces(host, port)
        announce(host, port)
        house.wait()


@click.command()
@click.option("--concurrency", default=1, show_default=True, type=click.IntRange(1, 64), help="Jobs at a time.")
def worker(concurrency: int) -> None:
    """The background work. Start as many as you need, on as many machines."""
    with Household(progress) as house:
        house.open_database()
        house.start_worker(concurrency)
        progress("Working. Ctrl-C ends it.")
        house.wait()


@click.command()
@host_option
@port_option
def up(host: str, port: int) -> None:
    """Everything: database, tables brought up to date, faces, background work."""
    check_port(host, port)
    make_secret_key()
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        house.open_faces(host, port)
        house.start_worker()
        announce(host, port)
        house.wait()
