create table blueprint (
    id text primary key,
    owner text not null,
    name text not null,
    description text,
    shared boolean not null,
    request json not null,
    outline json not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create unique index blueprint_name on blueprint (owner, lower(name));
  create index blueprint_shared on blueprint (id) where shared;
