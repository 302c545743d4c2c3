"""The pages of the reports app in the rail and the phone's bar."""

from programs.rooms import enter, enter_tab

enter("home", "工作台", "reports:home", "home.view", order=1)
enter("home", "看板", "reports:dashboard", "dashboard.view", order=2)
enter("home", "各项要求", "reports:requirement-list", "requirement.view", order=3)
enter_tab("今天", "calendar-check", "reports:home", "home.view", order=1)
enter("report", "简报", "reports:bulletin-list", "bulletin.view", order=1)
enter("report", "联系卡", "reports:card-batch", "card.print", order=20)
enter("report", "工作手册", "reports:handbook-batch", "handbook.print", order=21)
enter("report", "公示牌", "reports:board-batch", "board.print", order=22)
enter("report", "村情民意一本通", "reports:booklet-batch", "booklet.print", order=23)
