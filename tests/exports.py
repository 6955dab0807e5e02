"""Reads the exports of every policy with programs that we did not write: JSON-LD with PyLD, the record of
processing activities with the csv module and openpyxl.

    exports.py JANJI
"""

import csv
import io
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import openpyxl
from pyld import jsonld

POLICIES = sorted((Path(__file__).parent.parent / "policies").glob("*.toml"))
DPV = "https://w3id.org/dpv#"


def refuse(url, options=None):
    raise AssertionError(f"a document that names its own context fetched {url}")


jsonld.set_document_loader(refuse)


def render(janji, policy, form, *more):
    command = [janji, "render", str(policy), "--format", form, *more]
    return subprocess.run(command, check=True, capture_output=True).stdout


def rows(policy, section):
    """The ids of the rows of a section, without what the section says of itself."""
    table = tomllib.loads(policy.read_text()).get(section, {})
    return [id for id, row in table.items() if isinstance(row, dict) and id not in ("covers", "resolves")]


def plain(value):
    """A value in one form, whatever the order of its parts: lists where there may be one."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted((plain(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
    return value


def dpv(janji, policy):
    document = json.loads(render(janji, policy, "dpv"))
    expanded = jsonld.expand(document)
    # What a processor does not understand it drops, and what was dropped does not come back.
    back = jsonld.compact(expanded, document["@context"], {"graph": True})
    assert plain(back) == plain(document), f"{policy.name}: a term was dropped"
    triples = jsonld.to_rdf(document)["@default"]
    assert len(triples) > 500, f"{policy.name}: only {len(triples)} triples"
    base = next(node["@id"] for node in document["@graph"] if node["@type"] == "dpv:PrivacyNotice").removesuffix("policy")
    wanted = (
        ("data", "hasPersonalData"),
        ("purpose", "hasPurpose"),
        ("recipient", "hasRecipient"),
        ("people", "hasDataSubject"),
    )
    counts = {}
    for section, relation in wanted:
        if section == "people":
            ids = tomllib.loads(policy.read_text())["scope"]["people"]
        else:
            ids = rows(policy, section)
        subjects = {triple["subject"]["value"] for triple in triples}
        missing = [id for id in ids if f"{base}{section}.{id}" not in subjects]
        assert not missing, f"{policy.name}: {section} without a node: {missing}"
        linked = {t["object"]["value"] for t in triples if t["predicate"]["value"] == DPV + relation}
        counts[section] = len([id for id in ids if f"{base}{section}.{id}" in linked])
        assert counts[section] == len(ids), f"{policy.name}: a row of {section} that nothing {relation}"
    print(f"{policy.name}: {len(triples)} triples, {counts}")


def ropa(janji, policy):
    text = render(janji, policy, "ropa-csv").decode()
    assert text.endswith("\r\n")
    table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len({len(row) for row in table}) == 1, f"{policy.name}: rows of different lengths"
    data = render(janji, policy, "ropa-xlsx")
    assert data == render(janji, policy, "ropa-xlsx"), f"{policy.name}: two workbooks of one policy differ"
    book = openpyxl.load_workbook(io.BytesIO(data))
    dated = tomllib.loads(policy.read_text())["policy"]["effective"]
    assert book.properties.created.date() == dated, f"{policy.name}: created {book.properties.created}"
    assert len(book.worksheets) == 2
    heads, cells = [], []
    for sheet in book.worksheets:
        lines = [[("" if cell.value is None else cell.value) for cell in row] for row in sheet.iter_rows()]
        assert all(cell.data_type in ("s", "n") and (cell.value is None or cell.data_type == "s")
                   for row in sheet.iter_rows() for cell in row), f"{policy.name}: a cell is no text"
        heads.append(lines[0])
        cells += lines[1:]
    guarded = [["'" + cell if cell[:1] in tuple("=+-@\t\r") else cell for cell in row] for row in cells]
    assert heads == [table[0], table[0]] and guarded == table[1:], f"{policy.name}: workbook and CSV differ"
    named = {row[1] for row in table[1:]}
    assert named == {f"purpose.{id}" for id in rows(policy, "purpose")}, f"{policy.name}: {named}"
    print(f"{policy.name}: {len(cells)} activities")
    return table


def formulas(janji):
    """What a spreadsheet would run is a text in both forms."""
    source = (POLICIES[0].parent / "ashari.toml").read_text()
    with tempfile.TemporaryDirectory() as folder:
        policy = Path(folder) / "formula.toml"
        policy.write_text(source.replace('"Jakarta, Indonesia"', '"=HYPERLINK(1)"'))
        table = ropa(janji, policy)
        assert table[1][4].startswith("'=HYPERLINK(1)\n"), table[1][4]


def main():
    [janji] = sys.argv[1:]
    assert len(POLICIES) >= 5
    for policy in POLICIES:
        dpv(janji, policy)
        ropa(janji, policy)
    formulas(janji)


main()
