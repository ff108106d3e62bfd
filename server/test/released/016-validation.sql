create table validation_schedule (
      id text primary key,
      name text,
      target jsonb not null,
      interval_minutes integer not null,
      validation_order jsonb not null,
      owner text not null,
      runs_as text not null,
      created_at timestamptz not null default now(),
      next_at timestamptz not null,
      last_run_at timestamptz,
      problem text
    );
    create index validation_schedule_due on validation_schedule (next_at);
    create index validation_schedule_runs_as on validation_schedule (runs_as);

    create table validation (
      id text primary key,
      vmid integer not null,
      name text,
      node text not null,
      status text not null default 'running' check (status in ('running', 'finished', 'interrupted')),
      outcome text check (outcome in ('healthy', 'degraded', 'unhealthy')),
      address text,
      checks jsonb not null default '[]',
      error text,
      validation_order jsonb not null,
      requested_by text not null,
      schedule_id text references validation_schedule (id) on delete set null,
      server text not null,
      intent bigint,
      started_at timestamptz not null default now(),
      finished_at timestamptz
    );
    create index validation_vm on validation (vmid, started_at desc);
    create index validation_age on validation (started_at);
    create index validation_schedule_id on validation (schedule_id) where schedule_id is not null;
    create index validation_running on validation (server) where status = 'running';
