"""`python -m gemensam` is the command `gemensam`."""

import sys

from gemensam.cli import main

sys.exit(main())
