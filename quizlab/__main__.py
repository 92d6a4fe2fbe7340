"""Entry of the command line: start torch's process first, then load the rest."""

from __future__ import annotations

import sys


def main() -> None:
    """Run quizlab and exit with its status."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["verify"] and not {"--help", "-h"} & set(arguments) and arguments[1:]:
        from quizlab.proof import spawn

        spawn.start_early()
    from quizlab.cli import run

    sys.exit(run(arguments))


if __name__ == "__main__":
    main()
