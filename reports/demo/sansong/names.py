"""Places, days, posts and accounts of the 三送 demonstration. All of them made up, as the document names none."""

from __future__ import annotations

import datetime as dt

COUNTY, TOWN = "990101", "990101600"
VILLAGE = f"{TOWN}601"
#: The village's groups: the one the document names, and seven made-up ones.
GROUPS = ("新屋下小组", *(f"示例小组{n}" for n in range(1, 8)))
HOUSEHOLDS = 100
COMFORTED = 20

BEGAN = dt.date(2011, 1, 1)
IN_POST = dt.date(2010, 7, 1)
SENT = dt.date(2011, 1, 4)
NOW = dt.date(2011, 12, 31)

HEAD = "县水保局工作组组长"
#: Members by post → whether the county court sent them.
MEMBERS = {
    HEAD: False,
    "县水保局队员甲": False,
    "县水保局队员乙": False,
    "县法院队员甲": True,
    "县法院队员乙": True,
}

#: User name → what the account is called.
ACCOUNTS = {
    "ss-xianban": "示例县“三送”办",
    "ss-xiangban": "示例乡“三送”联络员",
    "ss-danwei": "县水保局联络员",
    "ss-zuzhang": "驻示例村工作组组长",
    "ss-duiyuan": "县法院队员甲",
    "ss-jiancha": "“三送”检查组组长",
    "ss-lingdao": "示例县领导",
    "admin": "系统管理员",
}

PROMISES = (
    "一、每周入户走访，听取群众意见，当天记入台账。\n"
    "二、群众反映的问题五个工作日内答复，办结一件销号一件。\n"
    "三、有纠纷随叫随到，做到小事不出组、大事不出村。\n"
    "四、自带被褥、自理伙食，不给村里和群众添负担。"
)
