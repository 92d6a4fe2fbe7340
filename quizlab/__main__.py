"""Entry of the command line: start torch's process first, then load the rest."""

from __future__ import annotations

import contextlib
import sys

WITHOUT_WORKER = {"--help", "-h", "--code"}
"""With one of these ``verify`` needs no worker; a student's code gets a process of its own."""

NO_ROOM = "Sustav sada ne dopušta otvaranje datoteka ili procesa ({}). Zatvori druge programe pa pokušaj ponovno.\n"

INTERRUPTED = "Prekinuto.\n"


def main() -> None:
    """Run quizlab and exit with its status."""
    arguments, early = sys.argv[1:], None
    words = {each.partition("=")[0] for each in arguments}
    try:
        from quizlab.view import streams

        streams.opened()  # before the pipes of the worker could take their numbers
        if arguments[:1] in (["verify"], ["build"]) and arguments[1:] and not WITHOUT_WORKER & words:
            from quizlab.proof import spawn

            with contextlib.suppress(OSError):  # then it is started again when it is needed, and said if it cannot be
                early = spawn.start()
        from quizlab.cli import run

        status = run(arguments, early)
    except OSError as error:  # not even quizlab's own files can be opened
        with contextlib.suppress(AttributeError, OSError):
            sys.stderr.write(NO_ROOM.format(error.strerror or error))
        sys.exit(3)
    except KeyboardInterrupt:  # while all this was being loaded, before a command could hear of it
        with contextlib.suppress(AttributeError, OSError):
            sys.stderr.write(INTERRUPTED)
        sys.exit(130)
    sys.exit(status)


if __name__ == "__main__":
    main()
