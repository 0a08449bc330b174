"""How every stand-in runs: one process, one address written where it can be found, ended by SIGTERM."""

import argparse
import asyncio
import json
import os
import signal
import socket
import ssl
from pathlib import Path

from aiohttp import web

from onestop.outside.certification import write

SERVICE_FILE = "service.json"


def arguments(description: str) -> argparse.ArgumentParser:
    """Return the command line that all stand-ins share."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--folder", type=Path, required=True, help="where it keeps its keys and says where it listens")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0, or a port that is taken: any free one")
    return parser


def listen(host: str, port: int) -> socket.socket:
    """Return a bound socket: on `port` if it is free, else on any."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError:
        made.bind((host, 0))
    return made


def address(bound: socket.socket, scheme: str = "http") -> str:
    """Return the address of a bound socket, with a stroke at its end."""
    host, port = bound.getsockname()[:2]
    return f"{scheme}://{host}:{port}/"


def run(app: web.Application, bound: socket.socket, folder: Path, tls: ssl.SSLContext | None = None) -> None:
    """Serve until SIGTERM or SIGINT; `service.json` stands in the folder exactly while it listens."""
    asyncio.run(_serve(app, bound, folder, tls))


async def _serve(app: web.Application, bound: socket.socket, folder: Path, tls: ssl.SSLContext | None) -> None:
    ended = asyncio.Event()
    for ending in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(ending, ended.set)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.SockSite(runner, bound, ssl_context=tls).start()
    place = folder / SERVICE_FILE
    told = {"pid": os.getpid(), "url": address(bound, "https" if tls else "http")}
    write(place, json.dumps(told).encode())
    try:
        await ended.wait()
    finally:
        place.unlink(missing_ok=True)
        await runner.cleanup()
