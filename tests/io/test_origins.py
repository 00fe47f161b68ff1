import pytest

from extractor.errors import SettingsError
from extractor.io.origins import list_origins


def told(origins):
    return [(o.name, o.doc_id) for o in origins]


def test_folders_are_read_at_any_depth_sorted_without_hidden_files(write, tmp_path):
    for name in ("in/b.txt", "in/a/c.html", "in/.hidden.txt", "in/.git/x.txt", "in/out/documents.jsonl"):
        write(name, "x")
    found = list_origins([str(tmp_path / "in")], skip=tmp_path / "in" / "out")
    assert told(found) == [("a/c.html", "a/c"), ("b.txt", "b")]


def test_the_order_of_inputs_does_not_matter(write):
    paths = [str(write(name, "x")) for name in ("z.txt", "a.txt", "m.txt")]
    assert told(list_origins(paths)) == told(list_origins(paths[::-1])) == [("a.txt", "a"), ("m.txt", "m"), ("z.txt", "z")]


def test_equal_stems_keep_their_suffix(write, tmp_path):
    write("a.txt", "x")
    write("a.html", "x")
    assert told(list_origins([str(tmp_path)])) == [("a.html", "a.html"), ("a.txt", "a.txt")]


def test_equal_names_in_several_folders_are_told_apart(write, tmp_path):
    write("one/a.txt", "x")
    write("two/a.txt", "x")
    assert told(list_origins([str(tmp_path / "one"), str(tmp_path / "two")])) == [("one/a.txt", "one/a"), ("two/a.txt", "two/a")]


def test_a_file_given_twice_is_read_once(write, tmp_path):
    path = write("a.txt", "x")
    assert told(list_origins([str(path), str(path)])) == [("a.txt", "a")]


def test_globs(write, tmp_path):
    write("a.txt", "x")
    write("b.html", "x")
    assert told(list_origins([str(tmp_path / "*.txt")])) == [("a.txt", "a")]


def test_what_is_not_there_is_kept_to_be_reported(tmp_path):
    assert told(list_origins([str(tmp_path / "no.txt")])) == [("no.txt", "no")]


def test_nothing_at_all_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="holds no files"):
        list_origins([str(tmp_path)])
