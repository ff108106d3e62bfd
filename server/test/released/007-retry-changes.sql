alter table vm add column changes jsonb;
