"""Where redirects end that lead away from the page that was meant, as the addresses show it."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.links.address import Address, read_address
from affidavit.links.landing import lands_on_error_page, lands_on_front_page, login_page
from affidavit.links.seen import Answered

FRONT = [
    ("https://example.org/a/b.html", "https://example.org/", True),
    ("https://www.example.org/a", "https://example.org/", True),
    ("https://example.org/a", "http://www.example.org/", True),
    ("https://example.org/a", "https://example.org/index.html", True),
    ("https://example.org/docs/tutorial", "https://example.org/", True),
    ("https://example.org/en/latest/", "https://example.org/", False),
    ("https://example.org/docs/", "https://example.org/", False),
    ("https://example.org/index.html", "https://example.org/", False),
    ("https://example.org/", "https://example.org/", False),
    ("https://example.org/de-DE/home", "https://example.org/", False),
    ("https://example.org/?page=1", "https://example.org/", False),
    ("https://example.org/a", "https://example.org/?from=a", False),
    ("https://example.org/a", "https://example.org/b", False),
    ("https://example.org/a", "https://example.org/#a", False),
    ("https://sh.rt/abc", "https://example.org/", False),
    ("https://docs.example.org/a", "https://example.org/", False),
    ("https://example.org/a", "https://example.org/en/", True),
    ("https://example.org/en/a", "https://example.org/en/index.html", True),
    ("https://example.org/a", "https://example.org/pt-BR", True),
    ("https://example.org/a", "https://example.org/qa/", False),
    ("https://example.org/en/", "https://example.org/de/", False),
    ("https://example.org/?p=123", "https://example.org/", True),
    ("https://example.org/index.php?post_id=7", "https://example.org/en/", True),
    ("https://example.org/?utm_source=a", "https://example.org/", False),
    ("https://example.org/?lang=en", "https://example.org/en/", False),
    ("https://example.org/?p=1", "https://example.org/", False),
    ("https://example.org/?p=home", "https://example.org/", False),
    ("https://example.org/?id=12", "https://example.org/", False),
    ("https://example.org/?page_id=2", "https://example.org/", False),
    ("https://example.org/?aid=12345", "https://example.org/", False),
    ("https://example.org/?p=", "https://example.org/", False),
    ("https://example.org/pub/TR/", "https://example.org/TR/", False),
    ("https://example.org/a/no-code", "https://example.org/no-code", False),
    ("https://example.org/sql/plsql", "https://example.org/pl-sql", False),
    ("https://example.org/places/de/", "https://example.org/de/", False),
    ("https://example.org/en/2.0/", "https://example.org/en/", False),
    ("https://example.org/en/docs@latest", "https://example.org/en", False),
    ("https://example.org/v2/", "https://example.org/", False),
    ("https://example.org/startseite", "https://example.org/de/", False),
    ("https://example.org/zh-hant-tw/", "https://example.org/zh/", False),
    ("https://example.org/2023", "https://example.org/", True),
    ("https://example.org/computing", "https://example.org/it/", False),
    ("https://example.org/computing", "https://example.org/it-it/", True),
    ("https://example.org/english", "https://example.org/en/", False),
]


def address(url):
    read = read_address(url)
    assert isinstance(read, Address)
    return read


@pytest.mark.parametrize(("asked", "final", "lands"), FRONT)
def test_a_link_that_lands_on_the_front_page(asked, final, lands):
    assert lands_on_front_page(address(asked), address(final)) is lands


ERROR_PAGES = [
    ("https://example.org/a", "https://example.org/404", True),
    ("https://example.org/a", "https://example.org/404/", True),
    ("https://example.org/a", "https://example.org/en/404.html", True),
    ("https://example.org/a", "https://example.org/errors/404", True),
    ("https://example.org/a", "https://example.org/sites/x/pagenotfound.aspx", True),
    ("https://example.org/a", "https://example.com/Error/404-not-found", True),
    ("https://example.org/a", "https://example.org/?notfound=1", True),
    ("https://example.org/a", "https://example.org/?404", True),
    ("https://example.org/a", "https://example.org/search?error=404", True),
    ("https://example.org/a", "https://example.org/home?reason=not-found", True),
    ("https://example.org/a", "https://example.org/notFound", True),
    ("https://example.org/a", "https://example.org/_layouts/15/PageNotFoundError.aspx", True),
    ("https://example.org/a", "https://example.org/docs/api/functions/not-found", False),
    ("https://example.org/a", "https://example.org/?ref=not-found", False),
    ("https://example.org/q/5", "https://example.org/questions/5/page-not-found", False),
    ("https://example.org/?p=12", "https://example.org/page-not-found/", False),
    ("https://example.org/q/5", "https://example.org/not-found", False),
    ("https://example.org/x", "https://example.org/2020/01/error-404/", False),
    ("https://example.org/o/old", "https://example.org/o/not-found", False),
    ("https://example.org/x", "https://example.org/docs/api/pagenotfound.html", False),
    ("https://example.org/x", "https://example.org/status/404", False),
    ("https://example.org/x", "https://example.org/search?q=not-found", False),
    ("https://example.org/item/404123x", "https://example.org/404", True),
    ("https://example.org/a", "https://example.org/x?statusCode=404", True),
    ("https://example.org/docs/errors/lack", "https://example.org/docs/errors/not-found", False),
    ("https://example.org/my-article", "https://example.org/node/404", False),
    ("https://example.org/a", "https://example.org/?id=404", False),
    ("https://example.org/a", "https://example.org/blog/what-to-do-when-not-found", False),
    ("https://example.org/a", "https://example.org/lost-and-found", False),
    ("https://example.org/HTTP/404", "https://example.org/HTTP/Status/404.html", False),
    ("https://example.org/not-found", "https://example.org/en/not-found", False),
    ("https://example.org/a", "https://example.org/", False),
]


@pytest.mark.parametrize(("asked", "final", "lands"), ERROR_PAGES)
def test_a_link_that_lands_on_an_error_page(asked, final, lands):
    assert lands_on_error_page(address(asked), address(final)) is lands


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_address_can_be_judged(path, query):
    there, here = address("https://example.org/a"), address(f"https://example.org/{quote(path)}?{quote(query, '&=')}")
    lands_on_front_page(there, here)
    assert lands_on_error_page(here, here) is False


LOGINS = [
    ("https://example.org/a", "https://example.org/login?next=/a", True),
    ("https://example.org/a", "https://example.org/users/sign_in", True),
    ("https://example.org/a", "https://example.org/accounts/login/", True),
    ("https://example.org/a", "https://example.org/wp-login.php?x=1", True),
    ("https://example.org/a", "https://accounts.example.com/v3/x", True),
    ("https://example.org/a", "https://sso.example.org/", True),
    ("https://www.youtube.com/watch", "https://consent.youtube.com/m?continue=x", True),
    ("https://example.org/login", "https://example.org/login/", False),
    ("https://example.org/a", "https://example.org/b", False),
    ("https://example.org/a", "https://example.org/blog/login-forms", False),
    ("https://accounts.example.org/a", "https://accounts.example.org/login", False),
    ("https://example.org/a", "mailto:x", False),
]


@pytest.mark.parametrize(("asked", "final", "is_login"), LOGINS)
def test_a_link_that_is_led_to_a_login(asked, final, is_login):
    assert login_page(Answered(asked, final, 200, 1)) is is_login
    assert login_page(Answered(asked, final, 200, 0)) is False
