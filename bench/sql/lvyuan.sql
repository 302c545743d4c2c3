-- 绿园's dashboard, its week's absentees and one cadre's own figures, written by hand and independently of the engine.
-- %(program)s is the program's id, %(day)s its day, %(week)s the Monday of the week that is judged, %(cadre)s the cadre.
-- One statement for each figure, as an office's programmer would write it.

-- name: helping_cadres
SELECT count(DISTINCT cadre_id) FROM cadres_pairing
WHERE program_id = %(program)s AND mode = 'cadre_household' AND since <= %(day)s AND (until IS NULL OR until >= %(day)s);

-- name: helped_households
SELECT count(DISTINCT household_id) FROM cadres_pairing
WHERE program_id = %(program)s AND mode = 'cadre_household' AND since <= %(day)s AND (until IS NULL OR until >= %(day)s);

-- name: visitors
SELECT count(DISTINCT p.cadre_id) FROM cadres_visitparticipant p
JOIN cadres_visit v ON v.id = p.visit_id JOIN programs_unit u ON u.id = p.unit_id
WHERE v.program_id = %(program)s AND v.is_current AND NOT v.is_void AND v.happened_at < %(day)s::date + 1
  AND u.level = 'county' AND left(v.division_id, 12) IN (
    SELECT t.village_id FROM villages_villagetag t JOIN programs_term w ON w.id = t.tag_id
    WHERE w.program_id = %(program)s AND w.vocabulary = 'village_tag' AND w.code = 'model'
      AND t.since <= %(day)s AND (t.until IS NULL OR t.until >= %(day)s));

-- name: honours
SELECT count(*) FROM villages_honour h JOIN programs_term w ON w.id = h.kind_id
WHERE h.program_id = %(program)s AND w.code = 'family' AND h.given_on <= %(day)s;

-- name: needs
SELECT count(*) FROM cadres_need WHERE program_id = %(program)s AND closed_on <= %(day)s;

-- name: weekly_visit
WITH owed AS (
  SELECT DISTINCT cadre_id FROM cadres_pairing WHERE program_id = %(program)s AND mode = 'cadre_household'
    AND since <= %(week)s::date + 6 AND (until IS NULL OR until >= %(week)s::date + 6)
), done AS (
  SELECT p.cadre_id FROM cadres_visitparticipant p JOIN cadres_visit v ON v.id = p.visit_id
  WHERE v.program_id = %(program)s AND v.is_current AND NOT v.is_void
    AND v.happened_at >= %(week)s::date AND v.happened_at < %(week)s::date + 7
  UNION SELECT m.cadre_id FROM cadres_requirementmark m JOIN programs_requirement r ON r.id = m.requirement_id
  WHERE r.program_id = %(program)s AND r.code = 'weekly_visit' AND m.withdrawn_at IS NULL AND m.verdict = 'done'
    AND m.period_start = %(week)s
), excused AS (
  SELECT m.cadre_id FROM cadres_requirementmark m JOIN programs_requirement r ON r.id = m.requirement_id
  WHERE r.program_id = %(program)s AND r.code = 'weekly_visit' AND m.withdrawn_at IS NULL AND m.verdict = 'excused'
    AND m.period_start = %(week)s
), judged AS (
  SELECT o.cadre_id, d.cadre_id IS NOT NULL AS done, e.cadre_id IS NOT NULL AS excused FROM owed o
  LEFT JOIN done d ON d.cadre_id = o.cadre_id LEFT JOIN excused e ON e.cadre_id = o.cadre_id
)
SELECT count(*) FILTER (WHERE done OR NOT excused), count(*) FILTER (WHERE done) FROM judged;

-- name: dispatch
WITH owed AS (
  SELECT DISTINCT division_id FROM cadres_pairing WHERE program_id = %(program)s AND mode = 'unit_village'
    AND division_id IS NOT NULL AND since <= '2020-10-25' AND (until IS NULL OR until >= '2020-10-25')
), held AS (
  SELECT DISTINCT m.division_id FROM cadres_meeting m JOIN programs_term w ON w.id = m.kind_id
  WHERE m.program_id = %(program)s AND w.code = 'dispatch' AND m."on" BETWEEN '2020-10-12' AND '2020-10-25'
)
SELECT count(*), count(h.division_id) FROM owed o LEFT JOIN held h ON h.division_id = o.division_id;

-- name: monthly_report
SELECT 1, (EXISTS (SELECT 1 FROM cadres_document d JOIN programs_term w ON w.id = d.kind_id
  WHERE d.program_id = %(program)s AND w.code = 'inspection_report' AND d.division_id = '220106'
    AND d.received_on <= '2020-09-30' AND d.period_start BETWEEN '2020-09-01' AND '2020-09-30'))::int;

