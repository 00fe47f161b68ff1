"""Names of institutions in, identifiers of the Research Organization Registry (ror.org) out."""
