"""The phrases by which pages say that they are not there, in the languages of most of the web: one table. Pure."""

from __future__ import annotations

from msgspec import Struct


class Phrase(Struct, frozen=True):
    """A way to say that a page is not there: a regular expression for all of a text in lower case, without its ends.

    ``sure`` tells that nobody says so of anything but a page that is not there; what is not sure may as well be the
    title of an article about it.
    """

    language: str
    pattern: str
    sure: bool = True


_PAGE = r"(?:the |this |that |your |requested )*(?:web ?pages?|pages?|articles?|content|posts?|products?)"
_SITE = r"(?:the |this |that |your |requested )*(?:web ?)?sites?"
_THING = (
    r"(?:the |this |that |requested )*(?:file|resource|document|url|route|item|record|user|profile|project|topic|path)"
)
_ASKED_FOR = (
    r"(?: (?:that )?you(?:'re| are| were|'ve| have)?"
    r" ?(?:requested|look(?:ing|ed)? for|try(?:ing)? to \w+|tried to \w+))?"
)
_NOT_THERE = (
    r" (?:(?:is |was )?(?:not found|no longer available|not available|unavailable)"
    r"|(?:could|can)(?: ?not|n't|'t) be found|(?:does not|doesn't) (?:seem to |appear to )?exist|no longer exists"
    r"|is missing|is gone"
    r"|has been (?:removed|deleted)|isn't (?:here|available))(?: any ?more| here)?"
)

