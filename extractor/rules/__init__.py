"""What we look for, as data: YAML files of rules and word lists, checked before anything runs."""

from extractor.rules.lexicon import load_lexicon as load_lexicon
from extractor.rules.loader import Rule as Rule
from extractor.rules.loader import Rules as Rules
from extractor.rules.loader import load_rules as load_rules