-- name: theme_day
WITH owed AS (
  SELECT DISTINCT unit_id FROM cadres_pairing WHERE program_id = %(program)s AND mode = 'unit_village' AND unit_id IS NOT NULL
    AND place_id IN ('220106101203', '220106100204', '220106100202', '220106100203')
    AND since <= '2020-09-30' AND (until IS NULL OR until >= '2020-09-30')
), held AS (
  SELECT DISTINCT p.unit_id FROM cadres_visitparticipant p JOIN cadres_visit v ON v.id = p.visit_id
  JOIN programs_term w ON w.id = v.kind_id
  JOIN cadres_pairing g ON g.program_id = v.program_id AND g.unit_id = p.unit_id AND g.place_id = v.division_id
  WHERE v.program_id = %(program)s AND v.is_current AND NOT v.is_void
    AND w.code IN ('clean_yards', 'green_villages', 'model_villages', 'hundred_days')
    AND v.happened_at >= '2020-09-01' AND v.happened_at < '2020-10-01'
)
SELECT count(*), count(h.unit_id) FROM owed o LEFT JOIN held h ON h.unit_id = o.unit_id;

-- name: leader_visit
WITH owed AS (
  SELECT DISTINCT cadre_id FROM cadres_pairing WHERE program_id = %(program)s AND mode = 'leader_place' AND cadre_id IS NOT NULL
    AND since <= '2020-09-30' AND (until IS NULL OR until >= '2020-09-30')
)
SELECT count(*), count(*) FILTER (WHERE EXISTS (
  SELECT 1 FROM cadres_visitparticipant p JOIN cadres_visit v ON v.id = p.visit_id
  WHERE p.cadre_id = o.cadre_id AND v.program_id = %(program)s AND v.is_current AND NOT v.is_void
    AND v.happened_at >= '2020-09-01' AND v.happened_at < '2020-10-01')) FROM owed o;

-- name: leader_hardship
WITH owed AS (
  SELECT DISTINCT cadre_id FROM cadres_pairing WHERE program_id = %(program)s AND mode = 'leader_place' AND cadre_id IS NOT NULL
    AND since <= %(day)s AND (until IS NULL OR until >= %(day)s)
)
SELECT count(*), count(*) FILTER (WHERE EXISTS (
  SELECT 1 FROM cadres_pairing g JOIN villages_householdtag t ON t.household_id = g.household_id
  JOIN programs_term w ON w.id = t.tag_id
  WHERE g.cadre_id = o.cadre_id AND g.program_id = %(program)s AND w.program_id = %(program)s AND w.code = 'hardship'
    AND t.until IS NULL AND g.since <= %(day)s AND (g.until IS NULL OR g.until >= %(day)s))) FROM owed o;

-- name: leader_focus
WITH owed AS (
  SELECT DISTINCT cadre_id FROM cadres_pairing WHERE program_id = %(program)s AND mode = 'leader_place' AND cadre_id IS NOT NULL
    AND since <= %(day)s AND (until IS NULL OR until >= %(day)s)
)
SELECT count(*), count(*) FILTER (WHERE EXISTS (
  SELECT 1 FROM cadres_pairing g JOIN villages_householdtag t ON t.household_id = g.household_id
  JOIN programs_term w ON w.id = t.tag_id
  WHERE g.cadre_id = o.cadre_id AND g.program_id = %(program)s AND w.program_id = %(program)s AND w.code = 'focus'
    AND t.until IS NULL AND g.since <= %(day)s AND (g.until IS NULL OR g.until >= %(day)s))) FROM owed o;

