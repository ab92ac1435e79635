"""Made-up people of many places; no telephone number here is anybody's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Name:
    """A person's names as written at home, with the language they would like."""

    given: str
    family: str
    sex: str
    language: str = "en"


def _people(text: str) -> tuple[Name, ...]:
    return tuple(Name(*(part.strip() for part in line.split("|"))) for line in text.split("\n"))


RIVERSIDE = _people(
    """Janet|Ashdown|female|en
Harold|Pettifer|male|en
Siobhán|Ní Dhálaigh|female|en
Rhys|Llewelyn-Parry|male|cy
Agnieszka|Wróblewska|female|pl
Zdeněk|Dvořáček|male|cs
Ayşe|Yıldızoğlu|female|tr
José María|Ibáñez Peña|male|es
Inês|Gonçalves d'Ávila|female|pt
Jürgen|Weißmüller|male|de
Élodie|Lefèbvre|female|fr
Þórdís|Guðjónsdóttir|female|is
Søren|Ærøskov|male|da
Åsa|Björkstrand|female|sv
Jānis|Bērziņš|male|lv
Žydrūnė|Šimkutė|female|lt
Ștefan|Țurcanu|male|ro
Nguyễn Thị|Hồng Nhung|female|vi
Đorđe|Živković|male|sr
Katalin|Szőllősi|female|hu
ليلى|الحدّاد|female|ar
عمر|المنصوري|male|ar
زهرا|کاظمی|female|fa
نسیم|قریشی|female|ur
יעל|בן־דוד|female|he
אריה|רוזנצוויג|male|he
सुनीता|देशपांडे|female|hi
राजेन्द्र|त्रिपाठी|male|hi
पूर्णिमा|श्रेष्ठ|female|ne
秀英|欧阳|female|zh
国强|郑|male|zh
晓雯|诸葛|female|zh
Ελένη|Παπαχρήστου|female|el
Γιώργος|Σταυρόπουλος|male|el
Светлана|Щербакова|female|ru
Юрий|Объедков|male|ru
Оксана|Ґалаґан|female|uk
Милена|Ђурђевић|female|sr
Ngozi|Ọlátúnjí|female|en
Kwabena|Ɔfori|male|en
Tāwhiri|Ngāti-Moana|male|en
Keola|Kaʻahumanu|female|en
Margaret|O'Rourke-Fennelly|female|en
Desmond|Achterberg|male|en
Bronwen|Tregarthen|female|en
Alasdair|MacGilleBhràth|male|gd
Priscilla|Van der Westhuizen|female|en
Tobias|Quarmby|male|en
Winifred|Clatworthy|female|en
Leon|Featherstonehaugh|male|en
Beryl|Sowerbutts|female|en
Cuthbert|Thistlewood|male|en
Dilys|Pugh-Morgan|female|cy
Ewan|Drummoyne|male|en
Farida|Bakhtiyorova|female|en
Gideon|Marchbanks|male|en
Hyacinth|Bellweather|female|en
Idris|Camara|male|fr
Jocasta|Ravensdale|female|en
Kenji|Moriwaki|male|en
Lucille|Hartnoll|female|en
Mbali|Nxumalo|female|en
Norbert|Osterhagen|male|de
Octavia|Penhallow|female|en
Pádraig|Mac Giolla Rí|male|en
Quintina|Sarrazin|female|fr
Rupert|Dunnaway|male|en
Saoirse|Kilbrannan|female|en
Tomasz|Grzegorzewicz|male|pl
Ursula|Winterbourne|female|en
Vikram|Chandavarkar|male|en
Wilhelmina|Oosterbeek|female|nl
Xiomara|Villaseñor|female|es
Yusuf|Demirkıran|male|tr
Zainab|Oyelaran|female|en
Albert|Hollingbery|male|en
Constance|Netherwood|female|en
Edmund|Sallowfield|male|en
Freya|Lindqvist-Hume|female|en
Gwilym|Cadwaladr|male|cy
Hettie|Bramblecote|female|en
Isaac|Fairweather|male|en"""
)

HILLSIDE = _people(
    """Marisol|Quiñones|female|es
Delbert|Hasselbrook|male|en
Shanice|Overmyer|female|en
Ignacio|Zaragoza Núñez|male|es
Thi Mai|Đặng|female|vi
Clarence|Whitfeather|male|en
Rivka|Goldenthal|female|en
Aleksei|Воронцов|male|ru
Dolores|Iturralde|female|es
Emmett|Stonebridge|male|en
Hannah|Lindenmeyer|female|en
Xavier|Thibodeaux|male|fr"""
)
