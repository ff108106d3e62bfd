alter table step add column waits jsonb not null default '[]';

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
