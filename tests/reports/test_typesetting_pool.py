"""Printing processes: the same file as here, words for the user when one fails, and then the next page."""

from collections.abc import Iterator

import pytest

from reports.typesetting.pdf import render_pdf
from reports.typesetting.pool import PdfError, PdfPool
from tests.reports.typesetting_samples import bulletin


@pytest.fixture(scope="module")
def pool() -> Iterator[PdfPool]:
    pool = PdfPool(timeout=120)
    pool.warm()
    yield pool
    pool.close()


def test_a_process_prints_the_same_file(pool: PdfPool) -> None:
    assert pool.render(bulletin()) == render_pdf(bulletin())


def test_a_page_that_cannot_be_set_does_not_stop_the_next(pool: PdfPool) -> None:
    with pytest.raises(PdfError, match="版面没有排成"):
        pool.render_html("<html><body>")
    assert pool.render(bulletin()).startswith(b"%PDF")


def test_a_process_that_takes_too_long_is_stopped() -> None:
    pool = PdfPool(timeout=0.001)
    with pytest.raises(PdfError, match="秒内完成"):
        pool.render(bulletin())
    pool.close()


def test_a_closed_pool_can_print_again(pool: PdfPool) -> None:
    pool.close()
    assert pool.render(bulletin()).startswith(b"%PDF")
