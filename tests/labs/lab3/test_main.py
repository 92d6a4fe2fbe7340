"""The command line: from start to end on the bundled corpus, and its errors."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import labs.lab3.main as lab
from labs.lab3.arguments import parse_arguments

ROOT = Path(__file__).parents[3]
SMALL = ["--epochs", "1", "--hidden", "4", "--embedding", "6"]


@pytest.mark.parametrize(
    "options",
    [
        ["--model", "baseline", "--seeds", "1,2"],
        ["--model", "rnn", "--layers", "1"],
        ["--model", "lstm", "--bidirectional", "--attention", "--dropout", "0.2", "--min-freq", "2"],
    ],
)
def test_a_run(capsys, options):
    assert lab.main([*SMALL, *options]) == 0
    out = capsys.readouterr().out
    assert "epoha 1: gubitak 0," in out
    assert "matrica zabune" in out
    assert "Rezultati na testu" in out
    assert ("±" in out) == ("1,2" in options)


@pytest.mark.stress
def test_a_run_in_a_process_of_its_own_writes_utf_8():
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "labs.lab3", *SMALL, "--max-size", "50"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "točnost" in done.stdout.decode()


def test_frozen_vectors_from_a_file(tmp_path, capsys):
    path = tmp_path / "glove.txt"
    path.write_text("film 1 2 3 4 5 6\nthe 6 5 4 3 2 1\n")
    assert lab.main([*SMALL, "--glove", str(path)]) == 0
    path.write_text("film 1 2\n")
    assert lab.main([*SMALL, "--glove", str(path)]) == 2
    assert f"{path}:1: očekivana riječ i 6 brojeva" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--data", "/no such folder"], "mapa ne postoji"),
        (["--data", str(ROOT / "labs")], "u mapi nema datoteke"),
        (["--glove", "/no such file"], "datoteka ne postoji"),
        (["--glove", str(ROOT)], "to je mapa"),
        (["--model", "[red]x"], "'[red]x' nije model"),
        (["--epochs", "0"], "--epochs: 0 je izvan"),
        (["--epochs", "pet"], "'pet' nije cijeli broj"),
        (["--epochs"], "--epochs: nedostaje vrijednost"),
        (["--attention=1"], "--attention: ne prima vrijednost"),
        (["--clip", "nan"], "--clip: nan je izvan"),
        (["--seeds", "1,,2"], "--seeds: '' nije cijeli broj"),
        (["--model", "rnn", "--dropout", "1"], "dropout mora biti u [0, 1)"),
        (["--max-size", "1"], "max_size mora biti"),
        (["--device", "toaster"], "uređaj 'toaster' nije dostupan"),
        (["--attention"], "traže povratni model"),
        (["--frobnicate"], "nepoznata opcija --frobnicate"),
    ],
)
def test_a_mistake_is_one_sentence(capsys, options, sentence):
    assert lab.main(options) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("Greška: ")
    assert sentence in captured.err
    assert captured.err.count("\n") == 1


def test_interruption_leaves_cleanly(monkeypatch, capsys):
    def interrupt(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(lab, "run_seed", interrupt)
    assert lab.main(SMALL) == 130
    captured = capsys.readouterr()
    assert captured.out.endswith("Prekinuto.\n")
    assert captured.err == ""


def test_help_is_croatian(capsys):
    with pytest.raises(SystemExit) as stop:
        parse_arguments(["--help"])
    assert stop.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith("upotreba: ")
    assert not {"usage", "options", "show this"} & set(out.split())


def test_defaults_are_the_lab_s():
    arguments = parse_arguments(["--model", "gru", "--seeds", "3,5"])
    assert [config.seed for config in arguments.configs] == [3, 5]
    config = arguments.configs[0]
    assert (config.learning_rate, config.clip, config.train_batch_size, config.epochs) == (1e-4, 0.25, 10, 5)
