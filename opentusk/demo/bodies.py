"""The bodies of the demonstration: IPA code, name, kind, ISTAT code of the territory, province.

Facts: IPA index of August 2026 (codes), ISTAT list of municipalities of 2026 (codes). Office addresses are invented,
at example.org.
"""

from typing import NamedTuple

from opentusk.bodies.models import Agent

_K = Agent.Kind


class DemoBody(NamedTuple):
    """One body; `istat` is empty where the territory is the whole region."""

    ipa_code: str
    name: str
    kind: Agent.Kind
    istat: str
    territory: str


BODIES = (
    DemoBody("r_puglia", "Regione Puglia", _K.REGION, "", "Puglia"),
    DemoBody("c_e506", "Comune di Lecce", _K.MUNICIPALITY, "075035", "Lecce"),
    DemoBody("c_a662", "Comune di Bari", _K.MUNICIPALITY, "072006", "Bari"),
    DemoBody("c_l049", "Comune di Taranto", _K.MUNICIPALITY, "073027", "Taranto"),
    DemoBody("c_b180", "Comune di Brindisi", _K.MUNICIPALITY, "074001", "Brindisi"),
    DemoBody("c_d643", "Comune di Foggia", _K.MUNICIPALITY, "071024", "Foggia"),
    DemoBody("c_a669", "Comune di Barletta", _K.MUNICIPALITY, "110002", "Barletta"),
    DemoBody("c_a285", "Comune di Andria", _K.MUNICIPALITY, "110001", "Andria"),
    DemoBody("c_l328", "Comune di Trani", _K.MUNICIPALITY, "110009", "Trani"),
    DemoBody("c_a225", "Comune di Altamura", _K.MUNICIPALITY, "072004", "Altamura"),
    DemoBody("c_a893", "Comune di Bitonto", _K.MUNICIPALITY, "072011", "Bitonto"),
    DemoBody("c_f284", "Comune di Molfetta", _K.MUNICIPALITY, "072029", "Molfetta"),
    DemoBody("c_f376", "Comune di Monopoli", _K.MUNICIPALITY, "072030", "Monopoli"),
    DemoBody("c_d171", "Comune di Crispiano", _K.MUNICIPALITY, "073004", "Crispiano"),
    DemoBody("c_f027", "Comune di Massafra", _K.MUNICIPALITY, "073015", "Massafra"),
    DemoBody("c_e986", "Comune di Martina Franca", _K.MUNICIPALITY, "073013", "Martina Franca"),
    DemoBody("c_c978", "Comune di Copertino", _K.MUNICIPALITY, "075022", "Copertino"),
    DemoBody("c_d863", "Comune di Galatone", _K.MUNICIPALITY, "075030", "Galatone"),
    DemoBody("c_d883", "Comune di Gallipoli", _K.MUNICIPALITY, "075031", "Gallipoli"),
    DemoBody("c_g187", "Comune di Ostuni", _K.MUNICIPALITY, "074012", "Ostuni"),
    DemoBody("arpap", "ARPA Puglia", _K.AGENCY, "", "Puglia"),
    DemoBody("artpp", "ARET Pugliapromozione", _K.AGENCY, "", "Puglia"),
    DemoBody("arltl_0", "ARTI Puglia", _K.AGENCY, "", "Puglia"),
    DemoBody("adisu", "ADISU Puglia", _K.AGENCY, "", "Puglia"),
    DemoBody("arsls", "AReSS Puglia", _K.AGENCY, "", "Puglia"),
    DemoBody("asset", "ASSET Puglia", _K.AGENCY, "", "Puglia"),
    DemoBody("ipres", "IPRES", _K.AGENCY, "", "Puglia"),
    DemoBody("pusv", "Puglia Sviluppo", _K.COMPANY, "", "Puglia"),
    DemoBody("asl_ba", "ASL Bari", _K.HEALTH, "", "Bari"),
    DemoBody("aps_072", "Acquedotto Pugliese", _K.COMPANY, "", "Puglia"),
    DemoBody("uni_ba", "Università degli Studi di Bari Aldo Moro", _K.UNIVERSITY, "", "Bari"),
    DemoBody("cciaa_le", "Camera di Commercio di Lecce", _K.CHAMBER, "", "Lecce"),
)
