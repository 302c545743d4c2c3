"""宝兴's towns, villages and helpers: the document's by name or post, and how many made-up ones stand beside them."""

from __future__ import annotations

import datetime as dt

from programs.models import UnitLevel

#: When it began, a day on which everybody was in post, when all were paired, and the demonstration's now.
BEGAN = dt.date(2010, 1, 1)
IN_POST = dt.date(2009, 1, 1)
PAIRED = dt.date(2010, 2, 1)
AGREED = dt.date(2010, 3, 5)
#: The day after the activity, until which its villages surely stood as it knows them.
AFTER = dt.date(2013, 1, 1)
NOW = dt.date(2010, 9, 30)

CITY = "5118"
PROVINCE = "51"
MUPING, LINGGUAN, LONGDONG, FENGTONGZHAI = "511827100", "511827101", "511827102", "511827201"
QIAOQI, WULONG, DAXI, YONGFU = "511827202", "511827205", "511827206", "511827601"

#: Town → how many made-up villages lie in it. 永富乡 is gone from the list of divisions and bears a local number.
VILLAGES_IN_TOWN = {
    MUPING: 5,
    LINGGUAN: 7,
    LONGDONG: 6,
    FENGTONGZHAI: 4,
    QIAOQI: 3,
    WULONG: 5,
    DAXI: 4,
    YONGFU: 3,
}
#: Villages of the document that still stand, and those that have gone from the list of divisions since.
XINBAO, COMMUNITY, ZHANDOU, DONGSHENG = "511827100200", "511827100001", "511827205201", "511827205202"
STANDING = (XINBAO, COMMUNITY, ZHANDOU, DONGSHENG)
HEPING, QINGPING, ANPING = "511827201601", "511827201602", "511827101601"
CHONGXING, LELE, YONGHE = "511827102601", "511827202601", "511827601601"
GONE = {HEPING: "和平村", QINGPING: "青坪村", ANPING: "安坪村", CHONGXING: "崇兴村", LELE: "勒乐村", YONGHE: "永和村"}
#: The two groups of 和平村 that the road is to join.
GROUPS = {f"{HEPING}016": "16组", f"{HEPING}017": "17组"}
#: Made-up communities in which the leaders' urban households live.
COMMUNITIES = {f"{MUPING}801": "示例社区01", f"{LINGGUAN}801": "示例社区02"}

BUREAU, RESERVE, PROCURATORATE = "省冶金地质勘查局", "蜂桶寨保护区管理局", "县检察院"
UNITED_FRONT, RURAL_OFFICE, CULTURE = "县委统战部", "县委农工办", "县文体广电局"
FULL_NAMES = {
    BUREAU: "四川省冶金地质勘查局",
    RESERVE: "四川蜂桶寨国家级自然保护区管理局",
    PROCURATORATE: "宝兴县人民检察院",
    UNITED_FRONT: "中共宝兴县委统战部",
    RURAL_OFFICE: "中共宝兴县委农村工作办公室",
    CULTURE: "宝兴县文体广电局",
}
#: Units of the document that help a village which it names. The reserve counts as the city's: figures leave it out.
PLACED_UNITS = {BUREAU: YONGHE, RESERVE: HEPING, PROCURATORATE: XINBAO, UNITED_FRONT: LELE}
UNIT_LEVELS = {BUREAU: UnitLevel.PROVINCIAL, RESERVE: UnitLevel.CITY}
#: Made-up units by their number: the rest of them are the county's.
STATIONED, ENTERPRISES, MADE_UP_UNITS = range(27, 32), range(32, 35), 34

#: Who leads the county, city and its three leaders with villages here. Everybody appears by post.
ORGANS = {
    "县委": "中共宝兴县委员会",
    "县人大常委会": "宝兴县人民代表大会常务委员会",
    "县政府": "宝兴县人民政府",
    "县政协": "中国人民政治协商会议宝兴县委员会",
}
CITY_ORGANS = {"市政府": "雅安市人民政府", "市政协": "中国人民政治协商会议雅安市委员会"}
LEADERS, SECTION_CADRES = 26, 64
CITY_LEADERS = {
    "市委常委、常务副市长": ("市政府", (HEPING,)),
    "副市长（联系青坪村和穆坪社区）": ("市政府", (QINGPING, COMMUNITY)),
    "市政协副主席": ("市政协", (DONGSHENG, ZHANDOU)),
}

# What is not done: numbers of made-up leaders and units.
LEADER_WITHOUT_URBAN = 18
NO_THREE_YEAR_PLAN, NO_ANNUAL_PLAN, NEVER_CAME = {9, 21, 33}, {21}, {33}

#: How many of the made-up units' staff help in the other three forms.
ONE_TO_ONE, SEVERAL, HELPERS_OF_SEVERAL, BRANCHES = 24, 8, 3, 10

#: Visits of the county's units and cadres; needs by their end.
VISITS = 232
NEEDS = {"solved": 104, "open": 22, "unsolved": 6}

#: User name → what the account is called. Town offices have accounts of their own beside these.
ACCOUNTS = {
    "baoxing-xianban": "宝兴县“挂包帮”办公室",
    "baoxing-xiang": "蜂桶寨乡党建办",
    "baoxing-danwei": "县检察院联络员",
    "baoxing-ganbu": "示例正科级干部01",
    "baoxing-guadian": "宝兴县县长（挂点领导）",
    "baoxing-lingdao": "宝兴县分管领导（只读）",
    "admin": "系统管理员",
}
