"""The scripts for judging by hand: what they draw can be judged, and what is judged is counted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

EVALS = Path(__file__).parents[1] / "evals"
TEXT = "Fiji and Japan met in Suva. Japan welcomed the plan. Fiji agreed to host the next meeting by 2026."


def _run(script: str, *arguments: str) -> str:
    command = [sys.executable, str(EVALS / script), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _sheet(tmp_path: Path) -> list[dict[str, str]]:
    corpus, sheet = tmp_path / "corpus.jsonl", tmp_path / "sheet.jsonl"
    rows = [{"id": name, "text": TEXT, "date": "2024-03-12"} for name in ("seen", "fresh")]
    corpus.write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "seen.txt").write_text("seen\n")
    _run("draw.py", str(corpus), "--seed", "7", "--exclude", str(tmp_path / "seen.txt"), "-o", str(sheet))
    return [json.loads(line) for line in sheet.read_text().splitlines()]


def test_a_sheet_holds_findings_of_fresh_documents_only_each_in_its_context(tmp_path: Path) -> None:
    lines = _sheet(tmp_path)
    assert {line["document"] for line in lines} == {"fresh"}
    assert {line["type"] for line in lines} == {"statement", "commitment"}
    assert all(f"⟦{line['quote']}⟧" in line["context"] for line in lines)


def test_a_judged_sheet_gives_precision_with_its_interval(tmp_path: Path) -> None:
    line = _sheet(tmp_path)[0]
    judged = [line | {"type": "statement", "verdict": v} for v in ("right", "right", "right", "wrong")]
    sheet = tmp_path / "judged.jsonl"
    sheet.write_text("".join(json.dumps(row) + "\n" for row in judged))
    assert "| statements | 3 | 4 | 0.75 | 0.30–0.95 |" in _run("judge.py", str(sheet))
