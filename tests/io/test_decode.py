import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.io.decode import decode, encodable

TEXT = "Universität Zürich – Überblick über das Abkommen für Medizin, unterzeichnet für fünf Jahre in Göttingen."
FRENCH = "L'université a signé un accord de coopération à l'étranger, d'après le président, en présence des élèves."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_found_out(encoding):
    assert decode(TEXT.encode(encoding), "x") == TEXT


@pytest.mark.parametrize("text", [TEXT.replace("–", "-"), FRENCH])
def test_older_encodings_are_found_out(text):
    assert decode(text.encode("cp1252"), "x") == text


def test_a_named_encoding_is_taken_at_its_word():
    assert decode("Łódź".encode("cp1250"), "x", "cp1250") == "Łódź"


@pytest.mark.parametrize(("encoding", "message"), [("ascii", "is not in ascii"), ("no-such", "is no encoding")])
def test_a_wrong_encoding_is_refused(encoding, message):
    with pytest.raises(SourceError, match=message) as caught:
        decode("é".encode(), "x.txt", encoding)
    assert caught.value.reason == "encoding"


@pytest.mark.parametrize(("raw", "text"), [(b"a\r\nb\rc\n", "a\nb\nc\n"), (b"", ""), ("é".encode()[:1] + b"", "")])
def test_line_ends_and_cut_characters(raw, text):
    assert decode(raw, "x") == text


@given(st.text())
def test_utf8_comes_back(text):
    assert decode(text.encode(errors="replace"), "x", "utf-8").count("\r") == 0


@given(st.text(alphabet=st.characters()))
def test_encodable_keeps_length(text):
    clean = encodable(text)
    assert len(clean) == len(text)
    clean.encode()
