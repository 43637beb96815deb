"""Given names that may stand as "she" in a reply: common ones that are no other Swedish word."""

from __future__ import annotations

GIVEN = frozenset(
    """
    adam agneta ahmed aisha albin alexander alexandra alice ali alma amanda amina anders andreas
    anette angelica anita ann anna anna-karin annika ann-marie anneli annelie anton arvid asta
    astrid axel barbro beatrice bengt berit bertil birgit birgitta bo-göran britt britta
    camilla carina carl carl-johan carolina caroline cecilia charlotta charlotte christer
    christian christina christoffer clara claes dagmar daniel daniela david elias elin elina
    elisabet elisabeth ellen ellinor elsa emil emilia emma emelie eric erik erika ester eva
    fatima fatma felicia felix filip fredrik fredrika frida gabriel gabriella gerd gudrun gunilla
    gunnar gustaf gustav göran hampus hanna hannah hans hassan helen helena helene henrik
    hugo håkan ibrahim ida inga-lill inger ingela ingemar ingrid irene isabella isabelle jakob
    jan jan-erik jasmin jennifer jenny jens jessica joakim joanna johan johanna johannes john
    jonas jonathan josef josefin josefine julia jörgen karin karl karl-erik karolina katarina
    kenneth kent kerstin khadija kjell klara kristian kristina kristoffer lars lars-erik lena
    lennart leila lina linda linnea linnéa linus lisa lisbeth louise lotta lovisa lukas maja malin
    margareta margaretha maria mariam marianne marie marika markus martin martina matilda mats
    mattias maryam mia michael mikael mohamed mohammed mona monica monika niklas nils nina noor
    olle olof oskar oscar patrik per-olof pernilla peter petra pia rebecka rickard robert robin
    roger rolf rut sandra sara sarah sebastian siv sofia sofie solveig stefan stina susanna
    susanne susanna sven svetlana tania terese therese thomas tobias tomas torbjörn tove tuva ulf
    ulla ulrika urban veronica veronika victor victoria viktor viktoria vivianne william yasmin
    yusuf yvonne zahra zainab åke åsa örjan
    """.split()  # noqa: SIM905 - a list of words reads better as running text
)
