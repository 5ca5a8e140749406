"""What the command line understands."""

import argparse
import os
from collections.abc import Callable
from importlib import import_module
from typing import TypeAlias

Run = Callable[[argparse.Namespace], int | None]


def command(name: str) -> Run:
    """Return the function of a command, named `module:function` within this package."""
    module, function = name.split(":")
    run: Run = getattr(import_module(f"gemensam.cli.{module}"), function)
    return run


def parser(version: str) -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    root = argparse.ArgumentParser(
        prog="gemensam", description="The shared workplace of a crisis-collaboration network.",
        epilog="Exit codes: 0 done, 1 refused (the reason is on stderr), 2 wrong usage.",
    )  # fmt: skip
    root.add_argument("--version", action="version", version=version)
    commands = root.add_subparsers(title="commands", metavar="COMMAND")
    _server_commands(commands)
    _log_commands(commands)
    _people_commands(commands)
    _channel_commands(commands)
    _larm_commands(commands)
    _governance_commands(commands)
    return root


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add(commands: Commands, name: str, run: str, told: str, *, data: bool = True) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=told, description=told)
    made.set_defaults(run=run)
    if data:
        default = os.environ.get("GEMENSAM_DATA", "data")
        made.add_argument("--data", metavar="DIR", default=default, help="the data folder (default: %(default)s)")
    return made


def _server_commands(commands: Commands) -> None:
    init = _add(commands, "init", "server:init", "Make a data folder and found a network from a region's data.")
    init.add_argument("--region", required=True, help="a region that comes with the program, e.g. stockholm")
    init.add_argument("--organisation", default="", help="whose node this is (default: the joint office)")
    init.add_argument("--demo", action="store_true", help="a demonstration: marked on every page, loopback only")
    init.add_argument("--authority", metavar="NAME", action="append", default=[],
                      help="make a local certificate authority and a certificate for this host name")  # fmt: skip
    serve = _add(commands, "serve", "server:serve", "Serve the pages and the interface.")
    _listening(serve)
    serve.add_argument("--host", default="", help="address to listen on (default: this machine only)")
    serve.add_argument("--certificate", metavar="FILE", help="certificate (PEM); with it the server speaks HTTPS")
    serve.add_argument("--key", metavar="FILE", help="the certificate's private key (PEM)")
    serve.add_argument("--no-worker", action="store_true", help="leave what runs by itself to `gemensam worker`")
    demo = _add(commands, "demo", "server:demo", "Found a demonstration, play a scenario in it, and serve it.")
    _listening(demo)
    demo.add_argument("--speed", type=_speed, default=100, help="how fast the scenario is played, in percent")
    demo.add_argument("--scenario", choices=("snowstorm", "7-april", "both"), default="snowstorm",
                      help="a snowstorm played while one watches, the day of 7 April 2017 to look back at, or both "
                           "(default: %(default)s)")  # fmt: skip
    demo.add_argument("--no-play", action="store_true", help="serve without playing the scenario")
    _add(commands, "worker", "server:worker", "Do what runs by itself (when `serve --no-worker` serves).")


def _listening(made: argparse.ArgumentParser) -> None:
    made.add_argument("--port", type=_port, default=8000, help="port to listen on (default: %(default)s)")


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port (1–65535)")
    return int(text)


