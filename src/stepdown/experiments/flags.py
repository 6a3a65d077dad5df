"""CF attributes of a variable that holds small numbers for names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stepdown.contracts.dataset import NOT_RUN
from stepdown.contracts.trajectories import ResultCode


def flags(
    ids: Sequence[str], labels: Sequence[str] = (), labels_ja: Sequence[str] = (), first: int = 0
) -> dict[str, Any]:
    """`flag_values` from `first` on, `flag_meanings` and the words of each value; nothing for no ids."""
    if not ids:
        return {}
    return {
        "units": "1",
        "flag_values": list(range(first, first + len(ids))),
        "flag_meanings": " ".join(ids),
        "flag_labels": list(labels or ids),
        "flag_labels_ja": list(labels_ja or labels or ids),
    }


def result_codes() -> dict[str, Any]:
    """Attributes of the result codes, with the value of a future that has not been run."""
    words = {"NOT_RUN": ("not run yet", "未計算"), **{c.name: _CODES[c] for c in ResultCode}}
    ids, labels = tuple(words), tuple(words.values())
    named = flags(ids, [en for en, _ in labels], [ja for _, ja in labels], first=NOT_RUN)
    return {"long_name": "result code", "long_name_ja": "計算結果の符号", **named}


_CODES = {
    ResultCode.OK: ("computed", "計算済み"),
    ResultCode.NON_FINITE: ("a number became infinite or undefined", "値が無限大または不定になった"),
    ResultCode.OUT_OF_RANGE: ("a share or an index left its bounds", "割合または指数が範囲を外れた"),
    ResultCode.BAD_INPUT: ("an input lay outside its admissible range", "入力が許容範囲の外にあった"),
    ResultCode.EXPLOSIVE: (
        "a force or a hazard grew without bound",
        "戦力または累積ハザードが際限なく増大した",
    ),
    ResultCode.MODEL_ERROR: ("the model raised an error", "モデルがエラーを返した"),
}
