alter table deployment add column passwords text;
