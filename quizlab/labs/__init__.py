"""The labs of this repository, registered; in a wheel their code lies here, in a checkout in ``labs`` beside quizlab.

Under this name quizlab loads its own labs, whatever else is called ``labs`` on a student's path.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from quizlab.hooks.registry import Lab

HERE = Path(__file__).resolve().parent
if not list(HERE.glob("*/__init__.py")):
    __path__ = [str(HERE.parent.parent / "labs")]

LAB3 = Lab("lab3", "quizlab.labs.lab3", "quizlab.hooks.lab3", "quizlab/questions/lab3.yaml")
LAB4 = Lab("lab4", "quizlab.labs.lab4", "quizlab.hooks.lab4", "quizlab/questions/lab4.yaml")
TORCH = Lab("torch", "quizlab.labs.torch", "quizlab.hooks.torch", "quizlab/questions/torch.yaml", aside=True)

if TYPE_CHECKING:  # that our labs are what their proofs want; a change of a lab is seen without mypy's old cache
    import labs.lab3
    import labs.lab4
    from quizlab.hooks.faces import Lab3, Lab4

    _LAB3: Lab3 = labs.lab3
    _LAB4: Lab4 = labs.lab4
