"""An output folder in, its records in the forms of other tools out; two of these forms are also read back."""

from extractor.export.formats import FORMATS, READABLE, export_folder, import_annotations

__all__ = ["FORMATS", "READABLE", "export_folder", "import_annotations"]
