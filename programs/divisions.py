"""Loading lists of division codes: what is new comes in, a changed name is kept, what is gone is retired."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction
from psycopg import sql

from programs.models import Division, DivisionName
from programs.refusals import Refusal
from programs.rules.places import LOCAL_NUMBERS_FROM, short_division_name

DEMO_DIVISIONS = Path(__file__).parent / "data" / "divisions-demo.csv"

_HEADER = ["code", "name", "level"]
_LEVEL_OF_DIGITS = {2: 1, 4: 2, 6: 3, 9: 4, 12: 5}
_PARENT_DIGITS = {2: 0, 4: 2, 6: 4, 9: 6, 12: 9}
_CHUNK = 100_000
_NAMED_IN_ERRORS = 5
# Two imports at once would both take a code for new.
_LOCK = 0x64697669
_GZIP_MAGIC = b"\x1f\x8b"


class DivisionFileError(Refusal):
    """A list of divisions that cannot be taken over; says what is wrong and where. Nothing has been changed."""


@dataclass(frozen=True)
class ImportResult:
    """What an import did, in divisions."""

    read: int
    added: int
    renamed: int
    restored: int
    retired: int


def import_divisions(
    source: Path | IO[bytes], *, on: dt.date, progress: Callable[[str], None] = lambda message: None
) -> ImportResult:
    """Bring the stored divisions to a list (CSV of code, name and level, gzipped or not) that holds from ``on``.

    New codes come in. A changed name goes to the former names, with the day before ``on`` as its last. A town or
    village missing from the list is retired on ``on`` if the county or town it lies in is listed with what it is made
    of; places merged away, places with locally given numbers, and all that the list does not go into stay as they are.
    A retired code that is listed again is in force again, unless it was merged into another. The same list a second
    time changes nothing. Raises DivisionFileError, all or nothing.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_STAGE)
        read = _stage(cursor, source, progress)
        progress(f"读完{read:,}条，正在入库")
        _refuse(cursor, _TWICE, "同一个代码出现了两次")
        cursor.execute("ALTER TABLE staged_division ADD PRIMARY KEY (code)")
        cursor.execute("ANALYZE staged_division")
        _refuse(cursor, _ORPHANS, "缺少上级区划")
        _execute(cursor, _KEEP_FORMER_NAMES, on)
        result = ImportResult(
            read=read,
            renamed=_execute(cursor, _RENAME, on),
            restored=_execute(cursor, _RESTORE, on),
            added=_execute(cursor, _ADD, on),
            retired=_execute(cursor, _RETIRE, on),
        )
        progress(f"新增{result.added:,}条，正在核对上下级")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP TABLE staged_division")
    if result.added:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("ANALYZE {}").format(_DIVISION))
    return result


def _stage(cursor: Any, source: Path | IO[bytes], progress: Callable[[str], None]) -> int:
    """Copy the list into the staging table, every derived column filled; the number of rows."""
    read = 0
    try:
        with _opened(source) as file, cursor.copy("COPY staged_division FROM STDIN") as copy:
            rows = _staged_rows(file)
            while chunk := list(islice(rows, _CHUNK)):
                copy.write("".join(chunk))
                read += len(chunk)
                progress(f"已读取{read:,}条")
    except UnicodeDecodeError as error:
        raise DivisionFileError("文件不是 UTF-8 编码，请另存为“CSV UTF-8”后再导入。") from error
    except (gzip.BadGzipFile, EOFError) as error:
        raise DivisionFileError("压缩文件不完整，请重新下载或复制后再导入。") from error
    if not read:
        raise DivisionFileError("文件里没有区划。")
    return read


def _opened(source: Path | IO[bytes]) -> IO[str]:
    binary: IO[bytes] = source.open("rb") if isinstance(source, Path) else source
    head = binary.read(len(_GZIP_MAGIC))
    binary.seek(0)
    plain: Any = gzip.GzipFile(fileobj=binary) if head == _GZIP_MAGIC else binary
    return io.TextIOWrapper(plain, encoding="utf-8-sig", newline="")


