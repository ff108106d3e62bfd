alter table vm
    add column memory_mib int not null default 0,
    add column allocations jsonb not null default '[]';
  create index vm_finished on vm (finished_at);
