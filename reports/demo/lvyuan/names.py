"""绿园's towns, villages and units: the document's by name, everything else evidently made up; and its numbers."""

from __future__ import annotations

import datetime as dt

from reports.demo.base import ADMIN, ADMIN_NAME

#: The first day, a day on which everybody was in post, and the demonstration's now.
BEGAN = dt.date(2020, 4, 27)
IN_POST = dt.date(2020, 1, 1)
NOW = dt.date(2020, 10, 31)

XIXIN, HEXIN, CHENGXI = "220106101", "220106100", "220106102"
#: Town code → how many villages, the named ones included, take part.
VILLAGES_IN_TOWN = {XIXIN: 7, HEXIN: 8, CHENGXI: 7}
#: The model villages in the order in which the document names them, each with how many 屯 lie on the route.
MODEL_VILLAGES = {"220106101203": 3, "220106100204": 2, "220106100202": 3, "220106100203": 2}
SITES = 12
ROUTE = "农村人居环境整治精品路线"

HOUSEHOLDS = 17_079
#: Departments that the document names: short name → full name.
NAMED_DEPARTMENTS = {
    "区委组织部": "中共长春市绿园区委组织部",
    "区直机关工委": "中共长春市绿园区直属机关工作委员会",
    "区农业农村局": "长春市绿园区农业农村局",
    "区委区政府督查室": "绿园区委区政府督查室",
    "区委党校": "中共长春市绿园区委党校",
    "团区委": "共青团长春市绿园区委员会",
    "区妇联": "长春市绿园区妇女联合会",
}
LEAD, COMMITTEE, FARMING, CONTROL, SCHOOL, YOUTH, WOMEN = NAMED_DEPARTMENTS
DISCIPLINE = "派驻纪检组"
LEADERS_UNIT = "区级领导班子"
#: Departments in the model villages, and those that help the other villages, one each.
MODEL_DEPARTMENTS, OTHER_DEPARTMENTS = 43, 18

# Cadres of each level who answer for households; together 1,455. Departments in the model villages have more staff
# than that: all of it has worked there, which makes the 1400余名.
LEADERS, TOWN_CADRES, VILLAGE_CADRES, OTHER_DEPARTMENT_CADRES = 25, 20, 6, 12
MODEL_STAFF, MODEL_STAFF_WITH_HOUSEHOLDS = 1_433, 1_022
HOUSEHOLDS_OF_LEADER, HOUSEHOLDS_OF_TOWN_CADRE, HOUSEHOLDS_OF_VILLAGE_CADRE = 2, 15, 30

RANK_DISTRICT, RANK_DEPARTMENT, RANK_TOWN, RANK_VILLAGE = "区级领导", "部门干部", "镇干部", "村干部"

BEST_FAMILIES = 40
#: Quantities of the document; of those that it gives as 余 an exact number behind them.
REFUSE_KG, HEDGE, PLANTS, SEED, PATROL_CARS = 34_600, 2_180, 7_360, 80, 4

#: Each whole week's share of those who may fail that did not come, in hundredths; some weeks are better than others.
MISSING = (9, 8, 7, 7, 5, 5, 4, 4, 6, 8, 5, 4, 4, 3, 5, 9, 12, 7, 4, 3, 6, 10, 8, 4, 3, 3)
#: Of the last week, which is not over, the share that has still to come.
STILL_TO_COME = 28

ACCOUNTS = {
    "lvyuan-quban": "区委组织部",
    "lvyuan-zhen": "合心镇党建办",
    "lvyuan-danwei": "区农业农村局联络员",
    "lvyuan-zuzhang": "区农业农村局包保工作组组长",
    "lvyuan-ganbu": "示例部门01包户干部",
    "lvyuan-ducha": "联合督导组成员",
    "lvyuan-lingdao": "分管区级领导",
    ADMIN: ADMIN_NAME,
}
