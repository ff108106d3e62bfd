create table audit_entry (
    id bigint primary key,
    line text not null,
    entry jsonb not null generated always as (line::jsonb) stored
  );
  create index audit_entry_username on audit_entry ((entry ->> 'username'), id);
  create index audit_entry_operation on audit_entry ((entry ->> 'operation'), id);
  create index audit_entry_time on audit_entry ((entry ->> 'timestamp'));
  create index audit_entry_vm on audit_entry ((entry ->> 'vm_id'), id) where entry ->> 'vm_id' is not null;
  create index audit_entry_deployment on audit_entry ((entry ->> 'deployment_id'), id)
    where entry ->> 'deployment_id' is not null;
  create index audit_entry_closes on audit_entry ((entry ->> 'closes')) where entry ->> 'closes' is not null;
  create index audit_entry_part on audit_entry ((entry ->> 'part_of'), id) where entry ->> 'part_of' is not null;
  create index audit_entry_intent on audit_entry ((entry ->> 'deployment_id'), id)
    where entry ->> 'operation' = 'intent';

  create table audit_head (
    singleton boolean primary key default true check (singleton),
    id bigint not null,
    hash text not null
  );
  insert into audit_head (id, hash) values (0, repeat('0', 64));

  alter table vm add column configuration jsonb;

create function audit_append(bodies text[]) returns bigint language plpgsql as $$
  declare
    last_id bigint;
    last_hash text;
    first_id bigint;
    body text;
    opened text;
  begin
    select id, hash into strict last_id, last_hash from audit_head for update;
    first_id := last_id + 1;
    foreach body in array bodies loop
      last_id := last_id + 1;
      opened := '{"timestamp":"' || to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '",'
        || substr(body, 2, length(body) - 2)
        || ',"id":' || last_id || ',"previous_hash":"' || last_hash || '"';
      last_hash := encode(sha256(convert_to(opened || '}', 'UTF8')), 'hex');
      insert into audit_entry (id, line) values (last_id, opened || ',"hash":"' || last_hash || '"}');
    end loop;
    update audit_head set id = last_id, hash = last_hash;
    perform pg_notify('audit', '');
    return first_id;
  end $$;
