create table session (
    id_hash bytea primary key,
    username text not null,
    sealed text not null,
    created_at timestamptz not null default now(),
    renewed_at timestamptz not null default now(),
    expires_at timestamptz not null
  );
  create index session_expired on session (expires_at);

  create table setting (
    key text primary key,
    value text not null
  );
