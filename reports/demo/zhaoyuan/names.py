"""招远's towns, units and villages: the document's by name, and which of the made-up ones carry which failing."""

from __future__ import annotations

import datetime as dt

from programs.models import UnitLevel

#: The two that the document names as not having docked.
NOT_DOCKED = ("平安财险", "平安人寿")

#: Town code → how many of the 116 villages lie in it. The document is silent; here by how many villages a town has.
VILLAGES_IN_TOWN = {
    "370685001": 5,
    "370685002": 4,
    "370685003": 4,
    "370685004": 6,
    "370685005": 6,
    "370685101": 10,
    "370685102": 9,
    "370685103": 10,
    "370685104": 7,
    "370685105": 5,
    "370685106": 14,
    "370685108": 12,
    "370685109": 12,
    "370685110": 12,
}
WENQUAN, LINGLONG, XIADIAN, XINZHUANG, BIGUO = "370685004", "370685105", "370685108", "370685101", "370685104"

#: Village code → the unit that the document says helps it.
NAMED_VILLAGES = {
    "370685005226": "市供电公司",
    "370685101205": "市委老干部局",
    "370685101233": "市残联",
    "370685104229": "市住建局",
    "370685105225": "市经信局",
    "370685105236": "市地税局",
    "370685108242": "市信访局",
    "370685110249": "市委办",
}

#: Units whose principal leaders went several times, as the document says.
OFTEN_VISITING = (
    "市财政局",
    "市经信局",
    "市教体局",
    "市市场监督管理局",
    "市文化局",
    "市信访局",
    "市政务服务中心",
    "市国土局",
    "市地税局",
)

#: Units whose teams the document says have had first results.
FIRST_RESULTS = (
    "市委办",
    "市人大办",
    "市政府办",
    "市政协办",
    "市人民法院",
    "市水务局",
    "市人社局",
    "市农工办",
    "市委党校",
    "市广播电视台",
    "市司法局",
    "市林业局",
    "市检验检测中心",
    "市住房保障和交易中心",
    "市人民医院",
    "市自来水公司",
    "市国土局",
    "市国税局",
    "市公积金管理中心",
)

#: Units that the document names without saying which village they help, in the order in which villages are dealt out.
UNPLACED_UNITS = (
    *(name for name in OFTEN_VISITING if name not in NAMED_VILLAGES.values()),
    *(name for name in FIRST_RESULTS if name not in (*NAMED_VILLAGES.values(), *OFTEN_VISITING)),
    *NOT_DOCKED,
)
LEVELS = {
    "市供电公司": UnitLevel.STATIONED,
    "市国税局": UnitLevel.STATIONED,
    "市地税局": UnitLevel.STATIONED,
    "市自来水公司": UnitLevel.ENTERPRISE,
    "平安财险": UnitLevel.ENTERPRISE,
    "平安人寿": UnitLevel.ENTERPRISE,
}

# Numbers of made-up units (示例单位01 …) that carry the failings which the document attaches to no name.
LEADER_NOT_VISITED = frozenset({3, 7, 8, 9, 14, 21, 22, 23, 35, 36, 41, 48, 49, 55, 62, 63, 70, 77})
LEADER_VISIT_BY_MARK = frozenset({2, 12, 40, 68})
NO_MATTERS = frozenset({22, 36, 49, 77})
FEW_MATTERS = {8: 1, 63: 2}
NO_ANNUAL_PLAN = frozenset({36, 77})
NO_THREE_YEAR_PLAN = frozenset({8, 22, 36, 49, 77})
NO_SURVEY = frozenset({36, 63, 77})
DIARY_MISSING = frozenset({22, 41})
DIARY_THIN = frozenset({9, 58, 66})
HOLLOW_MATTERS = frozenset({14, 27, 44, 71})
STALLED_MATTERS = frozenset({5, 18, 31, 47, 58, 69})
SHALLOW_VISITS = frozenset({21, 55, 66})
INDIFFERENT_LEADERS = frozenset({7, 35, 62})

#: The day the work began, a day on which everybody was in post, the day teams were sent, and the demonstration's now.
BEGAN = dt.date(2015, 3, 20)
IN_POST = dt.date(2015, 1, 1)
SENT = dt.date(2015, 3, 26)
NOW = dt.date(2015, 7, 3)
#: The inspection round.
ROUND = (dt.date(2015, 6, 15), dt.date(2015, 6, 30))

#: User name → what the account is called. Teams and town offices have accounts of their own beside these.
ACCOUNTS = {
    "xianban": "市后进村帮扶办",
    "zhenban": "毕郭镇党建办",
    "danwei": "市住建局联络员",
    "duizhang": "西沟子村第一书记",
    "ganbu": "毕郭镇联系西沟子村领导",
    "ducha": "督查一组组长",
    "lingdao": "市领导",
    "admin": "系统管理员",
}
#: Members of towns' leading bodies who are paired with lagging villages, by how many villages each town has.
VILLAGES_PER_TOWN_LEADER = 3
