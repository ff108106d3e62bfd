alter table deployment add column pool text generated always as (request ->> 'pool') stored;
    create index deployment_pool on deployment (pool) where pool is not null;