def _speed(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no speed (1–100000 percent)")
    return int(text)


def _log_commands(commands: Commands) -> None:
    verify = _add(commands, "verify", "log:verify", "Check an exported file, or the whole log of a data folder.",
                  data=False)  # fmt: skip
    what = verify.add_mutually_exclusive_group(required=True)
    what.add_argument("file", metavar="FILE", nargs="?", help="a file made by `export`; nothing else is needed")
    what.add_argument("--data", metavar="DIR", help="check every space of this data folder")
    verify.add_argument("--all", action="store_true", help="check every signature, not only those that bind the rest")
    export = _add(commands, "export", "log:export", "Write a space as a signed file (JSON Lines).")
    export.add_argument("--space", metavar="ID", required=True, help="the space")
    export.add_argument("--out", metavar="FILE", required=True, help="the file to write; never overwritten")
    load = _add(commands, "load", "log:load", "Write entries from a file of JSON Lines, in large commits.")
    load.add_argument("file", metavar="FILE", help='one API entry a line, with "space" and "function" besides')
    _add(commands, "restore-node", "log:restore_node",
         "Begin a new incarnation after the database has been restored from a backup.")  # fmt: skip
    _add(commands, "maintain", "log:maintain",
         "Remove the last traces of disposed texts from the database (PostgreSQL: rewrites tables).")  # fmt: skip


def _channel_commands(commands: Commands) -> None:
    told = "Channels to people: SMS, voice, e-mail, push."
    channel = commands.add_parser("channel", help=told, description=told)
    channel_commands = channel.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add(channel_commands, "list", "channels:list_channels", "Say of each channel whether it is set up.")
    test = _add(channel_commands, "test", "channels:test_channel", "Send one message marked PROV to one address.")
    test.add_argument("channel", metavar="CHANNEL", help="sms, voice, email or push")
    test.add_argument("address", metavar="ADDRESS", help="+46…, a mail address, or for push a function's id")
    test.add_argument("--wait", type=float, default=0, metavar="S",
                      help="wait so many seconds for the provider's report; the server must be running")  # fmt: skip


def _larm_commands(commands: Commands) -> None:
    larm = commands.add_parser("larm", help="Alerts.", description="Alerts.")
    larm_commands = larm.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add(larm_commands, "status", "larm:status", "Show the alerts that go on, and whom they have not reached.")


def _people_commands(commands: Commands) -> None:
    user = commands.add_parser("user", help="Accounts.", description="Accounts.")
    user_commands = user.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add = _add(user_commands, "add", "people:add_user", "Make an account that may act in functions.")
    add.add_argument("--name", required=True, help="the login name, e.g. nacka-tib")
    add.add_argument("--function", action="append", required=True, help="a function's id; may be given again")
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    token = commands.add_parser("token", help="API tokens.", description="API tokens.")
    token_commands = token.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add = _add(token_commands, "add", "people:add_token", "Make an API token for an account and print it.")
    add.add_argument("--user", required=True, metavar="NAME", help="the account")
    add.add_argument("--function", default="", help="in which function (needed where the account has several)")
    add.add_argument("--label", default="api", help="what it is for (default: %(default)s)")


def _governance_commands(commands: Commands) -> None:
    read = _add(commands, "read-decision", "decisions:read_decision",
                "Read decision documents (PDF, DOCX, text) into the fields that a registrar would enter.",
                data=False)  # fmt: skip
    read.add_argument("files", metavar="FILE", nargs="+", help="a document; nothing is registered or kept")
    read.add_argument("--json", action="store_true", help="the keys of docs/decisions.md, by the files' names")
    read.add_argument("--region", default="stockholm", help="whose network and members (default: %(default)s)")
    costs = _add(commands, "cost-shares", "costs:cost_shares",
                 "Share a budget: half by population, half by a key, exact to the öre (docs/costs.md).",
                 data=False)  # fmt: skip
    costs.add_argument("--budget", metavar="KRONOR", required=True, help="whole kronor, 1 to 1000000000")
    costs.add_argument("--population", metavar="FILE.csv", required=True,
                       help="columns kommunkod, kommunnamn, folkmangd_YYYY_MM_DD; UTF-8")  # fmt: skip
    at = "the budget year's start; used are the figures of the last 31 December up to it"
    costs.add_argument("--at", metavar="YYYY-MM-DD", required=True, help=at)
    costs.add_argument("--key", metavar="FILE", help="who pays the other half: CSV with the columns medlem, andel; "
                                                     "without it that half is not distributed")  # fmt: skip
    costs.add_argument("--json", action="store_true", help="the keys of docs/costs.md")
    costs.add_argument("--region", default="stockholm", help="whose members (default: %(default)s)")
