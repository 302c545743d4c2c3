"""Places, days, sections and accounts of 宝山's demonstration; what the document does not name is made up."""

from __future__ import annotations

import datetime as dt

DISTRICT, TOWN, VILLAGE = "310113", "310113106", "310113106212"

BEGAN = dt.date(2007, 12, 18)
IN_POST = dt.date(2007, 1, 1)
NOW = dt.date(2008, 11, 30)

#: The sections and institutes that projects are given to: short name → full name. The document names only the first.
INSTITUTE, PLANNING, RIVERS, BUILDING = "排灌管理所", "示例规划科", "示例河道科", "示例建设科"
SECTIONS = {
    INSTITUTE: "宝山区排灌（河桥工程）管理所",
    PLANNING: "示例规划科",
    RIVERS: "示例河道科",
    BUILDING: "示例建设科",
}

#: User name → what the account is called.
ACCOUNTS = {
    "bs-ban": "区水务局结对帮扶办",
    "bs-zhen": "罗泾镇联络员",
    "bs-danwei": "区水务局联络员",
    "bs-suo": "排灌管理所联络员",
    "bs-ganbu": "区水务局主要领导",
    "bs-lingdao": "宝山区领导",
    "admin": "系统管理员",
}