-- name: weekly_rate
WITH weeks AS (
  SELECT generate_series(%(week)s::date - 77, %(week)s::date, interval '7 days')::date AS monday
), owed AS (
  SELECT DISTINCT w.monday, g.cadre_id FROM weeks w JOIN cadres_pairing g ON g.program_id = %(program)s
    AND g.mode = 'cadre_household' AND g.since <= w.monday + 6 AND (g.until IS NULL OR g.until >= w.monday + 6)
), marked AS (
  SELECT m.period_start AS monday, m.cadre_id, m.verdict FROM cadres_requirementmark m
  JOIN programs_requirement r ON r.id = m.requirement_id
  WHERE r.program_id = %(program)s AND r.code = 'weekly_visit' AND m.withdrawn_at IS NULL
), done AS (
  SELECT date_trunc('week', v.happened_at AT TIME ZONE 'Asia/Shanghai')::date AS monday, p.cadre_id
  FROM cadres_visitparticipant p JOIN cadres_visit v ON v.id = p.visit_id
  WHERE v.program_id = %(program)s AND v.is_current AND NOT v.is_void
    AND v.happened_at >= %(week)s::date - 77 AND v.happened_at < %(week)s::date + 7
  UNION SELECT monday, cadre_id FROM marked WHERE verdict = 'done'
)
SELECT o.monday, count(*) FILTER (WHERE d.cadre_id IS NOT NULL OR e.cadre_id IS NULL), count(d.cadre_id) FROM owed o
LEFT JOIN done d ON d.monday = o.monday AND d.cadre_id = o.cadre_id
LEFT JOIN marked e ON e.monday = o.monday AND e.cadre_id = o.cadre_id AND e.verdict = 'excused'
GROUP BY o.monday ORDER BY o.monday;

-- name: weekly_by_town
WITH owed AS (
  SELECT cadre_id, left(min(place_id), 9) AS town FROM cadres_pairing WHERE program_id = %(program)s
    AND mode = 'cadre_household' AND since <= %(week)s::date + 6 AND (until IS NULL OR until >= %(week)s::date + 6)
  GROUP BY cadre_id
), marked AS (
  SELECT m.cadre_id, m.verdict FROM cadres_requirementmark m JOIN programs_requirement r ON r.id = m.requirement_id
  WHERE r.program_id = %(program)s AND r.code = 'weekly_visit' AND m.withdrawn_at IS NULL AND m.period_start = %(week)s
), done AS (
  SELECT p.cadre_id FROM cadres_visitparticipant p JOIN cadres_visit v ON v.id = p.visit_id
  WHERE v.program_id = %(program)s AND v.is_current AND NOT v.is_void
    AND v.happened_at >= %(week)s::date AND v.happened_at < %(week)s::date + 7
  UNION SELECT cadre_id FROM marked WHERE verdict = 'done'
)
SELECT o.town, count(*) FILTER (WHERE d.cadre_id IS NOT NULL OR e.cadre_id IS NULL), count(d.cadre_id) FROM owed o
LEFT JOIN done d ON d.cadre_id = o.cadre_id LEFT JOIN marked e ON e.cadre_id = o.cadre_id AND e.verdict = 'excused'
GROUP BY o.town ORDER BY o.town;

-- name: dispatch_by_period
WITH periods AS (
  SELECT generate_series('2020-05-11'::date, '2020-10-12'::date, interval '14 days')::date AS start
)
SELECT p.start, count(DISTINCT m.division_id) FROM periods p
LEFT JOIN (cadres_meeting m JOIN programs_term w ON w.id = m.kind_id AND w.code = 'dispatch' AND w.program_id = %(program)s)
  ON m.program_id = %(program)s AND m."on" BETWEEN p.start AND p.start + 13
GROUP BY p.start ORDER BY p.start;

-- name: cadres_by_rank
SELECT (SELECT rank FROM cadres_post q WHERE q.cadre_id = c.cadre_id AND q.since <= %(day)s
    AND (q.until IS NULL OR q.until >= %(day)s) ORDER BY q.since, q.id LIMIT 1) AS rank, count(*)
FROM (SELECT DISTINCT cadre_id FROM cadres_pairing WHERE program_id = %(program)s AND mode = 'cadre_household'
  AND since <= %(day)s AND (until IS NULL OR until >= %(day)s)) c
GROUP BY 1 ORDER BY 2 DESC;

-- name: households_by_town
SELECT left(h.division_id, 9), count(*) FROM villages_household h
WHERE h.id IN (SELECT household_id FROM cadres_pairing WHERE program_id = %(program)s AND mode = 'cadre_household'
  AND household_id IS NOT NULL AND since <= %(day)s AND (until IS NULL OR until >= %(day)s))
GROUP BY 1 ORDER BY 1;

-- name: visits_by_kind
SELECT w.label, count(*) FROM cadres_visit v JOIN programs_term w ON w.id = v.kind_id
WHERE v.program_id = %(program)s AND v.is_current AND NOT v.is_void AND v.happened_at < %(day)s::date + 1
GROUP BY w.label ORDER BY 2 DESC;

-- name: needs_by_category
SELECT w.label, count(*) FROM cadres_need n JOIN programs_term w ON w.id = n.category_id
WHERE n.program_id = %(program)s AND n.raised_on <= %(day)s GROUP BY w.label ORDER BY 2 DESC;

