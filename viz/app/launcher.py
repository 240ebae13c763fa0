"""Opens the laboratory: Solara's server with what it needs on this machine, and nothing that calls out.

Solara would fetch its page's files from a CDN, report its use, and check for versions. Here its files come from the
package, reporting is off, and no check is made; docs/decisions/0013-laboratory.md says how that is kept so.
"""

import logging
import socket
import sys
import threading
import warnings
import webbrowser
from contextlib import closing
from pathlib import Path
from typing import Any, Final

SESSIONS: Final = 40  # pages open at once
IDLE: Final = "30m"  # after which a session that nobody is connected to ends
TURN: Final = 0.001  # s until a thread that asks for a run gets its turn from one that renders a page
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


class LaunchError(RuntimeError):
    """The laboratory cannot be opened; the text says why and what would be right."""


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    opens: bool = True,
    names: tuple[str, ...] = (),
    results: Path | None = None,
    place: Path | None = None,
) -> None:
    """Serve until interrupted. `names`: further names under which the laboratory may be reached; `results`: a results
    folder to look at; `place`: a place folder that can be asked about.

    Raises LaunchError where Solara is not installed, the port is taken or the folder cannot be read.
    """
    _check(host, port)
    own = _offered(place)
    application = laboratory(hosts=(*LOOPBACK, host, *names), results=results)
    import uvicorn

    name = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::") else host
    address = f"http://{name}:{port}/{f'?place={own}' if own else ''}"
    print(f"The laboratory is at {address} – leave with Ctrl+C.", flush=True)
    if opens:
        threading.Timer(0.5, webbrowser.open, (address,)).start()
    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        log_level="warning",
        ws_max_size=4_000_000,
        ws_per_message_deflate=False,  # packing a film takes longer than sending it as it is
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run()


def laboratory(*, hosts: tuple[str, ...], results: Path | None = None) -> Any:
    """The application, guarded; its processes are warm when it starts to serve."""
    _settle()
    import solara.server.app
    import solara.server.starlette

    from viz.app import post, shell
    from viz.app.desk import Desk
    from viz.app.guard import Guard

    post.install()
    sys.setswitchinterval(TURN)
    folder = _opened(results)
    desk = Desk()
    desk.warm()
    shell.open_with(desk, folder)
    solara.server.app.apps["__default__"] = solara.server.app.AppScript("viz.app.shell")
    return Guard(solara.server.starlette.app, hosts=hosts, sessions=SESSIONS)


def _offered(place: Path | None) -> str:
    """Name in links of the place folder that is offered, or nothing."""
    if place is None:
        return ""
    from model.place_error import PlaceError
    from viz.app import grounds

    try:
        return grounds.offer(place)
    except PlaceError as error:
        raise LaunchError(str(error)) from None


def _opened(results: Path | None) -> Any:
    if results is None:
        return None
    from viz.app.opened import opened
    from viz.results import ResultsError

    try:
        return opened(results)
    except ResultsError as error:
        raise LaunchError(str(error)) from None


def _settle() -> None:
    """Settings of Solara, before it reads them: everything from this machine, nothing reported, sessions bounded."""
    try:
        import solara
        import solara.server.settings as server
    except ModuleNotFoundError as error:
        raise LaunchError(
            f'the laboratory needs {error.name}; install it with `make setup`, or pip install "omstilling[app]"'
        ) from None
    from viz.app.widgets import ASSETS

    solara.settings.assets.proxy = False
    solara.settings.assets.cdn = "/static/assets/cdn"
    server.assets.extra_locations = [str(ASSETS)]
    server.assets.fontawesome_enabled = False
    server.telemetry.mixpanel_enable = False
    server.theme.loader = "plain"
    server.theme.show_banner = False
    server.theme.title = "Omstilling"
    server.kernel.cull_timeout = IDLE
    server.kernel.max_count = SESSIONS
    server.kernel.max_per_session = 10
    server.session.http_only = True
    server.main.mode = "production"
    logging.getLogger("solara").setLevel(logging.ERROR)
    # Solara has no setting for its cookie, and warns at every name but localhost that a page within a frame of another
    # site would not get it back. Ours is shown in no frame (`guard`), and "lax", which it then takes, is what we want.
    warnings.filterwarnings("ignore", "Cookies with samesite=none require https", module=r"solara\.server\.starlette")


def _check(host: str, port: int) -> None:
    if not 1 <= port <= 65535:
        raise LaunchError(f"port {port}: give one from 1 to 65535")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise LaunchError(f"{host}, port {port}: {error.strerror or error}; try another with --port") from None
