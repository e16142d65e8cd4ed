"""Chunks in, results in the same order out, with progress, seeds and cancelling."""

import os

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from ite.compute import run_chunks, silent, spawn_seeds, stage
from ite.errors import Cancelled


def square(value: int) -> int:
    return value * value


def draw(seed: int) -> list[float]:
    return np.random.default_rng(seed).standard_normal(3).tolist()


def process(_: int) -> int:
    return os.getpid()


def threads(_: int) -> int:
    import numpy.linalg  # noqa: F401, PLC0415 - a fresh process has loaded nothing yet

    return max((library["num_threads"] for library in threadpool_info()), default=1)


def fail_on_three(value: int) -> int:
    if value == 3:
        raise ValueError("three")
    return value


@pytest.mark.known_truth
@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_chunks(workers: int) -> None:
    assert run_chunks(square, [3, 1, 2, 5, 4], doing="squaring", workers=workers) == [9, 1, 4, 25, 16]


@pytest.mark.known_truth
def test_the_numbers_do_not_depend_on_the_workers_but_the_process_does() -> None:
    seeds = spawn_seeds(3, 4)
    assert run_chunks(draw, seeds, doing="drawing") == run_chunks(draw, seeds, doing="drawing", workers=2)
    assert set(run_chunks(process, [1, 2], doing="asking")) == {os.getpid()}
    assert os.getpid() not in run_chunks(process, [1, 2], doing="asking", workers=2)


@pytest.mark.known_truth
@pytest.mark.parametrize("workers", [1, 2])
def test_every_chunk_runs_on_one_thread(workers: int) -> None:
    assert set(run_chunks(threads, [1, 2], doing="counting", workers=workers)) == {1}


@pytest.mark.known_truth
@pytest.mark.parametrize("workers", [1, 2])
def test_progress_counts_from_zero_to_all(workers: int) -> None:
    told: list[tuple[int, int, str]] = []
    run_chunks(square, [1, 2, 3], doing="squaring", workers=workers, progress=lambda *report: told.append(report))
    assert told == [(done, 3, "squaring") for done in range(4)]


@pytest.mark.known_truth
def test_a_stage_goes_on_from_the_chunks_before_it() -> None:
    told: list[tuple[int, int, str]] = []
    later = stage(lambda *report: told.append(report), before=10, whole=25)
    run_chunks(square, [1, 2], doing="squaring", progress=later)
    assert told == [(10, 25, "squaring"), (11, 25, "squaring"), (12, 25, "squaring")]


@pytest.mark.known_truth
def test_cancelling_stops_before_the_next_chunk() -> None:
    started: list[int] = []

    def stop_after_two(done: int, _total: int, _doing: str) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        run_chunks(started.append, [1, 2, 3, 4], doing="waiting", progress=stop_after_two)
    assert started == [1, 2]


@pytest.mark.known_truth
@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_a_chunk_is_the_error_of_the_run(workers: int) -> None:
    with pytest.raises(ValueError, match="three"):
        run_chunks(fail_on_three, [1, 2, 3, 4], doing="failing", workers=workers)


@pytest.mark.known_truth
def test_seeds_depend_on_the_seed_alone_and_differ() -> None:
    assert spawn_seeds(5, 3) == spawn_seeds(5, 8)[:3]
    seeds = spawn_seeds(5, 2_000)
    assert len(set(seeds)) == 2_000
    assert all(0 <= seed < 2**31 for seed in seeds)
    assert not set(spawn_seeds(6, 100)) & set(seeds)


@pytest.mark.known_truth
def test_silence_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    silent(1, 2, "anything")
    assert capsys.readouterr().out == ""
