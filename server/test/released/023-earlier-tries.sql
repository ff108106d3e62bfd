alter table vm add column earlier jsonb not null default '[]';
