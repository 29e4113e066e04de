"""Proves that SQL of others reads its tables and nothing else, within its budget, and that everything else goes on."""

import csv
import json
import threading
from pathlib import Path
from time import monotonic
from types import SimpleNamespace

import duckdb
import pytest

from opentusk.kit.queries.errors import BadQuery, Busy, OverBudget, VersionGone
from opentusk.kit.queries.processes import WorkerFailed
from opentusk.kit.queries.shapes import Shape, TableRef
from opentusk.kit.queries.sql.guard import check_sql
from opentusk.kit.queries.sql.locked import SqlTable, open_locked
from opentusk.kit.queries.sql.pool import SqlPool, SqlRequest
from opentusk.kit.queries.sql.worker import _refusal
from opentusk.kit.queries.tests.attacks import REACHING, REFUSED, STOPPED
from opentusk.kit.queries.tests.tables import ROWS, SECRET, write_table
from opentusk.kit.tables.shapes import Column, ColumnType

SECONDS = 0.5
GOOD = [
    "SELECT * FROM t",
    "FROM t",
    "select Comune, sum(importo) from T group by all order by 2 desc nulls last limit 3;",
    "WITH a AS (SELECT comune, count(*) n FROM t GROUP BY 1), b AS (FROM a) SELECT * FROM a JOIN b USING (comune)",
    "SELECT comune, row_number() OVER (PARTITION BY attivo ORDER BY anno) AS posto FROM t QUALIFY posto = 1",
    "SELECT * FROM t WHERE anno IN (SELECT max(anno) FROM t) OR EXISTS (SELECT 1 FROM t u WHERE u.anno = t.anno)",
    "SELECT DISTINCT ON (attivo) * FROM t ORDER BY attivo, anno",
    "SELECT CASE WHEN importo > 0 THEN 'più' ELSE 'meno' END AS segno, count(*) FROM t GROUP BY 1 -- fine",
    "SELECT date_trunc('month', giorno), sum(importo) FILTER (attivo) FROM t GROUP BY 1",
    "SELECT giorno + INTERVAL 1 DAY, giorno - DATE '2020-01-01', anno::VARCHAR || 'x', importo * 2 / 3 FROM t",
    "(SELECT 1 AS a) UNION ALL (SELECT 2) EXCEPT SELECT 3 ORDER BY a",
    "SELECT * EXCLUDE (anno) REPLACE (upper(comune) AS comune) FROM t AS x LEFT JOIN (VALUES (1)) v(b) ON true",
    "SELECT COLUMNS('im.*') FROM t",
    "SELECT string_split(comune, ' ')[1], list_value(1, 2), comune LIKE 'L%', comune SIMILAR TO 'L.*' FROM t",
    "SELECT count(*) FROM t GROUP BY GROUPING SETS ((comune), ())",
    "SELECT * FROM t USING SAMPLE 3 ROWS",
]


@pytest.fixture(scope="module")
def pool():
    pool = SqlPool(size=1, queue=4)
    yield pool
    pool.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> TableRef:
    """A million rows, so that products of it have no end."""
    path = tmp_path_factory.mktemp("large") / "large.parquet"
    with duckdb.connect() as connection:
        rows = "SELECT i + 1 AS _row, i AS n, 'affidamento dei lavori ' || i AS oggetto FROM range(1000000) r(i)"
        connection.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet)")
    columns = (
        Column(name="n", label="N", type=ColumnType.INTEGER),
        Column(name="oggetto", label="O", type=ColumnType.TEXT),
    )
    return TableRef(key="large", parquet=path, columns=columns)


def ask(pool, table, sql, **options):
    parameters = options.pop("parameters", {})
    return pool.run(SqlRequest(sql=sql, tables=[(("t",), table)], parameters=parameters, **options), seconds=SECONDS)


def locked(table) -> SqlTable:
    return SqlTable(("t",), table.files, (*(column.name for column in table.shown), *table.internal))


@pytest.mark.parametrize("sql", GOOD)
def test_what_is_allowed_is_answered_as_bare_duckdb_answers(pool, table, sql):
    found = json.loads(ask(pool, table, sql, shape=Shape.ARRAYS).rows)

    with open_locked([locked(table)], memory="100MB") as bare:
        assert len(found) == len(bare.execute(sql).fetchall())


