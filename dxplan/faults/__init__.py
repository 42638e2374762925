"""What can be wrong with one file before it is held against the others: its text (DX0xx) and its shape (DX1xx).

`source` finds the first kind, `model.reading` the second. Each fault's page stands in its own file beside this one.
"""

from dxplan.diagnostics import Rule, Severity

ENCODING = Rule("DX001", "encoding")
SYNTAX = Rule("DX002", "syntax")
DUPLICATE_KEY = Rule("DX003", "duplicate-key")
AMBIGUOUS_SCALAR = Rule("DX004", "ambiguous-scalar")
YAML_FEATURE = Rule("DX005", "yaml-feature")
FORBIDDEN_CHARACTER = Rule("DX006", "forbidden-character")
OVER_LIMIT = Rule("DX007", "over-limit")
NOT_A_MAPPING = Rule("DX008", "not-a-mapping")
UNREADABLE_FILE = Rule("DX009", "unreadable-file")
CONFUSABLE_TEXT = Rule("DX010", "confusable-text", Severity.WARNING)
MISPLACED_FILE = Rule("DX011", "misplaced-file")

MISSING_KEY = Rule("DX101", "missing-key")
UNKNOWN_KEY = Rule("DX102", "unknown-key")
WRONG_TYPE = Rule("DX103", "wrong-type")
NOT_A_NUMBER = Rule("DX104", "not-a-number")
UNKNOWN_WORD = Rule("DX105", "unknown-word")
INVALID_ID = Rule("DX106", "invalid-id")
INVALID_YEAR = Rule("DX107", "invalid-year")
INVALID_DATE = Rule("DX108", "invalid-date")
EMPTY_TEXT = Rule("DX109", "empty-text")
UNKNOWN_FORMAT = Rule("DX110", "unknown-format")
