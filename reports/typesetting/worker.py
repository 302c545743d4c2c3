"""The process that prints: it keeps WeasyPrint and the faces loaded, reads pages from stdin and writes PDFs to stdout.

Started by ``pool``; it needs no Django settings and ends when its stdin is closed.
"""

import gc
import os
import signal
import struct
import sys
import traceback
from typing import BinaryIO

#: Before a page: whether it is tagged, the lengths of its identifier and of its HTML.
#: Before an answer: whether it is a PDF, and its length.
REQUEST = struct.Struct(">?II")
ANSWER = struct.Struct(">?I")

_WARM_UP = """<html lang="zh-CN"><head><title>.</title></head><body>
<p style="font-family: FandolFang">帮</p><p style="font-family: FandolHei">帮</p>
<p style="font-family: FandolKai">帮</p><p style="font-family: Noto Serif CJK SC">帮<b>帮</b></p></body></html>"""


def read_exactly(stream: BinaryIO, length: int) -> bytes:
    """Read ``length`` bytes; EOFError if the other side has gone."""
    content = stream.read(length)
    if content is None or len(content) < length:
        raise EOFError
    return content


def main() -> None:
    # Whatever a library prints must not mix with the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # Ctrl-C reaches the whole group; the web process decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    from reports.typesetting.pdf import render_html

    render_html(_WARM_UP, b"")
    gc.collect()
    gc.freeze()
    requests = sys.stdin.buffer
    while True:
        try:
            is_tagged, identifier_length, html_length = REQUEST.unpack(read_exactly(requests, REQUEST.size))
            identifier = read_exactly(requests, identifier_length)
            html = read_exactly(requests, html_length).decode()
        except EOFError:
            return
        try:
            done, content = True, render_html(html, identifier, is_tagged=is_tagged)
        except Exception:  # noqa: BLE001 - one bad page must not end the process for the next
            traceback.print_exc()
            done, content = False, traceback.format_exc(limit=0).encode()
        answers.write(ANSWER.pack(done, len(content)))
        answers.write(content)
        answers.flush()
        gc.collect()


if __name__ == "__main__":
    main()
