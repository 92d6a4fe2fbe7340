import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from labs.lab4 import SimpleMetricEmbedding
from labs.lab4 import main as lab_main
from labs.lab4.main import main
from tests.labs.lab4.conftest import write_mnist

ROOT = Path(__file__).parents[3]


@pytest.fixture
def data(tmp_path, small_digits) -> str:
    write_mnist(tmp_path / "mnist", *small_digits)
    return str(tmp_path / "mnist")


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.stress
def test_end_to_end_as_a_process(tmp_path, data):
    model, plots = tmp_path / "model.pt", tmp_path / "a" / "plots"
    command = [sys.executable, "-m", "labs.lab4", "--data", data, "--epochs", "2", "--batch-size", "8"]
    command += ["--emb-size", "8", "--remove-class", "0", "--save", str(model), "--plots", str(plots)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Podaci: 18 slika za učenje, 20 za ispitivanje")
    assert "1\N{NARROW NO-BREAK SPACE}282 parametara" in lines[1]
    for epoch, line in enumerate(lines[2:4], start=1):
        shape = r"gubitak \d,\d{4}, točnost \d+,\d %, točnost na izostavljenom razredu 0 \d+,\d %"
        assert re.fullmatch(f"epoha {epoch}/2: {shape}", line), line
    assert sorted(p.name for p in plots.iterdir()) == ["pca_embeddings.png", "pca_images.png"]
    assert all(p.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n" for p in plots.iterdir())
    SimpleMetricEmbedding(1, 8).load_state_dict(torch.load(model, weights_only=True))
    assert not list(tmp_path.glob("*.part"))


def test_loaded_model_is_the_saved_one(capsys, tmp_path, data):
    first, second = str(tmp_path / "a.pt"), str(tmp_path / "b.pt")
    common = ("--data", data, "--emb-size", "8", "--padding")
    code, trained, _ = run(capsys, *common, "--epochs", "1", "--batch-size", "4", "--save", first)
    assert code == 0
    code, loaded, _ = run(capsys, *common, "--load", first, "--save", second, "--seed", "9")
    assert code == 0
    assert re.findall(r"točnost.*", trained) == re.findall(r"točnost.*", loaded)
    a, b = (torch.load(path, weights_only=True) for path in (first, second))
    assert a.keys() == b.keys()
    assert all(a[k].equal(b[k]) for k in a)


def test_seed_repeats_the_run(capsys, data):
    command = ("--data", data, "--epochs", "1", "--emb-size", "4", "--batch-size", "4")
    one, again = (run(capsys, *command, "--seed", "1") for _ in range(2))
    other = run(capsys, *command, "--seed", "2")
    assert one == again != other


def test_identity_needs_no_training(capsys):
    code, out, err = run(capsys, "--model", "identity", "--remove-class", "0")
    assert (code, err) == (0, "")
    assert "točnost 80,6 %" in out
    assert "uzorak uz vježbu" in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--data", "nowhere"], "nowhere"),
        (["--save", "nowhere/model.pt"], "nowhere"),
        (["--save", "."], "ne može se pisati"),
        (["--load", "nowhere.pt"], "nowhere.pt"),
        (["--load", "text.pt"], "nije datoteka s parametrima"),
        (["--load", "other.pt"], "--emb-size"),
        (["--load", "list.pt"], "--emb-size"),
        (["--plots", "text.pt/plots"], "text.pt/plots"),
        (["--epochs", "0", "--emb-size", str(2**40)], "Greška"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(capsys, tmp_path, monkeypatch, arguments, says):
    monkeypatch.chdir(tmp_path)
    Path("text.pt").write_text("not a model", encoding="utf-8")
    torch.save(SimpleMetricEmbedding(1, 3).state_dict(), "other.pt")
    torch.save([1, 2], "list.pt")
    code, _, err = run(capsys, *arguments)
    assert code == 1
    assert err.startswith("Greška: ")
    assert err.count("\n") == 1
    assert says in err


def test_damaged_data_is_one_sentence(capsys, tmp_path, data):
    (Path(data) / "t10k-labels-idx1-ubyte").write_bytes(b"")
    code, _, err = run(capsys, "--data", data)
    assert code == 1
    assert re.fullmatch(r"Greška: .*t10k-labels-idx1-ubyte.*\n", err)


def test_pickled_code_is_not_run(capsys, tmp_path):
    class Dangerous:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "ran",))

    torch.save({"w": Dangerous()}, tmp_path / "bad.pt")
    code, _, err = run(capsys, "--load", str(tmp_path / "bad.pt"))
    assert code == 1
    assert "nije datoteka s parametrima" in err
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--epochs", "-1"],
        ["--batch-size", "0"],
        ["--lr", "0"],
        ["--lr", "nan"],
        ["--lr", "inf"],
        ["--margin", "-1"],
        ["--emb-size", "2.5"],
        ["--remove-class", "10"],
        ["--seed", str(2**64)],
        ["--model", "cnn"],
        ["--device", "tpu"],
    ],
)
def test_wrong_usage(capsys, arguments):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert arguments[0] in capsys.readouterr().err


def test_interruption_leaves_nothing_behind(capsys, tmp_path, data, monkeypatch):
    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(lab_main, "train", interrupted)
    code, _, err = run(capsys, "--data", data, "--save", str(tmp_path / "model.pt"))
    assert (code, err) == (130, "Prekinuto.\n")
    assert not list(tmp_path.glob("model.pt*"))


def test_failed_save_keeps_the_old_file_and_no_half_of_the_new(capsys, tmp_path, data, monkeypatch):
    def full_disk(state, path):
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", full_disk)
    (tmp_path / "model.pt").write_bytes(b"old")
    code, _, err = run(capsys, "--data", data, "--epochs", "0", "--save", str(tmp_path / "model.pt"))
    assert (code, err.count("\n")) == (1, 1)
    assert [(p.name, p.read_bytes()) for p in tmp_path.glob("model.pt*")] == [("model.pt", b"old")]


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device")
def test_missing_gpu_is_one_sentence(capsys):
    code, _, err = run(capsys, "--device", "cuda")
    assert (code, err.count("\n")) == (1, 1)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
def test_gpu_run(capsys, data):
    code, out, _ = run(capsys, "--data", data, "--epochs", "1", "--device", "cuda")
    assert code == 0
    assert "cuda" in out
