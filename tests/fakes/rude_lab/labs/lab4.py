"""A lab that prints over the pipe, fails, or takes the whole process with it."""

import os
import sys


def BatchNormConvReLU(c_in: int, *args: object, **kwargs: object) -> None:  # noqa: N802
    print("noise on standard output", flush=True)
    os.write(1, b"\x00\x00\x00\x01noise below Python")
    sys.stderr.write("noise on standard error")
    if c_in == 7:
        os._exit(3)
    raise RuntimeError(f"jedinica se ne da složiti [bold]{c_in}[/bold]\nsecond line")
