create table vm_fact (
      vmid integer primary key,
      -- Another VM may get the same id later; it has another name.
      name text not null,
      address text,
      seen_at timestamptz not null default now()
    );

create table bulk_action (
      id text primary key,
      action text not null,
      created_by text not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      finished_at timestamptz,
      items jsonb not null
    );

create index vm_by_vmid on vm (vmid);
