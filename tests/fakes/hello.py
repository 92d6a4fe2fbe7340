"""The smallest Typer program with two commands: what quizlab's start-up is compared with."""

import typer

app = typer.Typer()


@app.command()
def hello(name: str = "svijete") -> None:
    """Say hello."""
    print(f"Bok, {name}")


@app.command()
def bye(name: str = "svijete") -> None:
    """Say goodbye."""
    print(f"Zbogom, {name}")


if __name__ == "__main__":
    app()
