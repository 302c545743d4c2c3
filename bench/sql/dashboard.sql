-- The dashboard's figures of 招远, written by hand and independently of the engine, as the reference it is timed against.
-- %(program)s is the program's id, %(day)s its day. One statement for each figure, as an office's programmer would write it.

-- name: villages
SELECT count(DISTINCT t.village_id) FROM villages_villagetag t JOIN programs_term w ON w.id = t.tag_id
WHERE w.program_id = %(program)s AND w.vocabulary = 'village_tag' AND w.code = 'lagging'
  AND t.since <= %(day)s AND (t.until IS NULL OR t.until >= %(day)s);

-- name: leader_visit
WITH owed AS (
  SELECT DISTINCT unit_id FROM cadres_pairing
  WHERE program_id = %(program)s AND mode = 'unit_village' AND unit_id IS NOT NULL
    AND since <= %(day)s AND (until IS NULL OR until >= %(day)s)
), seen AS (
  SELECT DISTINCT p.unit_id FROM cadres_visitparticipant p JOIN cadres_visit v ON v.id = p.visit_id
  JOIN cadres_pairing g ON g.program_id = v.program_id AND g.unit_id = p.unit_id AND g.place_id = v.division_id
  WHERE v.program_id = %(program)s AND v.is_current AND NOT v.is_void AND p.leadership = 'principal'
    AND v.happened_at < %(day)s::date + 1
), marked AS (
  SELECT m.unit_id, m.verdict FROM cadres_requirementmark m JOIN programs_requirement r ON r.id = m.requirement_id
  WHERE r.program_id = %(program)s AND r.code = 'leader_visit' AND m.withdrawn_at IS NULL AND m.unit_id IS NOT NULL
), state AS (
  SELECT o.unit_id,
         o.unit_id IN (SELECT unit_id FROM seen) OR o.unit_id IN (SELECT unit_id FROM marked WHERE verdict = 'done') AS done,
         o.unit_id IN (SELECT unit_id FROM marked WHERE verdict = 'excused') AS excused
  FROM owed o
)
SELECT count(*) FILTER (WHERE done OR NOT excused), count(*) FILTER (WHERE done) FROM state;

-- name: docked
SELECT count(*), count(*) FILTER (WHERE EXISTS (
  SELECT 1 FROM cadres_milestone m JOIN programs_term w ON w.id = m.kind_id
  WHERE m.team_id = t.id AND w.code = 'docked' AND w.vocabulary = 'milestone' AND m.reached_on <= %(day)s)
  OR EXISTS (SELECT 1 FROM cadres_requirementmark m JOIN programs_requirement r ON r.id = m.requirement_id
    WHERE m.team_id = t.id AND r.code = 'docked' AND m.withdrawn_at IS NULL AND m.verdict = 'done'))
FROM cadres_team t WHERE t.program_id = %(program)s AND t.since <= %(day)s AND (t.until IS NULL OR t.until >= %(day)s);

-- name: membership
SELECT count(*), count(*) FILTER (WHERE EXISTS (
  SELECT 1 FROM cadres_milestone m JOIN programs_term w ON w.id = m.kind_id
  WHERE m.member_id = s.id AND w.code = 'membership' AND w.vocabulary = 'milestone' AND m.reached_on <= %(day)s)
  OR EXISTS (SELECT 1 FROM cadres_requirementmark m JOIN programs_requirement r ON r.id = m.requirement_id
    WHERE m.member_id = s.id AND r.code = 'membership' AND m.withdrawn_at IS NULL AND m.verdict = 'done'))
FROM cadres_teammember s JOIN cadres_team t ON t.id = s.team_id
WHERE t.program_id = %(program)s AND s.role = 'first_secretary'
  AND s.since <= %(day)s AND (s.until IS NULL OR s.until >= %(day)s)
  AND (EXISTS (SELECT 1 FROM cadres_milestone m JOIN programs_term w ON w.id = m.kind_id
    WHERE m.team_id = t.id AND w.code = 'docked' AND w.vocabulary = 'milestone' AND m.reached_on <= %(day)s)
  OR EXISTS (SELECT 1 FROM cadres_requirementmark m JOIN programs_requirement r ON r.id = m.requirement_id
    WHERE m.team_id = t.id AND r.code = 'docked' AND m.withdrawn_at IS NULL AND m.verdict = 'done'));

-- name: three_matters
SELECT count(*), count(*) FILTER (WHERE 3 <= (
  SELECT count(*) FROM projects_project p
  WHERE p.team_id = t.id AND p.program_id = %(program)s AND p.is_promised AND p.submitted_on <= %(day)s)
  OR EXISTS (SELECT 1 FROM cadres_requirementmark m JOIN programs_requirement r ON r.id = m.requirement_id
    WHERE m.team_id = t.id AND r.code = 'three_matters' AND m.withdrawn_at IS NULL AND m.verdict = 'done'))
