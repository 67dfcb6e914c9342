"""What can go wrong, as a tree. A message says what, where and what to do.

    TallyError
    ├── DocumentError    a document cannot be admitted or read; the rest of the run goes on
    ├── LedgerError      data/claims is not what the extractor writes
    ├── RulingError      a ruling is malformed or matches nothing
    ├── SettingsError    briefings.toml or a folder is wrong
    ├── ParameterError   a briefing was asked for with parameters that it does not take
    ├── VocabularyError  a word table is malformed
    ├── ScoreError       a labelled set or a revision to compare with cannot be read
    ├── RenderError      a briefing could not be made
    ├── WorkerError      the processes or the cluster that do the work are not there
    ├── SecondReaderError  a model cannot be asked, or its answer is of no use
    ├── ExchangeError    another's file cannot be taken in, or ours cannot be handed out
    └── ScheduleError    a scheduled edition could not be made, checked, published or told

Bad data is a `Finding`, never an exception: see `tally.checks`.
"""


class TallyError(Exception):
    """Anything that a user can put right; its text is the whole message."""


class DocumentError(TallyError):
    """A document cannot be admitted or read."""


class LedgerError(TallyError):
    """The ledger is not what the extractor writes."""


class RulingError(TallyError):
    """A ruling is malformed or matches nothing."""


class SettingsError(TallyError):
    """briefings.toml or a folder is wrong."""


class ParameterError(TallyError):
    """A briefing was asked for with parameters that it does not take."""


class VocabularyError(TallyError):
    """A word table is malformed."""


class ScoreError(TallyError):
    """A labelled set or a revision to compare with cannot be read."""


class RenderError(TallyError):
    """A briefing could not be made."""


class WorkerError(TallyError):
    """The processes or the cluster that do the work are not there."""


class ExchangeError(TallyError):
    """Another's file cannot be taken in, or ours cannot be handed out."""


class SecondReaderError(TallyError):
    """A model cannot be asked, or its answer is of no use."""


class ScheduleError(TallyError):
    """A scheduled edition could not be made, checked, published or told."""
