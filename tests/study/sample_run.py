"""A labelled dataset in the layout of `docs/method/exploration.md`, with a known condition of backfire."""

from __future__ import annotations

import numpy as np
import xarray as xr

SWITCH = {"flag_values": np.array([0, 1], dtype="int8"), "flag_meanings": "strong low"}


def sample_run(futures: int = 600, seed: int = 1) -> xr.Dataset:
    """`bold` raises the risk where entanglement is strong and will is low; `steady` lowers it a little."""
    rng = np.random.default_rng(seed)
    will, idle = rng.random((2, futures))
    switch = rng.integers(0, 2, futures)
    base = rng.uniform(0.5, 1.5, futures)
    harm = (switch == 0) & (will < 0.4) & (rng.random(futures) < 0.9)
    bold = base * np.where(harm, 1.3, 0.8)
    steady = base * rng.uniform(0.9, 0.97, futures)
    code = np.zeros((3, futures), dtype="int8")
    code[1, 7] = 1
    risk = np.stack([base, bold, steady]).astype("float32")
    risk[1, 7] = np.nan
    outcome = {
        **words("nuclear-use risk", "核使用リスク"),
        "role": "outcome",
        "kind": "ratio",
        "intended": "down",
        "little_change": 0.02,
        "group": "use_risk",
        "headline": 1,
        "units": "1",
    }
    labels = {"flag_labels": ["strong", "low"], "flag_labels_ja": ["強い", "弱い"]}
    switched = {
        **words("Entanglement", "核・非核の混在"),
        "role": "switch",
        "input_id": "s08",
        **SWITCH,
        **labels,
    }
    lens = {
        "role": "lens",
        **words("lens", "見方"),
        "flag_values": np.array([0, 1], dtype="int8"),
        "flag_meanings": "deterrence_model spiral_model",
        "flag_labels": ["deterrence model", "spiral model"],
        "flag_labels_ja": ["抑止モデル", "スパイラルモデル"],
    }
    number = {"role": "input", "units": "1"}
    return xr.Dataset(
        {
            "use_risk": (("package", "future"), risk, outcome),
            "will": (
                "future",
                will,
                {**words("political will", "政治的意思"), **number, "input_id": "input.w"},
            ),
            "idle": (
                "future",
                idle,
                {**words("an idle input", "無関係な入力"), **number, "input_id": "input.i"},
            ),
            "s08": ("future", switch.astype("int8"), switched),
            "code": (("package", "future"), code, {"role": "code"}),
        },
        coords={
            "package": ["baseline", "bold", "steady"],
            "future": np.arange(futures),
            "lens": ("future", (np.arange(futures) % 2).astype("int8"), lens),
        },
        attrs={
            "title": "A sample",
            "title_ja": "見本",
            "study": "sample",
            "question": "Does it hold?",
            "question_ja": "成り立つか。",
        },
    )


def words(en: str, ja: str) -> dict[str, str]:
    return {"long_name": en, "long_name_ja": ja}
