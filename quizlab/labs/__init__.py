"""The labs of this repository, registered; in a wheel their code lies here, in a checkout in ``labs`` beside quizlab.

Under this name quizlab loads its own labs, whatever else is called ``labs`` on a student's path.
"""

from pathlib import Path

from quizlab.hooks.registry import Lab

HERE = Path(__file__).resolve().parent
if not list(HERE.glob("*/__init__.py")):
    __path__ = [str(HERE.parent.parent / "labs")]

LAB3 = Lab("lab3", "quizlab.labs.lab3", "quizlab.hooks.lab3", "quizlab/questions/lab3.yaml")
LAB4 = Lab("lab4", "quizlab.labs.lab4", "quizlab.hooks.lab4", "quizlab/questions/lab4.yaml")
