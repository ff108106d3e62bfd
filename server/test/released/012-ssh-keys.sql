create table ssh_key (
    id text primary key,
    owner text not null,
    name text not null,
    type text not null,
    fingerprint text not null,
    public_key text not null,
    created_at timestamptz not null default now()
  );
  create unique index ssh_key_fingerprint on ssh_key (owner, fingerprint);
