"""Roads of goods in other tools' words: masked by default, and a payment that was only asked for is no Payment."""

from __future__ import annotations

import json

import pytest

from leakdesk.exports.ftm import export
from leakdesk.exports.given import ExportInput, Held
from leakdesk.exports.view import view
from leakdesk.screening.routes import chains
from tests.screening.test_routes import written

HIT = {
    "entity": "e1",
    "list": "A list",
    "list_date": "2024-01-01",
    "owned": [{"owner": "Q1", "name": "Somebody Listed", "percent": 60.0}],
}


def _lines(*, internal: bool) -> list[dict[str, object]]:
    letters, _ = written("dealer")
    given = ExportInput(documents=Held(()), chains=tuple(chains(letters)), hits=(HIT,))
    data = b"".join(piece for _, piece in export(view(given, internal=internal)))
    return [json.loads(line) for line in data.decode().splitlines()]


def test_a_masked_export_names_no_house_and_quotes_no_letter() -> None:
    text = json.dumps(_lines(internal=False), ensure_ascii=False)
    for secret in ("lozisek", "anadolu", "podshipnik", "Казахстан", "грузополучател", "Somebody Listed"):
        assert secret not in text
    assert "house-1" in text


def test_planned_and_done_are_kept_apart_in_the_schemata() -> None:
    lines = _lines(internal=True)
    kinds = [line["schema"] for line in lines]
    assert kinds.count("Payment") == 1 and kinds.count("ContractAward") == 1 and kinds.count("Ownership") == 1
    payment = next(line for line in lines if line["schema"] == "Payment")
    houses = {line["id"]: line["properties"]["name"][0] for line in lines if line["schema"] == "LegalEntity"}  # type: ignore[index]
    assert [houses[each] for each in payment["properties"]["payer"]] == ["podshipnik-servis.by.example"]  # type: ignore[index]
    assert all(
        line["properties"]["role"][0].split(" ")[0] != "payment" or "(planned)" in line["properties"]["role"][0]
        for line in lines
        if line["schema"] == "UnknownLink"
    )  # type: ignore[index]


@pytest.mark.parametrize("internal", [True, False])
def test_every_line_is_a_valid_entity_of_the_real_package(internal: bool) -> None:
    model = pytest.importorskip("followthemoney", reason="needs followthemoney").model
    for line in _lines(internal=internal):
        proxy = model.get_proxy(line, cleaned=False)
        proxy.schema.validate(line)