@pytest.mark.parametrize("sql", [sql for sql in GOOD if "SAMPLE" not in sql])
def test_a_statement_written_anew_means_the_same(table, sql):
    written = check_sql(sql, {"t"}).text

    assert check_sql(written, {"t"}).parameters == frozenset()
    with open_locked([locked(table)], memory="100MB") as bare:
        assert bare.execute(written).fetchall() == bare.execute(sql).fetchall()


@pytest.mark.parametrize("what", REFUSED)
def test_an_attack_is_refused_before_it_runs(table, what):
    with pytest.raises(BadQuery) as caught:
        check_sql(REFUSED[what].format(parquet=table.parquet), {"t"})

    assert caught.value.code.startswith("sql.")
    assert "{" not in caught.value.message("it")


@pytest.mark.parametrize("what", [what for what in REACHING if what not in ("nothing", "only a comment")])
def test_behind_the_guard_the_locked_connection_gives_nothing_away(table, tmp_path, what):
    """The second wall alone: whatever runs, no file but the table's is read and none is written."""
    sql = REACHING[what].format(parquet=table.parquet)
    before = table.parquet.read_bytes()
    secret = tmp_path / "secret.csv"
    secret.write_text("parola\nsegretissima\n")

    with open_locked([SqlTable(("t",), table.files, ("comune", "_row"))], memory="100MB") as connection:
        limit = threading.Timer(1.0, connection.interrupt)
        limit.start()
        try:
            found = str(connection.execute(sql.replace("/etc/passwd", str(secret)), {}).fetchmany(100))
        except (duckdb.Error, UnicodeEncodeError) as fault:
            found = str(fault)
        limit.cancel()

    assert "segretissima" not in found and "RSSMRA" not in found
    if what != "copy query":  # an allowed path may be written, says DuckDB: hence the guard, and files nobody may write
        assert table.parquet.read_bytes() == before
    table.parquet.write_bytes(before)


@pytest.mark.parametrize("what", STOPPED)
def test_a_bomb_is_stopped_in_time_and_the_next_question_is_answered(pool, large, what):
    ask(pool, large, "SELECT count(*) FROM t")
    start = monotonic()

    with pytest.raises(OverBudget) as caught:
        ask(pool, large, STOPPED[what])

    assert caught.value.resource in ("time", "memory", "bytes")
    assert monotonic() - start < SECONDS + 6
    assert json.loads(ask(pool, large, "SELECT count(*) AS n FROM t").rows) == [{"n": 1_000_000}]


def test_at_least_sixty_attacks_are_tried():
    assert len(REFUSED) + len(STOPPED) >= 60


def test_personal_columns_and_files_cannot_be_seen(pool, table):
    assert SECRET.name not in ask(pool, table, "SELECT * FROM t").rows
    for sql in (f"SELECT {SECRET.name} FROM t", "SELECT filename FROM t", "SELECT file_row_number FROM t"):
        with pytest.raises(BadQuery) as caught:
            ask(pool, table, sql)
        assert caught.value.code == "sql.error"
        assert str(table.parquet) not in caught.value.message("it")


def test_parameters_are_values_never_text(pool, table):
    sql = "SELECT _row FROM t WHERE comune = $nome AND anno >= $dal"
    hostile = {"nome": "x' OR '1'='1", "dal": 2000}

    assert ask(pool, table, sql, parameters=hostile).count == 0
    assert json.loads(ask(pool, table, sql, parameters={"nome": "Forlì", "dal": 2024, "altro": 1}).rows) == [
        {"_row": 2}
    ]


@pytest.mark.parametrize(
    ("parameters", "code"), [({}, "sql.missing_parameter"), ({"anno": [1]}, "sql.parameter_value")]
)
def test_wrong_parameters_are_refused(pool, table, parameters, code):
    with pytest.raises(BadQuery) as caught:
        ask(pool, table, "SELECT * FROM t WHERE anno = $anno", parameters=parameters)

    assert caught.value.code == code


def test_an_error_says_where(pool, table):
    with pytest.raises(BadQuery) as caught:
        ask(pool, table, "SELECT comnue FROM t")
    assert "comune" in caught.value.message("it")

    with pytest.raises(BadQuery) as caught:
        ask(pool, table, "SELECT FROM WHERE t")
    assert caught.value.code == "sql.syntax"


def test_more_rows_than_the_limit_are_said_to_be_more(pool, table):
    cut = ask(pool, table, "SELECT * FROM t", limit=2)
    whole = ask(pool, table, "SELECT * FROM t", limit=len(ROWS))

    assert (cut.count, cut.is_truncated) == (2, True)
    assert (whole.count, whole.is_truncated) == (len(ROWS), False)
    assert [column.type for column in whole.columns][:3] == [ColumnType.TEXT, ColumnType.INTEGER, ColumnType.DECIMAL]


