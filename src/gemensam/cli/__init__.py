"""The command `gemensam`. Exit codes: 0 done, 1 refused with a reason on stderr, 2 wrong usage.

Django is imported only by the commands that need it: `--help` and `verify FILE` answer at once.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from gemensam import __version__
from gemensam.cli import arguments
from gemensam.core.refusal import Refused

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def main(given: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = arguments.parser(__version__)
    chosen = parser.parse_args(given)
    if not hasattr(chosen, "run"):
        parser.print_help(sys.stderr)
        return WRONG_USAGE
    if getattr(chosen, "data", None) is not None:
        os.environ["GEMENSAM_DATA"] = str(Path(chosen.data).resolve())
        os.umask(0o077)  # the database, its files and what is exported are for whoever runs the server alone
    return _run(chosen)


def _run(chosen: argparse.Namespace) -> int:
    from gemensam.cli.reasons import reason

    try:
        return int(arguments.command(chosen.run)(chosen) or DONE)
    except Refused as refused:
        print(f"gemensam: {reason(refused)}", file=sys.stderr)
    except (FileNotFoundError, FileExistsError, PermissionError, IsADirectoryError) as error:
        print(f"gemensam: {error.strerror}: {error.filename}", file=sys.stderr)
    except BrokenPipeError:
        sys.stderr.close()
    except KeyboardInterrupt:
        return 130
    return REFUSED
