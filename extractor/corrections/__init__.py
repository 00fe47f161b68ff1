"""What a reader says of records – right, wrong, or how they should be – kept, applied again after each run, and counted."""

from extractor.corrections.apply import KEPT, Applied, apply_to, correct_folder
from extractor.corrections.estimate import Precision, estimate, precision_table
from extractor.corrections.judgements import KINDS, Correction, read_corrections, records_of, write_corrections
from extractor.corrections.sample import Sampler, draw, read_judgements, read_sample, write_sample

__all__ = [
    "KEPT", "KINDS", "Applied", "Correction", "Precision", "Sampler", "apply_to", "correct_folder", "draw", "estimate", "precision_table",
    "read_corrections", "read_judgements", "read_sample", "records_of", "write_corrections", "write_sample",
]  # fmt: skip
