"""Reads the exports of every policy with programs that we did not write: JSON-LD with PyLD.

    exports.py JANJI
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

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


def main():
    [janji] = sys.argv[1:]
    assert len(POLICIES) >= 5
    for policy in POLICIES:
        dpv(janji, policy)


main()
