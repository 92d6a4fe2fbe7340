"""Entry of the command line: start torch's process first, then load the rest."""

from __future__ import annotations

import sys

WITHOUT_WORKER = {"--help", "-h", "--code"}
"""With one of these ``verify`` needs no worker; a student's code gets a process of its own."""


def main() -> None:
    """Run quizlab and exit with its status."""
    arguments, early = sys.argv[1:], None
    words = [each.partition("=")[0] for each in arguments]
    if arguments[:1] == ["verify"] and arguments[1:] and not any(map(WITHOUT_WORKER.__contains__, words)):
        from quizlab.proof import spawn

        early = spawn.start()
    from quizlab.cli import run

    sys.exit(run(arguments, early))


if __name__ == "__main__":
    main()
