"""Chunks on a Dask cluster of processes of this machine: the same numbers, whatever happens to a worker."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from distributed import LocalCluster

from ite.compute import run_chunks
from ite.design.enrichment.simulate import simulate_enrichment
from ite.errors import Cancelled, ComputeError
from tests.design.enrichment.examples import one_subgroup


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as started:
        yield started


def draw(seed: int) -> list[float]:
    return np.random.default_rng(seed).standard_normal(3).tolist()


def die_once(chunk: tuple[int, str]) -> int:
    value, mark = chunk
    if value == 3 and not Path(mark).exists():
        Path(mark).touch()
        os._exit(1)
    return value


@pytest.mark.known_truth
def test_a_cluster_gives_the_numbers_of_one_process(cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    here = simulate_enrichment(one_subgroup(), trials=45_000, seed=1)
    monkeypatch.setenv("STRATAGEM_SCHEDULER", cluster.scheduler_address)
    there = simulate_enrichment(one_subgroup(), trials=45_000, seed=1)
    assert here.populations.equals(there.populations)
    assert here.estimates.equals(there.estimates)


@pytest.mark.known_truth
def test_chunks_of_a_killed_worker_run_again(cluster: LocalCluster, tmp_path: Path) -> None:
    mark = str(tmp_path / "died")
    chunks = [(value, mark) for value in range(8)]
    found = run_chunks(die_once, chunks, doing="dying", scheduler=cluster.scheduler_address)
    assert found == list(range(8))
    assert Path(mark).exists()


@pytest.mark.known_truth
def test_progress_is_told_and_may_cancel(cluster: LocalCluster) -> None:
    told: list[int] = []

    def stop_at_two(done: int, total: int, doing: str) -> None:  # noqa: ARG001 - the protocol's names
        told.append(done)
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        run_chunks(draw, list(range(6)), doing="drawing", progress=stop_at_two, scheduler=cluster.scheduler_address)
    assert told == [0, 1, 2]
    again = run_chunks(draw, [1, 2], doing="drawing", scheduler=cluster.scheduler_address)
    assert again == [draw(1), draw(2)]


@pytest.mark.known_truth
def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ite.compute._SECONDS_TO_ANSWER", 1)
    with pytest.raises(ComputeError, match=r"127\.0\.0\.1:9"):
        run_chunks(draw, [1, 2], doing="drawing", scheduler="tcp://127.0.0.1:9")
    assert run_chunks(draw, [1], doing="one chunk stays here", scheduler="tcp://127.0.0.1:9") == [draw(1)]