def _staged_rows(file: IO[str]) -> Iterator[str]:
    """One line of COPY text for each row of the list. Raises DivisionFileError with the number of the line."""
    rows = csv.reader(file)
    if [cell.strip().lower() for cell in next(rows, [])] != _HEADER:
        raise DivisionFileError("第1行应是表头“code,name,level”。")
    pinyin, initials = Division._meta.get_field("pinyin"), Division._meta.get_field("initials")
    longest = Division._meta.get_field("name").max_length or 0
    for row in rows:
        if len(row) != len(_HEADER):
            raise DivisionFileError(f"第{rows.line_num}行应有3列，实有{len(row)}列。")
        code, name, level_text = row
        digits = len(code)
        level = _LEVEL_OF_DIGITS.get(digits)
        if level is None or not (code.isascii() and code.isdigit()):
            raise DivisionFileError(f"第{rows.line_num}行的代码“{code}”不对，应是2、4、6、9或12位数字。")
        if level_text != str(level):
            raise DivisionFileError(f"第{rows.line_num}行：{digits}位代码的级别应是{level}，写的是“{level_text}”。")
        if not name.strip() or len(name) > longest or any(unicodedata.category(one) == "Cc" for one in name):
            raise DivisionFileError(f"第{rows.line_num}行（{code}）的名称是空的、太长或含有换行等字符。")
        name = name.strip().replace("\\", "")
        short = short_division_name(name, level)
        parent = code[: _PARENT_DIGITS[digits]] or r"\N"
        yield f"{code}\t{name}\t{short}\t{pinyin.key_of(short)}\t{initials.key_of(short)}\t{level}\t{parent}\n"


def _refuse(cursor: Any, query: str, complaint: str) -> None:
    _execute(cursor, query, None)
    if found := [code for (code,) in cursor.fetchmany(_NAMED_IN_ERRORS)]:
        raise DivisionFileError(f"{complaint}：{'、'.join(found)}{'等' if len(found) == _NAMED_IN_ERRORS else ''}。")


def _execute(cursor: Any, query: str, on: dt.date | None) -> int:
    tables = {"division": _DIVISION, "former": sql.Identifier(DivisionName._meta.db_table)}
    cursor.execute(sql.SQL(query).format(**tables), {"on": on, "local": LOCAL_NUMBERS_FROM})
    count: int = cursor.rowcount
    return count


_DIVISION = sql.Identifier(Division._meta.db_table)

_STAGE = """
CREATE TEMPORARY TABLE staged_division (
    code varchar COLLATE "C" NOT NULL, name varchar NOT NULL, short_name varchar NOT NULL,
    pinyin varchar COLLATE "C" NOT NULL, initials varchar COLLATE "C" NOT NULL,
    level smallint NOT NULL, parent_id varchar COLLATE "C"
) ON COMMIT DROP
"""

_TWICE = "SELECT code FROM staged_division GROUP BY code HAVING count(*) > 1 ORDER BY code"

_ORPHANS = """
SELECT staged.code FROM staged_division staged
WHERE staged.parent_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM staged_division above WHERE above.code = staged.parent_id)
  AND NOT EXISTS (SELECT FROM {division} above WHERE above.code = staged.parent_id)
ORDER BY staged.code
"""

# A name that did not last a day, because the list was taken over twice on one day, leaves no trace.
_KEEP_FORMER_NAMES = """
INSERT INTO {former} (division_id, name, short_name, since, until)
SELECT * FROM (
    SELECT known.code, known.name, known.short_name,
           COALESCE((SELECT max(until) + 1 FROM {former} WHERE division_id = known.code), known.valid_from) AS since,
           %(on)s::date - 1 AS until
    FROM {division} known JOIN staged_division staged USING (code)
    WHERE known.name <> staged.name
) gone WHERE since IS NULL OR since <= until
"""

_RENAME = """
UPDATE {division} known
SET name = staged.name, short_name = staged.short_name, pinyin = staged.pinyin, initials = staged.initials
FROM staged_division staged WHERE staged.code = known.code AND known.name <> staged.name
"""

_RESTORE = """
UPDATE {division} known SET retired_on = NULL FROM staged_division staged
WHERE staged.code = known.code AND known.retired_on IS NOT NULL AND known.merged_into_id IS NULL
"""

_ADD = """
INSERT INTO {division} (code, name, short_name, pinyin, initials, level, parent_id)
SELECT code, name, short_name, pinyin, initials, level, parent_id FROM staged_division staged
WHERE NOT EXISTS (SELECT FROM {division} known WHERE known.code = staged.code) ORDER BY code
"""

_RETIRE = """
WITH described AS (
    SELECT DISTINCT above.code FROM staged_division above JOIN staged_division below ON below.parent_id = above.code
    WHERE above.level IN (3, 4)
)
UPDATE {division} known SET retired_on = %(on)s
WHERE known.level IN (4, 5) AND known.retired_on IS NULL AND right(known.code, 3) < %(local)s
  AND (left(known.code, 6) IN (SELECT code FROM described) OR left(known.code, 9) IN (SELECT code FROM described))
  AND NOT EXISTS (SELECT FROM staged_division staged WHERE staged.code = known.code)
"""