def test_columns_of_one_name_are_told_apart(pool, table):
    found = json.loads(ask(pool, table, "SELECT 1 AS a, 2 AS a, 'x' AS b FROM t", limit=1).rows)

    assert found == [{"a": 1, "a_2": 2, "b": "x"}]


def test_several_tables_are_joined_by_their_names(pool, table, tmp_path):
    other = write_table(tmp_path, [{"comune": "Lecce", "anno": 75}], key="other")
    request = SqlRequest(
        sql='SELECT a.comune, b.anno FROM "11111111-1111-4111-8111-111111111111" a JOIN altra b USING (comune)',
        tables=[(("11111111-1111-4111-8111-111111111111", "prima"), table), (("altra",), other)],
    )

    assert json.loads(pool.run(request).rows) == [{"comune": "Lecce", "anno": 75}]


@pytest.mark.parametrize("format", ["csv", "json", "parquet", "xlsx"])
def test_the_answer_of_sql_is_exported_whole_and_in_its_order(pool, large, tmp_path, format):
    request = SqlRequest(
        sql="SELECT n, oggetto FROM t WHERE n < $tetto ORDER BY hash(n)", tables=[(("t",), large)],
        parameters={"tetto": 20_000},
    )  # fmt: skip

    found = [pool.export(request, format, tmp_path / f"{number}.{format}") for number in range(2)]

    assert found[0].rows == 20_000
    assert found[0].sha256 == found[1].sha256
    if format == "csv":
        with duckdb.connect() as connection:
            expected = connection.execute("SELECT i FROM range(20000) r(i) ORDER BY hash(i)").fetchall()
        with found[0].path.open() as file:
            assert [(int(row[0]),) for row in list(csv.reader(file))[1:]] == expected


def test_a_full_queue_says_when_to_come_back(large):
    pool = SqlPool(size=1, queue=1, patience=5)
    outcomes = []

    def bomb() -> None:
        try:
            ask(pool, large, STOPPED["cartesian product"])
        except (Busy, OverBudget) as refusal:
            outcomes.append(refusal)

    threads = [threading.Thread(target=bomb) for _client in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pool.close()

    busy = [refusal for refusal in outcomes if isinstance(refusal, Busy)]
    assert len(busy) == 2 and len(outcomes) == 4
    assert all(1 <= refusal.retry_after <= 10 for refusal in busy)
    assert "riprova fra" in busy[0].message("it")


def test_a_process_that_dies_is_replaced(pool, table):
    ask(pool, table, "SELECT 1")
    pool._processes._idle[0]._process.kill()

    with pytest.raises(OverBudget):
        ask(pool, table, "SELECT 1")
    assert ask(pool, table, "SELECT 1").count == 1


def test_a_mistake_of_ours_is_not_told_as_want_of_memory(table, capfd):
    pool = SqlPool()
    wrong = SimpleNamespace(value="una forma che non c'è")
    request = SqlRequest(sql="SELECT 1 AS n", tables=[(("t",), table)], shape=wrong)

    with pytest.raises(WorkerFailed):
        pool.run(request)
    assert "una forma che non c'è" in capfd.readouterr().err
    assert ask(pool, table, "SELECT 1").count == 1
    pool.close()


def test_the_process_knows_nothing_of_our_environment(pool, table):
    ask(pool, table, "SELECT 1")
    environment = Path(f"/proc/{pool._processes._idle[0]._process.pid}/environ").read_text()
    names = {pair.split("=")[0] for pair in environment.split("\0") if pair}

    assert names == {"PYTHONPATH", "PATH", "LANG"}


def test_a_version_that_has_gone_is_said_to_be_gone(pool, tmp_path):
    table = write_table(tmp_path, ROWS, key="going")
    table.parquet.unlink()

    with pytest.raises(VersionGone):
        ask(pool, table, "SELECT 1 FROM t")


def test_an_error_of_the_disk_does_not_tell_where_exports_are_written():
    full = duckdb.IOException('Could not write file "/var/portale/draft-1.body": No space left on device')

    refusal = _refusal(full, ["/var/tabelle/t.parquet"], ["/var/portale/draft-1", "/var/portale/draft-1.body"])

    assert isinstance(refusal, BadQuery) and "/var" not in str(refusal.values)
