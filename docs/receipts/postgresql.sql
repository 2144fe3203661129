-- Loads a log of receipts into PostgreSQL, from the standard input:
--
--   psql --dbname=site --file=postgresql.sql < /var/log/kelisim/receipts.log
--
-- It may be run again at any time, with the same log too: what is there already is not stored again.
\set ON_ERROR_STOP on
\set QUIET on
set client_min_messages = warning;

create table if not exists kelisim_receipts (
    site text not null,
    received timestamptz not null,
    -- Exactly what the visitor's script sent. It is too long for an index, so its hash makes it unique.
    body text not null,
    fingerprint bytea not null,
    receipt jsonb not null generated always as (body::jsonb) stored,
    code text generated always as (body::jsonb ->> 'code') stored,
    withdraws text generated always as (body::jsonb ->> 'withdraws') stored,
    unique (site, fingerprint)
);
create index if not exists kelisim_receipts_code on kelisim_receipts (code);
create index if not exists kelisim_receipts_withdraws on kelisim_receipts (withdraws);

-- A receipt comes from a browser, so from anybody: a line that is none must not stop the others.
create or replace function pg_temp.line_of_receipt(line text) returns jsonb language plpgsql as $$
begin
    if (line::jsonb ->> 'body')::jsonb ?& array['decided', 'expires', 'method', 'categories', 'services', 'language',
            'policy', 'notice', 'operator'] then
        return line::jsonb;
    end if;
    return null;
exception when others then
    return null;
end
$$;

begin;
create temporary table incoming (line text) on commit drop;
-- The two characters cannot stand in the log, so every line is one value.
\copy incoming (line) from pstdin with (format csv, delimiter E'\x01', quote E'\x02')

with read as materialized (
    select pg_temp.line_of_receipt(line) as line from incoming
), stored as (
    insert into kelisim_receipts (site, received, body, fingerprint)
    select line ->> 'site', (line ->> 'received')::timestamptz, line ->> 'body',
           sha256(convert_to(line ->> 'body', 'UTF8'))
    from read where line is not null
    on conflict (site, fingerprint) do nothing
    returning 1
)
select (select count(*) from read) as lines,
       (select count(*) from stored) as new,
       (select count(*) from read where line is null) as refused;
commit;
