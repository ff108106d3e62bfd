/** When each step stood in line or between two tries, so that people see where the time went. */
import { sql, type Kysely } from 'kysely'

const columns = sql`
  alter table step add column waits jsonb not null default '[]';
`

/**
 * A trigger, because a step comes to wait and goes on by several statements, and none may forget it. `waits` is a list of
 * `{from, until, why}`; `until` is null while it lasts. From the 20th on a new wait prolongs the last one: a cluster that
 * is away for hours must not make the row grow.
 */
const trigger = sql`
  create function step_waits() returns trigger language plpgsql as $$
  declare
    now_text text := to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
    last int := jsonb_array_length(old.waits) - 1;
  begin
    if new.started_at is null then
      new.waits := '[]';
      return new;
    end if;
    if old.status = 'waiting' and last >= 0 then
      new.waits := jsonb_set(new.waits, array[last::text, 'until'], to_jsonb(now_text));
    end if;
    if new.status = 'waiting' and last >= 19 then
      new.waits := jsonb_set(new.waits, array[last::text, 'until'], 'null');
    elsif new.status = 'waiting' then
      new.waits := new.waits || jsonb_build_array(
        jsonb_build_object('from', now_text, 'until', null, 'why', new.detail));
    end if;
    return new;
  end $$;

  create trigger step_waits before update on step for each row
    when ((old.status, old.detail) is distinct from (new.status, new.detail)
          and 'waiting' in (old.status, new.status) or new.started_at is null)
    execute function step_waits();
`

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await columns.execute(db)
  await trigger.execute(db)
}
