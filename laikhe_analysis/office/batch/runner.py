"""One function over many jobs: in this process, in several, or on a Dask cluster; in their order."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any, TypeVar

from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.batch.record import Job
from laikhe_analysis.office.refusal import refuse

__all__ = ["run"]

J = TypeVar("J", bound=Job)
R = TypeVar("R")
_TRIES = 3
"""How often a job may take its worker down before it is given up."""
DIED = _("tiến trình xử lý thư mục này bị ngắt nhiều lần (thiếu bộ nhớ?)")


def run(
    work: Callable[[J], R],
    jobs: Iterable[J],
    *,
    processes: int = 1,
    scheduler: str = "",
    lost: Callable[[J, Text], R],
) -> Iterator[R]:
    """Yield what `work` makes of each job, in the jobs' order, a few of them at a time.

    Parameters
    ----------
    work : callable
        A function of a module: it is sent to the workers by its name. Raises nothing.
    jobs : iterable
    processes : int
        1: everything is done here.
    scheduler : str
        Address of a Dask scheduler; blank: processes of this machine.
    lost : callable
        Makes the result of a job that took its worker down `_TRIES` times, from the reason.

    Notes
    -----
    When a worker is killed, the jobs under way are done again, one by one in a process of their
    own: a job that kills its process costs no other one its result.
    """
    if scheduler:
        yield from _on_cluster(work, jobs, scheduler, lost)
    elif processes <= 1:
        yield from map(work, jobs)
    else:
        yield from _in_processes(work, jobs, processes, lost)


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"))


def _in_processes(
    work: Callable[[J], R], jobs: Iterable[J], processes: int, lost: Callable[[J, Text], R]
) -> Iterator[R]:
    """Yield the results of processes of this machine."""
    pool, coming = _pool(processes), iter(jobs)
    waiting: deque[tuple[J, Future[R]]] = deque()
    try:
        while True:
            try:
                for job in coming:
                    waiting.append((job, _submitted(pool, work, job)))
                    if len(waiting) >= 4 * processes:
                        break
                if not waiting:
                    return
                done = waiting[0][1].result()
            except BrokenProcessPool:
                pool.shutdown()
                yield from [_result(work, job, future, lost) for job, future in waiting]
                waiting.clear()
                pool = _pool(processes)
            else:
                waiting.popleft()
                yield done
    finally:
        pool.shutdown(cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, work: Callable[[J], R], job: J) -> Future[R]:
    """Return the future of a job; one that has failed already where the pool is broken."""
    try:
        return pool.submit(work, job)
    except BrokenProcessPool as error:
        failed: Future[R] = Future()
        failed.set_exception(error)
        return failed


def _result(work: Callable[[J], R], job: J, future: Future[R], lost: Callable[[J, Text], R]) -> R:
    """Return the result of a job of a broken pool: its own, or what a process of its own makes."""
    if future.done() and future.exception() is None:
        return future.result()
    for _unused in range(_TRIES - 1):
        try:
            with _pool(1) as alone:
                return alone.submit(work, job).result()
        except BrokenProcessPool:
            continue
    return lost(job, DIED)


def _on_cluster(
    work: Callable[[J], R], jobs: Iterable[J], address: str, lost: Callable[[J, Text], R]
) -> Iterator[R]:
    """Yield the results of a Dask cluster, which repeats what a lost worker had."""
    with _client(address) as client:
        from distributed.scheduler import KilledWorker

        _check_workers(client)
        coming: Iterator[J] = iter(jobs)
        waiting: deque[tuple[J, Any]] = deque()
        room = 4 * max(sum(client.nthreads().values()), 1)
        while True:
            for job in coming:
                waiting.append((job, client.submit(work, job, pure=False)))
                if len(waiting) >= room:
                    break
            if not waiting:
                return
            job, future = waiting.popleft()
            try:
                done = future.result()
            except KilledWorker:
                done = lost(job, DIED)
            yield done


_NEEDED = "laikhe_analysis.office.batch.record"


def _check_workers(client: Any) -> None:
    """Raise unless every worker of a cluster has this program: else it would wait for ever."""
    try:
        client.run(import_module, _NEEDED)
    except ImportError as error:
        told = _("máy của cụm Dask chưa cài được chương trình: {error}", error=str(error))
        raise refuse(told, usage=True) from None


def _client(address: str) -> AbstractContextManager[Any]:
    """Return a client of a Dask cluster that is running.

    Raises
    ------
    RefusalError
        If Dask is not installed, or no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise refuse(
            _('--scheduler cần Dask: cài bằng pip install "laikhe-analysis[cluster]"'), usage=True
        ) from None
    try:
        client: AbstractContextManager[Any] = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError):
        raise refuse(
            _("không có cụm Dask nào trả lời ở {address}", address=address), usage=True
        ) from None
    return client
