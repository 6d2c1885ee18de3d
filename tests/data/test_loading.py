"""Loading shipped data: checked, decoded, read-only, and clear about what is wrong."""

import hashlib
import zipfile

import numpy as np
import pytest

from glideslope.data import load, loading, names
from glideslope.errors import DataError


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A writable copy of the shipped files of c172_sorties."""
    for file in ("c172_sorties.toml", "c172_sorties.npz", "SHA256SUMS"):
        (tmp_path / file).write_bytes((loading.FILES / file).read_bytes())
    monkeypatch.setattr(loading, "FILES", tmp_path)
    loading._read.cache_clear()
    yield tmp_path
    loading._read.cache_clear()


@pytest.mark.parametrize("name", names())
def test_each_set_loads_with_finite_aligned_read_only_arrays(name):
    data = load(name)
    assert np.isfinite(data.X).all()
    assert len(data.group) == len(data)
    assert len(data.y) in (0, len(data))
    assert all(len(target) == len(data) for target in data.targets.values())
    assert all(len(fact) == len(data.group_ids) for fact in data.groups.values())
    assert not data.X.flags.writeable
    assert not data.y.flags.writeable


@pytest.mark.parametrize("name", names())
def test_each_file_is_small_and_holds_no_pickle(name):
    path = loading.FILES / f"{name}.npz"
    assert path.stat().st_size <= 1.6e6
    with np.load(path, allow_pickle=False) as archive:
        assert all(archive[key].dtype.kind in "iuf" for key in archive.files)


def test_all_files_together_are_at_most_six_megabytes():
    assert sum(path.stat().st_size for path in loading.FILES.glob("*.npz")) <= 6e6


@pytest.mark.parametrize("name", names())
def test_splits_share_no_group(name):
    data = load(name)
    parts = [set(data.part(split).group_ids) for split in data.splits]
    assert sum(map(len, parts)) == len(set().union(*parts)) == len(data.group_ids)


def test_an_unknown_name_offers_the_closest():
    with pytest.raises(DataError) as caught:
        load("c172_sortie")
    assert str(caught.value).startswith("There is no data set 'c172_sortie'; did you mean c172_sorties")


def test_a_damaged_file_is_named_with_its_remedy(copied):
    path = copied / "c172_sorties.npz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        load("c172_sorties")
    assert str(caught.value) == (
        f"The file {path} of c172_sorties is damaged: its SHA-256 differs; restore it with "
        "`pip install --force-reinstall glideslope`, or make it anew with `python -m glideslope.sim.make c172_sorties`."
    )


def test_a_truncated_file_is_damaged_too(copied):
    path = copied / "c172_sorties.npz"
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(DataError, match="is damaged: its SHA-256 differs"):
        load("c172_sorties")


def test_a_missing_file_is_named(copied):
    (copied / "c172_sorties.npz").unlink()
    with pytest.raises(DataError, match="c172_sorties is missing; restore it with"):
        load("c172_sorties")


def test_a_pickle_is_refused_even_with_the_right_hash(copied):
    path = copied / "c172_sorties.npz"
    np.savez(path, X=np.array([{"a": 1}], dtype=object))
    (copied / "SHA256SUMS").write_text(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n")
    with pytest.raises(DataError, match=r"c172_sorties\.npz is no archive of plain arrays"):
        load("c172_sorties")


def test_the_archive_carries_no_date_so_equal_arrays_give_equal_bytes():
    with zipfile.ZipFile(loading.FILES / "c172_sorties.npz") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
