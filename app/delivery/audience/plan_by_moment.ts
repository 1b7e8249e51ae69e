/**
 * SQL for who gets it from when on, out of `manifests (contact_ids, not_before)`: by the quarter of an hour, or by longer steps
 * where that would be more than a hundred. Everybody is in it.
 */
export const PLAN_BY_MOMENT = `
  select date_bin(make_interval(mins => step.minutes), not_before, timestamptz '2000-01-01') as at, sum(cardinality(contact_ids))::int as people
  from manifests cross join (
    select coalesce(min(minutes), 43200) as minutes from unnest(array[15, 30, 60, 120, 240, 480, 1440]) as minutes
    where minutes * 96 >= (select extract(epoch from max(not_before) - min(not_before)) / 60 from manifests)
  ) as step
  group by 1`

export const planJson = (rows: { at: Date; people: number }[]) =>
  rows.map(({ at, people }) => ({ at: at.toISOString(), people }))
