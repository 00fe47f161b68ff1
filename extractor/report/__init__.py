"""Documents of an output folder in, one self-contained HTML page out: to read, search, check, and see who works with whom."""

from extractor.report.build import write_report

__all__ = ["write_report"]
