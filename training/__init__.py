"""How the models are made: annotated sentences, a generator, corpora in, packaged weights out; not shipped."""
