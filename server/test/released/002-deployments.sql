create table deployment (
    id text primary key,
    name text,
    request jsonb not null,
    plan jsonb not null,
    plan_hash text not null,
    source_label text not null,
    created_by text not null,
    runs_as text not null,
    idempotency_key text,
    status text not null default 'queued',
    cancel_requested boolean not null default false,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz,
    unique (created_by, idempotency_key)
  );
  create index deployment_newest on deployment (created_at desc, id desc);
  create index deployment_unfinished on deployment (runs_as) where finished_at is null;

  create table vm (
    id text primary key,
    deployment_id text not null references deployment on delete cascade,
    position int not null,
    name text not null,
    vmid int not null,
    node text not null,
    status text not null default 'queued',
    run int not null default 1,
    cancel_requested boolean not null default false,
    ip text,
    error jsonb,
    validation jsonb,
    started_at timestamptz,
    finished_at timestamptz,
    unique (deployment_id, position)
  );

  create table step (
    vm_id text not null references vm on delete cascade,
    id text not null,
    position int not null,
    kind text not null,
    title text not null,
    spec jsonb not null,
    calls jsonb not null,
    slots jsonb not null,
    status text not null default 'pending',
    attempt int not null default 0,
    retries int not null default 0,
    retry_at timestamptz,
    sent_at timestamptz,
    upid text,
    progress double precision,
    detail text,
    log jsonb not null default '[]',
    error jsonb,
    result jsonb,
    started_at timestamptz,
    finished_at timestamptz,
    primary key (vm_id, id)
  );

  create table vmid_reservation (
    vmid int primary key,
    vm_id text not null unique references vm on delete cascade,
    reserved_at timestamptz not null default now()
  );

  create table credential (
    owner text primary key,
    sealed text not null,
    lapsed boolean not null default false,
    renewed_at timestamptz not null default now()
  );

  create table server (
    executor text primary key,
    host text not null,
    started_at timestamptz not null default now()
  );

create table slot (
    key text not null,
    holder text not null,
    party text not null,
    attempt int not null,
    granted boolean not null default false,
    ticket bigint generated always as identity,
    primary key (key, holder)
  );

  create function slot_grant(wanted text, most int) returns void language plpgsql as $$
  declare
    lucky text;
  begin
    while (select count(*) from slot where key = wanted and granted) < most loop
      update slot set granted = true
       where key = wanted and holder = (
         select waiting.holder
           from slot waiting
           left join (select party, count(*) as held from slot where key = wanted and granted group by party) holding
             on holding.party = waiting.party
          where waiting.key = wanted and not waiting.granted
          order by coalesce(holding.held, 0), waiting.ticket
          limit 1)
      returning holder into lucky;
      exit when not found;
      perform pg_notify('slot', wanted || ' ' || lucky);
    end loop;
  end $$;

  create function slot_take(wanted text, taker text, of_party text, of_attempt int, most int)
  returns boolean language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(7265, hashtext(wanted));
    insert into slot (key, holder, party, attempt) values (wanted, taker, of_party, of_attempt)
    on conflict (key, holder) do update set attempt = greatest(slot.attempt, excluded.attempt);
    perform slot_grant(wanted, most);
    return (select granted and attempt = of_attempt from slot where key = wanted and holder = taker);
  end $$;

  create function slot_free(wanted text, taker text, of_attempt int, most int)
  returns void language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(7265, hashtext(wanted));
    delete from slot where key = wanted and holder = taker and attempt <= of_attempt;
    perform slot_grant(wanted, most);
  end $$;

create table event (
    id bigint generated always as identity primary key,
    deployment_id text not null references deployment on delete cascade,
    data jsonb not null,
    created_at timestamptz not null default now()
  );
  create index event_of_deployment on event (deployment_id, id);

  create function record_events(of_deployment text, entries jsonb) returns void language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(7266, 0);
    insert into event (deployment_id, data)
    select of_deployment, entry.value from jsonb_array_elements(entries) with ordinality entry order by entry.ordinality;
    perform pg_notify('event', of_deployment);
  end $$;
