"""A lab whose unit never gets built."""

import time


def BatchNormConvReLU(*args: object, **kwargs: object) -> None:  # noqa: N802
    time.sleep(30)
