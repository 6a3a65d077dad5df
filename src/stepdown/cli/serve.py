"""`stepdown serve`: the web app on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from stepdown.cli.options import Data


def serve(
    host: Annotated[
        str, typer.Option(help="Address to listen on; others than 127.0.0.1 open it up.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    name: Annotated[
        list[str] | None, typer.Option(help="Name under which readers reach the server; may be repeated.")
    ] = None,
    futures: Annotated[int, typer.Option(min=128, max=10_000, help="Futures behind every picture.")] = 1000,
    https: Annotated[bool, typer.Option(help="Readers come over https (through a proxy).")] = False,
    data: Data = None,
) -> None:
    """Serve the web app; everything it shows comes from this machine."""
    import os
    import sys

    import uvicorn

    from stepdown.web import Settings, create_app

    secret = os.environ.get("STEPDOWN_SECRET")
    hosts = tuple(dict.fromkeys(("127.0.0.1", "localhost", "::1", host, *(name or ()))))
    chosen = Settings(hosts=hosts, https=https, data=data, futures=futures)
    if secret:
        chosen = Settings(secret=secret, hosts=hosts, https=https, data=data, futures=futures)
    typer.echo(f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/")
    uvicorn.run(create_app(chosen), host=host, port=port, log_level="warning", server_header=False)
    sys.stdout.flush()
    os._exit(0)  # a computation under way in compiled code cannot be ended in any other way
