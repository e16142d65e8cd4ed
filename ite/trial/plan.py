"""What was asked before anybody looked: the first step of an analysis, with its time."""

from typing import ClassVar, Self

from pydantic import AwareDatetime, Field, model_validator

from ite.errors import CheckError, IteError
from ite.settings import Settings
from ite.trial.data import TrialData

LONGEST_QUESTION = 400


class AnalysisPlan(Settings):
    """What a trial is asked, written down at a known time.

    Attributes
    ----------
    question
        In the user's words.
    modifiers
        Covariates expected to go along with the effect; none where the search is open.
    recorded
        When it was written down.
    before_effects
        Whether no effect of this trial had been seen by then.

    Source: the first step of Sechidis et al. 2024 (workflow for assessing treatment effect heterogeneity); ICH E9(R1).
    """

    refusal: ClassVar[type[IteError]] = CheckError
    called: ClassVar[str] = "The plan"

    question: str = Field(title="What is asked", max_length=LONGEST_QUESTION)
    modifiers: tuple[str, ...] = Field(default=(), title="Expected effect modifiers")
    recorded: AwareDatetime = Field(title="Time")
    before_effects: bool

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.question.strip():
            raise CheckError("A plan says what is asked, but no text was given. Write a sentence.")
        return self

    def of(self, trial: TrialData) -> Self:
        """Return the plan where every expected modifier is a covariate of the trial.

        Raises
        ------
        CheckError
            Where one is not.
        """
        strangers = [name for name in self.modifiers if name not in trial.roles.covariates]
        if strangers:
            raise CheckError(
                f"Expected effect modifiers are covariates of the trial, but {', '.join(strangers)} "
                f"{'is' if len(strangers) == 1 else 'are'} not. Choose among {', '.join(trial.roles.covariates)}."
            )
        return self

    def in_words(self) -> str:
        """Say when it was written down and what it expects."""
        seen = "before any effect was seen" if self.before_effects else "after effects had been seen"
        expected = f"expected effect modifiers: {', '.join(self.modifiers)}" if self.modifiers else "an open search"
        return f"Plan of {self.recorded:%d %B %Y, %H:%M} UTC, {seen}: {expected}."
