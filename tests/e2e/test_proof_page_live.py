"""The page of the checker in the live course: the same worker behind the server's token."""

from tests.e2e.test_proof_page_static import SLIP, _check


def test_notes_are_checked_in_the_live_course_too(open_page):
    page = open_page("en/proof.html").page
    page.set_default_timeout(120_000)
    assert _check(page, SLIP) == ["holds", "error"]
