"""宝山区水务局—罗泾镇牌楼村, 2008: one unit, one village, projects given to the unit's sections."""
