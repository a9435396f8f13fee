"""Which pages with a good status are not the page that was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.links.not_found_phrases import PHRASES
from affidavit.links.reading_pages import PlainPage
from affidavit.links.seen import PageSeen
from affidavit.links.soft404 import Says, says, says_not_found
from affidavit.links.suspicion import is_suspicious

LITTLE, MUCH = 60, 400

# Title, heading, words, and the words by which the page says that it is not there.
PAGES = [
    ("Page not found | Site", "Page not found", MUCH, "Page not found"),
    ("Page not found – Site", "Oops! That page can’t be found.", MUCH, "Page not found"),
    ("Page Not Found", "", MUCH, "Page Not Found"),
    ("Page Not Found · Site", "Site", MUCH, "Page Not Found"),
    ("Site | Page not found", "404", MUCH, "Page not found"),
    ("404: This page could not be found", "404", LITTLE, "404: This page could not be found"),
    ("404 - Page not found - Site", "Sorry", MUCH, "Page not found"),
    (
        "The page you requested was not found.",
        "The page you requested was not found.",
        LITTLE,
        "The page you requested was not found.",
    ),
    ("Page not found — Site documentation", "Page not found¶", MUCH, "Page not found"),
    ("Site", "Page not found", LITTLE, "Page not found"),
    ("", "We can't find the page you're looking for", LITTLE, "We can't find the page you're looking for"),
    ("404 Not Found", "Not Found", LITTLE, "404 Not Found"),
    ("Error 404 (Not Found)!!1", "", LITTLE, "Error 404 (Not Found)!!1"),
    ("404", "", LITTLE, "404"),
    ("404 | Site", "404", LITTLE, "404"),
    ("Error 404", "Oops!", LITTLE, "Error 404"),
    ("HTTP 404", "Not found", LITTLE, "HTTP 404"),
    ("", "404: Not Found", 3, "404: Not Found"),
    ("", "404 page not found", 4, "404 page not found"),
    (
        "",
        "The requested URL /a/b was not found on this server.",
        9,
        "The requested URL /a/b was not found on this server.",
    ),
    ("Document not found", "Document not found", LITTLE, "Document not found"),
    ("example.org is for sale", "", MUCH, "example.org is for sale"),
    ("This domain is parked", "This domain is parked", LITTLE, "This domain is parked"),
    ("Seite nicht gefunden - Firma", "Seite nicht gefunden", MUCH, "Seite nicht gefunden"),
    (
        "Entschuldigung, diese Seite existiert leider nicht mehr",
        "",
        MUCH,
        "Entschuldigung, diese Seite existiert leider nicht mehr",
    ),
    ("Page introuvable", "Page introuvable", MUCH, "Page introuvable"),
    ("Erreur 404 : cette page n'existe pas", "Oups", LITTLE, "Erreur 404 : cette page n'existe pas"),
    ("Página no encontrada", "", MUCH, "Página no encontrada"),
    ("Página não encontrada", "", MUCH, "Página não encontrada"),
    ("Pagina non trovata", "", MUCH, "Pagina non trovata"),
    ("Pagina niet gevonden", "", MUCH, "Pagina niet gevonden"),
    ("Nie znaleziono strony", "", MUCH, "Nie znaleziono strony"),
    ("Страница не найдена", "", MUCH, "Страница не найдена"),
    ("页面不存在", "", MUCH, "页面不存在"),
    ("找不到页面 - 网站", "", MUCH, "找不到页面"),
    ("お探しのページは見つかりませんでした", "", MUCH, "お探しのページは見つかりませんでした"),
]

ARTICLES = [
    ("How to handle 404 errors", "How to handle 404 errors", LITTLE),
    ("HTTP 404 - Wikipedia", "HTTP 404", MUCH),
    ("404 Not Found - HTTP | MDN", "404 Not Found", MUCH),
    ("Page Not Found: How to fix it", "Page Not Found: How to fix it", MUCH),
    ("Page not found | Blog", "Why you see this, and what to do", MUCH),
    ("Custom 404 page - Docs", "Custom 404 page", LITTLE),
    ("sphinx-notfound-page 1.0 documentation", "Not found page¶", LITTLE),
    ("Not Found — A library", "Not Found¶", LITTLE),
    ("NotFound — A library", "NotFound", LITTLE),
    ("Command not found", "Command not found", LITTLE),
    ("Peugeot 404 - Wikipedia", "Peugeot 404", LITTLE),
    ("Lost and found", "Lost and found", LITTLE),
    ("Lost - Wikipedia", "Lost", LITTLE),
    ("Errors and exceptions", "Errors", LITTLE),
    ("Module not found", "Module not found", LITTLE),
    ("404", "The story of an area code", LITTLE),
    ("Area code 404 - Site", "404", LITTLE),
    ("Status codes", "404", LITTLE),
    ("Site", "Oops!", LITTLE),
    ("Site", "404 ways to cook", LITTLE),
    ("", "", 0),
    ("Sorry", "Sorry", LITTLE),
]


def page(title, heading, words):
    return PageSeen("text/html", title, heading, words, whole=True)


@pytest.mark.parametrize(("title", "heading", "words", "said"), PAGES)
def test_a_page_that_says_that_it_is_not_there(title, heading, words, said):
    assert says_not_found(page(title, heading, words), 200) == said
    assert says_not_found(page(title, heading, words), 404) == ""


@pytest.mark.parametrize(("title", "heading", "words"), ARTICLES)
def test_a_page_about_pages_that_are_not_there(title, heading, words):
    assert says_not_found(page(title, heading, words), 200) == ""


def test_of_a_page_that_was_not_read_as_a_whole_it_is_not_known_that_it_has_little_to_say():
    assert says_not_found(PageSeen("text/html", "404 Not Found", "Not Found", LITTLE), 200) == ""
    assert says_not_found(PageSeen("text/html", "Page not found", "", LITTLE), 200) == "Page not found"


# One example of each phrase, in the order of the table.
EXAMPLES = [
    "This page doesn't exist any more", "We can't find the page", "Cannot find what you are looking for",
    "There isn't a GitHub Pages site here", "This domain may be for sale",
    "The domain example.org has been parked", "not found", "This site is unavailable", "File not found",
    "The requested URL /x was not found on this server", "No such file or directory", "Gone",
    "Die angeforderte Seite wurde leider nicht gefunden", "Seite konnte nicht gefunden werden",
    "Diese Seite existiert nicht", "Seite nicht verfügbar", "Nicht gefunden", "Cette page est introuvable",
    "Cette page n'existe plus", "La page demandée n'a pas été trouvée", "Document introuvable",
    "La página solicitada no fue encontrada", "La página que busca no existe", "La página no se encuentra",
    "No se ha encontrado la página", "No encontrado", "Esta página não foi localizada", "Página inexistente",
    "Não encontramos a página", "Não encontrada", "La pagina richiesta non è stata trovata",
    "Questa pagina non esiste più", "Non trovato", "Deze pagina is niet gevonden",
    "Deze pagina bestaat niet meer", "Niet gevonden", "Nie znaleziono podanej strony",
    "Podana strona nie istnieje", "Strony nie odnaleziono", "Nie znaleziono",
    "Запрашиваемая страница удалена", "Такой страницы нет", "Не найдено", "您访问的页面不存在",
    "您要找的网页不见了", "找不到该页面", "未找到", "ページが見つかりません", "ご指定のページは存在しません",
    "見つかりません",
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "example"), list(zip(PHRASES, EXAMPLES, strict=True)))
def test_each_phrase_is_known_and_worth_a_close_look(phrase, example):
    assert says(example) is (Says.SURE if phrase.sure else Says.PERHAPS)
    assert is_suspicious(example, "")
    assert is_suspicious("", f"{example}!")


SHORT = [("404", Says.PERHAPS), ("Oops!", Says.SORRY), ("", Says.ELSE), ("...", Says.ELSE), ("Word", Says.ELSE)]


@pytest.mark.parametrize(("text", "said"), SHORT)
def test_numbers_and_apologies_say_less(text, said):
    assert says(text) is said


HOME = "<p>Back to our <a href=/>start</a>, or write to us.</p>"
MORE = "<p>Of us you know that we sell a thing or two, for many years by now, and all over the land.</p>" * 5
LACKS = "<p>The page you are looking for doesn't exist.</p>"

# Pages of which the title says nothing, their bodies, and the words by which they say that they are not there.
TEXTS = [
    (f"<h1>Site</h1>{LACKS}{HOME}", ""),
    (f"<h1>Oops!</h1>{LACKS}{HOME}{MORE}", "The page you are looking for doesn't exist."),
    (f"<h1>Whoops</h1><p>Error 404<br>Page not found. {HOME}{MORE}", "Error 404 Page not found."),
    (f"<h1>Oups !</h1><p>Cette page n'existe plus. {HOME}{MORE}", "Cette page n'existe plus."),
    (f"<h1>Lost</h1><p>A poem.<p>Gone.{HOME}", ""),
    (f"<h1>Sorry</h1><ul><li>One<li>Gone<li>Not found</ul>{HOME}", ""),
    (f"<h1>Hoppla</h1><div>Die Seite wurde <b>nicht</b> gefunden!</div>{MORE}", "Die Seite wurde nicht gefunden!"),
    (
        f"<h1>404</h1><p>Sorry, this page is <i>no longer available</i>.{HOME}",
        "Sorry, this page is no longer available.",
    ),
    (f"<h1>404</h1>{LACKS}{HOME}{MORE}", "The page you are looking for doesn't exist."),
    (f"<h1>Error 404</h1>{LACKS}{MORE}", "The page you are looking for doesn't exist."),
    (f"<h1>404</h1><p>The server has nothing there.</p><h2>Not Found</h2>{MORE}", ""),
    (f"<h1>Oops!</h1><p>Something went wrong. Try again.{HOME}", ""),
    (f"<h1>Oops!</h1>{LACKS}{MORE * 4}", ""),
    (f"<h1>Trouble</h1>{LACKS}{HOME}{MORE}", ""),
    (f"<h1>Oops!</h1><p>This site is unavailable.{HOME}", ""),
    (f"<h1>Oops!</h1><p>Of a page that says: {LACKS[3:]}{HOME}", ""),
    (f"<h1>Oops!</h1>{LACKS}<div id=root></div><script src=a.js></script>", ""),
    (f"<h1>Oops!</h1><template>{LACKS}</template>{HOME}", ""),
]


@pytest.mark.parametrize(("body", "said"), TEXTS)
def test_a_page_that_says_it_in_its_text_only(body, said):
    markup = f"<!DOCTYPE html><title>Site</title>{body}".encode()
    plain = PlainPage("text/html", "")
    assert says_not_found(plain.early(markup) or plain.page(markup, ended=True), 200) == said
    assert says_not_found(plain.page(markup, ended=False), 200) == ""


@given(st.text(max_size=60), st.text(max_size=60), st.integers(0, 500), st.booleans(), st.text(max_size=60))
def test_any_page_can_be_judged(title, heading, words, whole, text):
    said = says_not_found(PageSeen("text/html", title, heading, words, whole=whole, text=text), 200)
    assert said in title or said in heading or said in text