FROM cadres_team t WHERE t.program_id = %(program)s AND t.since <= %(day)s AND (t.until IS NULL OR t.until >= %(day)s);

-- name: annual_plan
SELECT count(*), count(*) FILTER (WHERE EXISTS (
  SELECT 1 FROM cadres_document d JOIN programs_term w ON w.id = d.kind_id
  WHERE d.team_id = t.id AND w.code = 'annual_plan' AND d.program_id = %(program)s AND d.received_on <= %(day)s)
  OR EXISTS (SELECT 1 FROM cadres_requirementmark m JOIN programs_requirement r ON r.id = m.requirement_id
    WHERE m.team_id = t.id AND r.code = 'annual_plan' AND m.withdrawn_at IS NULL AND m.verdict = 'done'))
FROM cadres_team t WHERE t.program_id = %(program)s AND t.since <= %(day)s AND (t.until IS NULL OR t.until >= %(day)s);

-- name: three_year_plan
SELECT count(*), count(*) FILTER (WHERE EXISTS (
  SELECT 1 FROM cadres_document d JOIN programs_term w ON w.id = d.kind_id
  WHERE d.team_id = t.id AND w.code = 'three_year_plan' AND d.program_id = %(program)s AND d.received_on <= %(day)s)
  OR EXISTS (SELECT 1 FROM cadres_requirementmark m JOIN programs_requirement r ON r.id = m.requirement_id
    WHERE m.team_id = t.id AND r.code = 'three_year_plan' AND m.withdrawn_at IS NULL AND m.verdict = 'done'))
FROM cadres_team t WHERE t.program_id = %(program)s AND t.since <= %(day)s AND (t.until IS NULL OR t.until >= %(day)s);

-- name: survey
SELECT count(*), count(*) FILTER (WHERE EXISTS (
  SELECT 1 FROM cadres_visitparticipant p JOIN cadres_visit v ON v.id = p.visit_id JOIN programs_term w ON w.id = v.kind_id
  WHERE p.team_id = t.id AND w.code = 'survey' AND v.is_current AND NOT v.is_void AND v.program_id = %(program)s
    AND v.happened_at < %(day)s::date + 1)
  OR EXISTS (SELECT 1 FROM cadres_requirementmark m JOIN programs_requirement r ON r.id = m.requirement_id
    WHERE m.team_id = t.id AND r.code = 'survey' AND m.withdrawn_at IS NULL AND m.verdict = 'done'))
FROM cadres_team t WHERE t.program_id = %(program)s AND t.since <= %(day)s AND (t.until IS NULL OR t.until >= %(day)s);

-- name: monthly_report
SELECT count(*), count(*) FILTER (WHERE EXISTS (
  SELECT 1 FROM cadres_document d JOIN programs_term w ON w.id = d.kind_id
  WHERE d.team_id = t.id AND w.code = 'monthly_report' AND d.received_on <= '2015-06-28'
    AND d.period_start BETWEEN '2015-06-01' AND '2015-06-30')
  OR EXISTS (SELECT 1 FROM cadres_requirementmark m JOIN programs_requirement r ON r.id = m.requirement_id
    WHERE m.team_id = t.id AND r.code = 'monthly_report' AND m.withdrawn_at IS NULL AND m.verdict = 'done'
      AND m.period_start = '2015-06-01'))
FROM cadres_team t WHERE t.program_id = %(program)s AND t.since <= '2015-06-30' AND (t.until IS NULL OR t.until >= '2015-06-30')
  AND t.village_id >= '370685004' AND t.village_id < '370685005';

-- name: regular_meeting
SELECT count(*), count(*) FILTER (WHERE EXISTS (
  SELECT 1 FROM cadres_meeting g JOIN programs_term w ON w.id = g.kind_id
  WHERE g.division_id = d.code AND w.code = 'regular' AND g.program_id = %(program)s
    AND g."on" BETWEEN '2015-06-01' AND '2015-06-30')
  OR EXISTS (SELECT 1 FROM cadres_requirementmark m JOIN programs_requirement r ON r.id = m.requirement_id
    WHERE m.division_id = d.code AND r.code = 'regular_meeting' AND m.withdrawn_at IS NULL AND m.verdict = 'done'
      AND m.period_start = '2015-06-01'))
FROM programs_division d WHERE d.code = '370685105' AND d.retired_on IS NULL;

