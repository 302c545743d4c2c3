"""长春市绿园区, spring to autumn of 2020: 1,455 cadres of four levels, 17,079 households, half a year of weeks."""
