import time

from dezero_lab.grading.fresh import run_fresh


def test_output_errors_and_code():
    done = run_fresh(["-c", "import sys; print('한글', input()); sys.exit(3)"], input="x")
    assert (done.code, done.output, done.ok) == (3, "한글 x\n", False)
    done = run_fresh(["-c", "1 / 0"])
    assert done.last_line == "ZeroDivisionError: division by zero"


def test_files_and_folder(tmp_path):
    run_fresh(["-c", "pass"], files={"a/b.py": "x = 1"}, folder=tmp_path)
    assert (tmp_path / "a" / "b.py").read_text() == "x = 1"
    assert run_fresh(["a/b.py"], folder=tmp_path).ok
    assert run_fresh(["-c", "import b"], paths=[str(tmp_path / "a")]).ok
    assert not run_fresh(["-c", "import b"]).ok


def test_a_process_that_does_not_end_is_ended_with_its_children():
    began = time.monotonic()
    program = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); time.sleep(60)"
    assert run_fresh(["-c", program], seconds=0.5).code is None
    assert time.monotonic() - began < 10
