"""One row of a table to one term, a function per kind of term."""

from opentusk.kit.vocabularies.table import Row, split_list
from opentusk.kit.vocabularies.terms import FileType, Frequency, HvdCategory, Licence, Subtheme, Term, Theme

_YES = "yes"
_DATA_THEME = "http://publications.europa.eu/resource/authority/data-theme/"
_HVD = "http://data.europa.eu/bna/"
_EU_LICENCE = "http://publications.europa.eu/resource/authority/licence/"
_AGID_LICENCE = "https://w3id.org/italia/controlled-vocabulary/licences/"
_LICENCE_TYPE = "http://purl.org/adms/licencetype/"


def read_term(row: Row, iri: str) -> Term:
    """A plain term. A table without names (media types) lets the code speak for itself."""
    return Term(code=row["code"], iri=iri, it=_it(row), en=_en(row))


def read_theme(row: Row, iri: str) -> Theme:
    """A data theme."""
    return Theme(code=row["code"], iri=iri, it=_it(row), en=_en(row), provisional=row["code"] == "OP_DATPRO")


def read_file_type(row: Row, iri: str) -> FileType:
    """A file type with its AgID stars and its place in the MQA lists."""
    return FileType(
        code=row["code"],
        iri=iri,
        it=_it(row),
        en=_en(row),
        media_type=row["media_type"] or None,
        stars=int(row["stars"]),
        machine_readable=row["machine_readable"] == _YES,
        non_proprietary=row["non_proprietary"] == _YES,
    )


def read_frequency(row: Row, iri: str) -> Frequency:
    """A frequency with its length in days."""
    return Frequency(
        code=row["code"], iri=iri, it=_it(row), en=_en(row), days=float(row["days"]) if row["days"] else None
    )


def read_licence(row: Row, iri: str) -> Licence:
    """A licence; the column `terms` lists what it asks: BY, SA, NC, ND."""
    asks = row["terms"].split("-")
    return Licence(
        code=row["code"],
        iri=iri,
        it=_it(row),
        en=_en(row),
        openness=row["openness"],
        type_iri=_LICENCE_TYPE + row["type"],
        agid_iri=_AGID_LICENCE + row["agid"] if row["agid"] else None,
        eu_iri=_EU_LICENCE + row["eu"] if row["eu"] else None,
        version=row["version"],
        attribution="BY" in asks,
        share_alike="SA" in asks,
        non_commercial="NC" in asks,
        no_derivatives="ND" in asks,
        mqa_known=row["mqa_known"] == _YES,
    )


def read_hvd_category(row: Row, iri: str) -> HvdCategory:
    """A category of high-value datasets."""
    parent = _HVD + row["parent"] if row["parent"] else None
    return HvdCategory(code=row["code"], iri=iri, it=_it(row), en=_en(row), parent=parent)


def read_subtheme(row: Row, iri: str) -> Subtheme:
    """A EuroVoc sub-theme."""
    themes = tuple(_DATA_THEME + code for code in split_list(row["themes"]))
    return Subtheme(code=row["code"], iri=iri, it=_it(row), en=_en(row), themes=themes)


def _en(row: Row) -> str:
    return row.get("en") or row["code"]


def _it(row: Row) -> str:
    """The official lists have no Italian name for every term; the English one is better than none."""
    return row.get("it") or _en(row)
