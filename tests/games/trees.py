"""The games of the literature as extensive-form files, for an independent solver to read.

Each tree is written out in full, with the moves of nature, not in the reduced form of the closed forms.
"""

from stepdown.games import asymmetric_escalation
from stepdown.games.unilateral_deterrence import Challenger, Defender

HEAD = 'EFG 2 R "{}" {{ "Challenger" "Defender" }}\n""\n'


class Tree:
    """Lines of an .efg file, in the order of a walk through the tree."""

    def __init__(self, title: str) -> None:
        self.text = HEAD.format(title)
        self.ends = 0

    def nature(self, infoset: int, hard: float) -> None:
        self.text += f'c "" {infoset} "" {{ "H" {hard} "S" {round(1 - hard, 12)} }} 0\n'

    def move(self, player: int, infoset: int, moves: str) -> None:
        """A decision between one-letter moves, whose subtrees follow in the same order."""
        listed = " ".join(f'"{m}"' for m in moves)
        self.text += f'p "" {player} {infoset} "" {{ {listed} }} 0\n'

    def end(self, outcome: str, challenger: float, defender: float) -> None:
        self.ends += 1
        self.text += f't "" {self.ends} "{outcome}" {{ {challenger}, {defender} }}\n'


def unilateral(challenger: Challenger, defender: Defender, p_challenger: float, p_defender: float) -> str:
    """Information sets: challenger 1 attack, 2 press on if Hard, 3, 4 if Soft; defender 1, 2."""
    tree = Tree("unilateral deterrence")
    tree.nature(1, p_challenger)
    for c_soft in (False, True):
        tree.nature(2 + c_soft, p_defender)
        for d_soft in (False, True):
            tree.move(1, 1 + 2 * c_soft, "CD")
            tree.end("SQ", challenger.SQ, defender.SQ)
            tree.move(2, 1 + d_soft, "CD")
            tree.end("DC", challenger.DC, defender.DC)
            tree.move(1, 2 + 2 * c_soft, "CD")
            tree.end("CD", challenger.CD, defender.CD)
            tree.end(
                "DD",
                challenger.DD_soft if c_soft else challenger.DD_hard,
                defender.DD_soft if d_soft else defender.DD_hard,
            )
    return tree.text


def escalation(hard: bool, tactically_hard: bool, strategically_hard: bool) -> str:
    """Asymmetric escalation with ranks for utilities."""
    challenger, defender = asymmetric_escalation.ranks(hard, tactically_hard, strategically_hard)
    tree = Tree("asymmetric escalation")

    def end(outcome: str) -> None:
        tree.end(outcome, challenger[outcome], defender[outcome])

    tree.move(1, 1, "CD")
    end("SQ")
    tree.move(2, 1, "CDE")
    end("DC")
    tree.move(1, 2, "DE")
    end("DD")
    tree.move(2, 2, "DE")
    end("ED")
    end("EE")
    tree.move(1, 3, "DE")
    end("DE")
    end("EE")
    return tree.text


def agent_error(sq: float, acq: float, war: float, defender_acq: float, defender_war: float) -> str:
    """Attack or not, then resist or not."""
    tree = Tree("agent error")
    tree.move(1, 1, "CD")
    tree.end("SQ", sq, 0)
    tree.move(2, 1, "CD")
    tree.end("ACQ", acq, defender_acq)
    tree.end("WAR", war, defender_war)
    return tree.text
