alter table vm add column look_first boolean not null default false;

alter table step add column call text generated always as (
    coalesce(jsonb_path_query_first(calls, '$[*] ? (@.changes == true)'), calls -> 0) ->> 'method' || ' ' ||
    (coalesce(jsonb_path_query_first(calls, '$[*] ? (@.changes == true)'), calls -> 0) ->> 'path')
  ) stored;
