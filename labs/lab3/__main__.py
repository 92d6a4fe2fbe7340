"""Entry point of ``python -m labs.lab3``."""

import sys

from .main import main

if __name__ == "__main__":
    sys.exit(main())
