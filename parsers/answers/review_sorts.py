"""What the words of a reply to a review letter can do. Reads nothing."""

from __future__ import annotations

from enum import Enum, auto


class Sort(Enum):
    """What a word or phrase does."""

    # of whom
    ROW = auto()  # a listed name or number
    ALL = auto()
    BOTH = auto()
    NONE = auto()
    REST = auto()
    EXCEPT = auto()
    ONLY = auto()
    SHE = auto()
    THEY = auto()
    PLACE_IN_LIST = auto()  # den sista, de två första
    COUNT = auto()
    NUMBER = auto()
    PEOPLE = auto()  # medarbetare, personer: part of a subject, or somebody else
    SOMEONE = auto()  # en annan, någon: nobody knows who
    OTHER = auto()  # a name that is not on the list
    WE = auto()  # jag, vi
    # what
    YES = auto()
    NO = auto()
    RIGHT = auto()  # stämmer: the list, or a row
    STAY = auto()
    WORKS = auto()  # jobbar, anställd: stays, but for what follows
    LEFT = auto()
    REMOVE = auto()
    LEAVES = auto()
    ENDS = auto()  # sista dag
    ENDED = auto()  # avslutad, pension: of no tense
    GIVEN_NOTICE = auto()
    MOVED = auto()
    MOVES = auto()
    LEAVE = auto()
    DEAD = auto()
    UNCHANGED = auto()  # inga ändringar
    UNDO = auto()
    NEW = auto()
    RENAMED = auto()
    # how
    NOT = auto()
    LONGER = auto()
    NOW = auto()
    TILL = auto()
    FROM = auto()
    BUT = auto()
    AND = auto()
    THAT = auto()  # som
    IF = auto()
    DOUBT = auto()
    NEVER = auto()  # vem är det?: nothing is decided
    ASKED = auto()  # somebody else shall answer
    NOT_MINE = auto()  # the wrong manager
    IS = auto()
    AT = auto()  # på, hos
    CHIEF = auto()
    TOWN = auto()
    SAME = auto()  # likaså, dito: as the one before
    BEGAN = auto()
    SO = auto()  # "övriga är det": what was denied of the one before
    OR = auto()
    STRUCK = auto()  # har strukit dem
    SERVES = auto()  # nattpersonal, deltid: harmless beside an answer
    DAY = auto()
    FILL = auto()
    # marks
    END = auto()
    COMMA = auto()
    COLON = auto()
    TAB = auto()
    LINE = auto()
    MARK = auto()  # x, o: means what its legend says
    CAPITAL = auto()  # unknown, with a capital
    UNKNOWN = auto()
