"""What programs send and get: the description with plain names, and the state of a dataset."""

from typing import Any

from ninja import Schema
from pydantic import ConfigDict, Field

Words = str | dict[str, str]


class _Strict(Schema):
    """A field that we do not know is refused, so that nothing is lost in silence."""

    model_config = ConfigDict(extra="forbid")


class ContactIn(_Strict):
    """The office that answers."""

    name: str = ""
    email: str = Field(default="", examples=["opendata@comune.example.it"])
    phone: str = ""
    url: str = ""


class LinkIn(_Strict):
    """A file or a page that stays where it is. Files kept by the portal are sent to `…/files` instead."""

    access_url: str
    title: Words = ""
    description: Words = ""
    download_url: str = ""
    format: str = Field(default="", examples=["CSV"])
    licence: str = Field(default="", examples=["CC BY 4.0"])


class DescriptionIn(_Strict):
    """A description. What is left out stays as it is; an empty value clears it.

    Texts are Italian, or an object by language. Themes, frequency, licence and the like are codes, names or addresses
    of the European vocabularies: `ENVI`, `annuale`, `CC BY 4.0`.
    """

    title: Words | None = Field(default=None, examples=["Alberi monumentali"])
    description: Words | None = None
    themes: list[str] | None = Field(default=None, examples=[["ENVI"]])
    subthemes: list[str] | None = None
    keywords: list[str] | None = None
    frequency: str | None = Field(default=None, examples=["ANNUAL"])
    modified: str | None = Field(default=None, examples=["2026-05-31"])
    issued: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    places: list[str] | None = Field(default=None, examples=[["Lecce"]])
    contact: ContactIn | None = None
    landing_page: str | None = None
    documentation: list[str] | None = None
    hvd_categories: list[str] | None = None
    legislation: list[str] | None = None
    version: str | None = None
    version_notes: Words | None = None
    provenance: Words | None = None
    links: list[LinkIn] | None = None


class FileOut(Schema):
    """A distribution and its last version, when the portal keeps the file."""

    id: str
    title: str
    address: str
    format: str
    size: int | None = None
    sha256: str | None = None
    version: int | None = None
    version_state: str | None = None
    table: str | None = None


class WaitOut(Schema):
    """Something that must happen before a version, or the dataset, can be public."""

    kind: str
    words: str
    version: int | None = None


class StateOut(Schema):
    """A dataset as its body sees it."""

    identifier: str
    uuid: str
    status: str
    page: str
    checksum: str
    can_be_published: bool
    score: int
    problems: list[dict[str, Any]]
    seal: str = Field(description="Che cosa vale la firma adesso: file, indirizzi, colonne, ultima dichiarazione.")
    waits: list[WaitOut]
    files: list[FileOut]
    repairs: list[dict[str, Any]] = []


class AnswerIn(_Strict):
    """`yes` or `no`, and the explanation that some answers ask for."""

    answer: str = Field(pattern="^(yes|no)$")
    note: str = ""


class AnswersIn(_Strict):
    """The legal check-list, by the codes of the questions that `…/declaration` lists."""

    answers: dict[str, AnswerIn]
    shown: str | None = Field(
        default=None, description="Il `seal` letto prima di firmare: se intanto qualcosa è cambiato, 409."
    )


class QuestionOut(Schema):
    """One question of the check-list: `usual` is the answer with which one may publish as it is."""

    code: str
    text: str
    help: str
    usual: str
    otherwise: str
    way_out: str


class ReasonIn(_Strict):
    """Why a dataset is withdrawn; everybody can read it."""

    reason: str = Field(min_length=3, max_length=500)


class UploadIn(_Strict):
    """A file that was sent in pieces to `/api/v1/uploads`."""

    upload: str
    title: Words = ""
    licence: str = ""
    note: str = ""


class MeOut(Schema):
    """Whose key it is, what it may do, and for which bodies."""

    account: str
    scope: str
    bodies: list[dict[str, str]]