-- name: leader_visit_by_town
WITH owed AS (
  SELECT unit_id, left(min(place_id), 9) AS town FROM cadres_pairing
  WHERE program_id = %(program)s AND mode = 'unit_village' AND unit_id IS NOT NULL
    AND since <= %(day)s AND (until IS NULL OR until >= %(day)s) GROUP BY unit_id
), seen AS (
  SELECT DISTINCT p.unit_id FROM cadres_visitparticipant p JOIN cadres_visit v ON v.id = p.visit_id
  JOIN cadres_pairing g ON g.program_id = v.program_id AND g.unit_id = p.unit_id AND g.place_id = v.division_id
  WHERE v.program_id = %(program)s AND v.is_current AND NOT v.is_void AND p.leadership = 'principal'
    AND v.happened_at < %(day)s::date + 1
  UNION SELECT m.unit_id FROM cadres_requirementmark m JOIN programs_requirement r ON r.id = m.requirement_id
  WHERE r.program_id = %(program)s AND r.code = 'leader_visit' AND m.withdrawn_at IS NULL AND m.verdict = 'done'
)
SELECT o.town, d.short_name, count(s.unit_id), count(*) FROM owed o JOIN programs_division d ON d.code = o.town
LEFT JOIN seen s ON s.unit_id = o.unit_id GROUP BY o.town, d.short_name ORDER BY o.town;

-- name: matters_by_town
SELECT left(t.village_id, 9), d.short_name, count(*) FILTER (WHERE 3 <= (
  SELECT count(*) FROM projects_project p
  WHERE p.team_id = t.id AND p.program_id = %(program)s AND p.is_promised AND p.submitted_on <= %(day)s)), count(*)
FROM cadres_team t JOIN programs_division d ON d.code = left(t.village_id, 9)
WHERE t.program_id = %(program)s AND t.since <= %(day)s AND (t.until IS NULL OR t.until >= %(day)s)
GROUP BY left(t.village_id, 9), d.short_name ORDER BY 1;

-- name: visits_by_week
SELECT date_trunc('week', happened_at AT TIME ZONE 'Asia/Shanghai'), count(*) FROM cadres_visit
WHERE program_id = %(program)s AND is_current AND NOT is_void AND happened_at < %(day)s::date + 1 GROUP BY 1 ORDER BY 1;

-- name: projects_by_stage
SELECT w.label, count(*) FROM projects_project p JOIN programs_term w ON w.id = p.stage_id
WHERE p.program_id = %(program)s AND p.submitted_on <= %(day)s AND (p.ended_on IS NULL OR p.ended_on > %(day)s)
GROUP BY w.label, w.position ORDER BY w.position;

-- name: days_in_stage
SELECT w.label, max(%(day)s::date - p.stage_since) FROM projects_project p JOIN programs_term w ON w.id = p.stage_id
WHERE p.program_id = %(program)s AND p.submitted_on <= %(day)s AND (p.ended_on IS NULL OR p.ended_on > %(day)s)
  AND NOT w.is_final GROUP BY w.label, w.position ORDER BY w.position;

-- name: stalled
SELECT CASE WHEN %(day)s::date - p.stage_since < 31 THEN 0 WHEN %(day)s::date - p.stage_since < 61 THEN 31
  WHEN %(day)s::date - p.stage_since < 91 THEN 61 ELSE 91 END, count(*)
FROM projects_project p JOIN programs_term w ON w.id = p.stage_id
WHERE p.program_id = %(program)s AND p.submitted_on <= %(day)s AND (p.ended_on IS NULL OR p.ended_on > %(day)s)
  AND NOT w.is_final GROUP BY 1 ORDER BY 1;

-- name: funds_by_source
SELECT w.label, sum(f.low), sum(f.high) FROM projects_fund f JOIN programs_term w ON w.id = f.source_id
WHERE f.program_id = %(program)s AND f.kind = 'money' AND f.recorded_on <= %(day)s
GROUP BY w.label, w.position ORDER BY 2 DESC;

-- name: funds_by_state
SELECT w.label, sum(f.low), sum(f.high) FROM projects_fund f LEFT JOIN programs_term w ON w.id = f.state_id
WHERE f.program_id = %(program)s AND f.kind = 'money' AND f.recorded_on <= %(day)s
GROUP BY w.label, w.position ORDER BY w.position;

-- name: findings_by_category
SELECT w.label, count(*) FROM inspections_finding f JOIN programs_term w ON w.id = f.category_id
WHERE f.program_id = %(program)s AND f.kind = 'problem' AND f.found_on <= %(day)s GROUP BY w.label ORDER BY 2 DESC;

-- name: findings_by_town
SELECT left(f.division_id, 9), d.short_name, count(*) FROM inspections_finding f
JOIN programs_division d ON d.code = left(f.division_id, 9)
WHERE f.program_id = %(program)s AND f.kind = 'problem' AND f.found_on <= %(day)s
GROUP BY 1, 2 HAVING count(*) >= 2 ORDER BY 3 DESC LIMIT 10;

-- name: needs_by_category
SELECT w.label, count(*) FROM cadres_need n JOIN programs_term w ON w.id = n.category_id
WHERE n.program_id = %(program)s AND n.raised_on <= %(day)s GROUP BY w.label ORDER BY 2 DESC;
