-- The table for receipts in ClickHouse, where one machine is not enough. The log is loaded as it is:
--
--   clickhouse-client < clickhouse.sql
--   clickhouse-client --query="INSERT INTO kelisim_receipts SETTINGS date_time_input_format = 'best_effort' \
--     FORMAT JSONEachRow" < /var/log/kelisim/receipts.log
--
-- A receipt that came twice stays one row: ReplacingMergeTree removes the other in the background, and FINAL in a query
-- leaves it out until then.
CREATE TABLE IF NOT EXISTS kelisim_receipts
(
    site LowCardinality(String),
    received DateTime('UTC'),
    body String,
    fingerprint FixedString(32) MATERIALIZED SHA256(body),
    decided DateTime('UTC') MATERIALIZED parseDateTimeBestEffortOrZero(JSONExtractString(body, 'decided'), 'UTC'),
    method LowCardinality(String) MATERIALIZED JSONExtractString(body, 'method'),
    policy LowCardinality(String) MATERIALIZED JSONExtractString(body, 'policy'),
    notice String MATERIALIZED JSONExtractString(body, 'notice'),
    code String MATERIALIZED JSONExtractString(body, 'code'),
    withdraws String MATERIALIZED JSONExtractString(body, 'withdraws')
)
ENGINE = ReplacingMergeTree
ORDER BY (site, fingerprint);
