"""The PDF of 招远's 第 2 期 of 2015 from a warm process, against Chromium printing the same HTML."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from bench._common import in_turn, print_result, print_table
from reports.bulletins.paper import document_of
from reports.models import Bulletin
from reports.typesetting.html import to_html
from reports.typesetting.pool import PdfPool

RUNS = 7
LIMIT = 0.6


def paper() -> str:
    """The issue as HTML: three parts, a chart, and an annex of 116 teams."""
    issues = Bulletin.objects.select_related("program__jurisdiction")
    return to_html(document_of(issues.get(program__code="zhaoyuan", year=2015, number=2)))


def main() -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise SystemExit("本机没有 Chromium，无法对比。")
    html = paper()
    pool = PdfPool()
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "bulletin.html"), Path(folder, "bulletin.pdf")
        source.write_text(html)

        def by_chromium() -> None:
            # Two that print at once must not share a profile, so each run has its own, as on a server.
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
                options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"]
                paths = [f"--user-data-dir={profile}", f"--print-to-pdf={target}", source.as_uri()]
                subprocess.run([chromium, *options, *paths], check=True, capture_output=True)

        ours, reference = in_turn(
            RUNS, {"WeasyPrint, warm process": lambda: pool.render_html(html), "Chromium": by_chromium}, warm_up=2
        )
        if not target.read_bytes().startswith(b"%PDF"):
            raise SystemExit("Chromium 没有生成 PDF。")
    pool.close()
    print_table([ours, reference])
    print_result("bulletin", ours, reference, LIMIT)


if __name__ == "__main__":
    main()
