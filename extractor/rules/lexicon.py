"""Word lists of ``rules/lexicon/*.yaml`` in, plain mappings and tuples out."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from extractor.errors import RuleError

HERE = Path(__file__).parent / "lexicon"


@cache
def load_lexicon(name: str) -> Any:  # noqa: ANN401 - each word list has its own shape, told on its first line
    """The content of ``lexicon/NAME.yaml``. Raises RuleError where it cannot be read."""
    path = HERE / f"{name}.yaml"
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise RuleError(str(path), f"cannot be read ({error})", "reinstall the package, or mend the file") from error
