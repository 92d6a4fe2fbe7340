"""Entry of the command line: start torch's process first, then load the rest."""

from __future__ import annotations

import sys


def main() -> None:
    """Run quizlab and exit with its status."""
    arguments, early = sys.argv[1:], None
    if arguments[:1] in (["verify"], ["build"]) and not {"--help", "-h"} & set(arguments) and arguments[1:]:
        from quizlab.proof import spawn

        early = spawn.start()
    from quizlab.cli import run

    sys.exit(run(arguments, early))


if __name__ == "__main__":
    main()