-- name: needs_closed
SELECT w.label, count(*) FROM cadres_need n JOIN programs_term w ON w.id = n.category_id
WHERE n.program_id = %(program)s AND n.closed_on <= %(day)s GROUP BY w.label ORDER BY 2 DESC;

-- name: findings_by_category
SELECT w.label, count(*) FROM inspections_finding f JOIN programs_term w ON w.id = f.category_id
WHERE f.program_id = %(program)s AND f.kind = 'problem' AND f.found_on <= %(day)s GROUP BY w.label ORDER BY 2 DESC;

-- name: stars_by_village
SELECT left(h.division_id, 12), count(*) FROM villages_honour o JOIN villages_household h ON h.id = o.household_id
JOIN programs_term w ON w.id = o.kind_id
WHERE o.program_id = %(program)s AND w.code = 'star' AND o.given_on <= %(day)s GROUP BY 1 ORDER BY 2 DESC LIMIT 12;

-- name: absentees
SELECT c.name FROM cadres_cadre c
WHERE c.id IN (SELECT cadre_id FROM cadres_pairing WHERE program_id = %(program)s AND mode = 'cadre_household'
    AND since <= %(week)s::date + 6 AND (until IS NULL OR until >= %(week)s::date + 6))
  AND NOT EXISTS (SELECT 1 FROM cadres_visitparticipant p JOIN cadres_visit v ON v.id = p.visit_id
    WHERE p.cadre_id = c.id AND v.program_id = %(program)s AND v.is_current AND NOT v.is_void
      AND v.happened_at >= %(week)s::date AND v.happened_at < %(week)s::date + 7)
  AND NOT EXISTS (SELECT 1 FROM cadres_requirementmark m JOIN programs_requirement r ON r.id = m.requirement_id
    WHERE m.cadre_id = c.id AND r.program_id = %(program)s AND r.code = 'weekly_visit' AND m.withdrawn_at IS NULL
      AND m.period_start = %(week)s)
ORDER BY c.pinyin, c.id;

-- name: own_households
SELECT count(DISTINCT household_id) FROM cadres_pairing WHERE program_id = %(program)s AND cadre_id = %(cadre)s
  AND mode = 'cadre_household' AND since <= %(day)s AND (until IS NULL OR until >= %(day)s);

-- name: own_week
WITH owed AS (
  SELECT DISTINCT cadre_id FROM cadres_pairing WHERE program_id = %(program)s AND cadre_id = %(cadre)s
    AND mode = 'cadre_household' AND since <= %(week)s::date + 6 AND (until IS NULL OR until >= %(week)s::date + 6)
), marked AS (
  SELECT m.verdict FROM cadres_requirementmark m JOIN programs_requirement r ON r.id = m.requirement_id
  WHERE r.program_id = %(program)s AND r.code = 'weekly_visit' AND m.withdrawn_at IS NULL AND m.period_start = %(week)s
    AND m.cadre_id = %(cadre)s
), judged AS (
  SELECT EXISTS (SELECT 1 FROM cadres_visitparticipant p JOIN cadres_visit v ON v.id = p.visit_id
      WHERE p.cadre_id = %(cadre)s AND v.program_id = %(program)s AND v.is_current AND NOT v.is_void
        AND v.happened_at >= %(week)s::date AND v.happened_at < %(week)s::date + 7)
    OR EXISTS (SELECT 1 FROM marked WHERE verdict = 'done') AS done,
    EXISTS (SELECT 1 FROM marked WHERE verdict = 'excused') AS excused FROM owed
)
SELECT count(*) FILTER (WHERE done OR NOT excused), count(*) FILTER (WHERE done) FROM judged;

-- name: own_visits
SELECT count(*) FROM cadres_visit v WHERE v.program_id = %(program)s AND v.is_current AND NOT v.is_void
  AND v.happened_at < %(day)s::date + 1 AND v.id IN (
    SELECT p.visit_id FROM cadres_visitparticipant p WHERE p.cadre_id = %(cadre)s
    UNION SELECT w.id FROM cadres_visit w WHERE w.recorded_by_id = %(user)s);

-- name: own_needs
SELECT count(*) FROM cadres_need n WHERE n.program_id = %(program)s AND n.raised_on <= %(day)s
  AND n.id IN (
    SELECT id FROM cadres_need WHERE responsible_cadre_id = %(cadre)s OR recorded_by_id = %(user)s
    UNION SELECT m.id FROM cadres_need m JOIN cadres_visitparticipant p ON p.visit_id = m.visit_id
    WHERE p.cadre_id = %(cadre)s);
