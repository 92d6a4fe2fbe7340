"""Entry point of ``python -m labs.lab3``."""

import sys

from labs.lab3.main import main

if __name__ == "__main__":
    sys.exit(main())