PHRASES = (
    Phrase("en", _PAGE + _ASKED_FOR + _NOT_THERE),
    Phrase(
        "en",
        r"(?:we |i )?(?:can(?:not|'t| not)|could(?:n't| not)) (?:seem to )?find (?:the|that|this|your) page.{0,60}",
    ),
    Phrase("en", r"(?:we |i )?(?:can(?:not|'t| not)|could(?:n't| not)) (?:seem to )?find what you.{0,60}"),
    Phrase("en", r"there isn't a github pages site here"),
    Phrase("en", r"(?:this |the )*domain(?: name)?(?: \S+)? (?:is |may be )?for sale|\S+\.[a-z]{2,} is for sale"),
    Phrase(
        "en", r"(?:this |the )?domain(?: name)?(?: \S+)? (?:is|has been) parked.{0,40}|parked domain|buy this domain"
    ),
    Phrase("en", r"not found\)?!*1?", sure=False),
    Phrase("en", _SITE + _ASKED_FOR + _NOT_THERE, sure=False),
    Phrase("en", _THING + _ASKED_FOR + _NOT_THERE + r"(?: on this server)?", sure=False),
    Phrase("en", r"(?:the )?requested url .{0,150}was not found on this server", sure=False),
    Phrase("en", r"no such (?:page|file|document|article|key|bucket|file or directory)", sure=False),
    Phrase("en", r"(?:this page is )?gone|does not exist|missing page|nothing (?:here|found)", sure=False),
    Phrase("de", r"(?:die |diese |angeforderte |gewünschte |gesuchte )*seite (?:wurde |leider )*nicht gefunden"),
    Phrase("de", r"(?:die |diese |angeforderte |gewünschte |gesuchte )*seite konnte (?:leider )?nicht gefunden werden"),
    Phrase("de", r"(?:die |diese |angeforderte |gewünschte |gesuchte )*seite existiert (?:leider )?nicht(?: mehr)?"),
    Phrase("de", r"(?:die |diese |angeforderte )*seite (?:ist )?(?:leider )?nicht (?:mehr )?(?:verfügbar|vorhanden)"),
    Phrase("de", r"(?:inhalt |datei |dokument )?nicht gefunden", sure=False),
    Phrase("fr", r"(?:la |cette |votre )?page (?:demandée |recherchée |est )*(?:non trouvée|introuvable|inexistante)"),
    Phrase("fr", r"(?:la |cette )?page (?:demandée |que vous (?:re)?cherchez )?n'existe (?:pas|plus)"),
    Phrase("fr", r"(?:la |cette )?page (?:demandée )?n'a (?:pas été|pas pu être|pu être) trouvée"),
    Phrase("fr", r"(?:fichier |document |contenu )?(?:non trouvé|introuvable)", sure=False),
    Phrase("es", r"(?:la |esta )?página (?:solicitada |que (?:busca|buscas) )?no (?:ha sido |fue )?encontrada"),
    Phrase("es", r"(?:la |esta )?página (?:solicitada |que (?:busca|buscas) )?no (?:existe|está disponible)"),
    Phrase(
        "es", r"(?:la |esta )?página (?:solicitada |que (?:busca|buscas) )?no se (?:encontró|encuentra|ha encontrado)"
    ),
    Phrase(
        "es", r"no (?:se (?:encontró|encuentra|ha encontrado)|encontramos|podemos encontrar) (?:la|esta) página.{0,40}"
    ),
    Phrase("es", r"no encontrad[oa]", sure=False),
    Phrase("pt", r"(?:a |esta )?página (?:solicitada |que procura )?não (?:foi )?(?:encontrada|localizada)"),
    Phrase("pt", r"(?:a |esta )?página (?:solicitada |que procura )?(?:não existe|inexistente|não está disponível)"),
    Phrase("pt", r"não (?:encontramos|foi possível encontrar) (?:a|esta) página.{0,40}"),
    Phrase("pt", r"não encontrad[oa]", sure=False),
    Phrase("it", r"(?:la |questa )?pagina (?:richiesta |che cerchi )?non (?:è stata )?trovata"),
    Phrase(
        "it",
        r"(?:la |questa )?pagina (?:richiesta |che cerchi )?(?:non esiste(?: più)?|inesistente|non (?:è )?disponibile)",
    ),
    Phrase("it", r"non trovat[oa]", sure=False),
    Phrase(
        "nl", r"(?:de |deze )?(?:opgevraagde )?pagina (?:is |werd |kan |kon )?niet (?:gevonden(?: worden)?|beschikbaar)"
    ),
    Phrase("nl", r"(?:de |deze )?(?:opgevraagde )?pagina (?:die u zoekt )?bestaat niet(?: meer)?"),
    Phrase("nl", r"niet gevonden", sure=False),
    Phrase("pl", r"nie (?:znaleziono|odnaleziono) (?:podanej |żądanej |takiej )?strony"),
    Phrase("pl", r"(?:ta |podana |żądana )?strona (?:nie (?:istnieje|została znaleziona|znaleziona)|nieznaleziona)"),
    Phrase("pl", r"strony nie (?:znaleziono|odnaleziono)"),
    Phrase("pl", r"nie znaleziono", sure=False),
    Phrase("ru", r"(?:эта |такая |запрашиваемая |запрошенная |данная )?страница (?:не найдена|не существует|удалена)"),
    Phrase("ru", r"(?:такой |этой )?страницы (?:не существует|нет)|страницу не удалось найти"),
    Phrase("ru", r"не найден[оаы]?", sure=False),
    Phrase(
        "zh",
        r"(?:您|你)?(?:所?(?:访问|訪問|请求|要找)的|该|此|這個|这个)?(?:页面?|頁面?|网页|網頁)(?:不存在|未找到|找不到)",
    ),
    Phrase(
        "zh",
        r"(?:您|你)?(?:所?(?:访问|訪問|请求|要找)的|该|此|這個|这个)?(?:页面?|頁面?|网页|網頁)(?:不見了|不见了|没有找到)",
    ),
    Phrase("zh", r"(?:找不到|未找到|没有找到)(?:您?要?访问的|该|此|這個|这个)?(?:页面?|頁面?|网页|網頁)"),
    Phrase("zh", r"未找到|找不到", sure=False),
    Phrase(
        "ja",
        r"(?:お探しの|ご指定の|指定された|該当する|要求された)?(?:ウェブ)?ページ[はが]?(?:見つかりません(?:でした)?)",
    ),
    Phrase(
        "ja",
        r"(?:お探しの|ご指定の|指定された|該当する|要求された)?(?:ウェブ)?ページ[はが]?(?:存在しません|ありません)",
    ),
    Phrase("ja", r"見つかりません(?:でした)?", sure=False),
)
"""The first that fits all of a text, less what :mod:`~affidavit.links.soft404` takes off its ends, decides."""
