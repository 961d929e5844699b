/*
 * The books of the embedded queue. Every call is one statement, as the session that all share has no transactions over
 * several. Times are milliseconds of the epoch.
 */

/** Makes the tables, once for a database. */
export const BOOK_TABLES = `
  CREATE SCHEMA IF NOT EXISTS sallyport;
  CREATE TABLE IF NOT EXISTS sallyport.batch (
    queue text NOT NULL,
    id text NOT NULL,
    records bigint NOT NULL,
    enlisted_ms bigint NOT NULL,
    settled_ms bigint,
    settled_number bigint,
    PRIMARY KEY (queue, id)
  );
  CREATE INDEX IF NOT EXISTS batch_waiting ON sallyport.batch (queue, enlisted_ms) WHERE settled_ms IS NULL;
  CREATE INDEX IF NOT EXISTS batch_settled ON sallyport.batch (queue, settled_number) WHERE settled_ms IS NOT NULL;
  CREATE TABLE IF NOT EXISTS sallyport.total (
    queue text PRIMARY KEY,
    written bigint NOT NULL DEFAULT 0,
    dead_lettered bigint NOT NULL DEFAULT 0,
    replayed bigint NOT NULL DEFAULT 0,
    settled_batches bigint NOT NULL DEFAULT 0
  );
`;

/** $1 queue, $2 batch, $3 records, $4 how many of them are replayed, $5 now. */
export const ENLIST = `
  WITH enlisted AS (
    INSERT INTO sallyport.batch (queue, id, records, enlisted_ms) VALUES ($1::text, $2, $3::bigint, $5::bigint)
    ON CONFLICT DO NOTHING RETURNING 1
  )
  INSERT INTO sallyport.total AS total (queue, replayed) SELECT $1::text, $4::bigint FROM enlisted
  ON CONFLICT (queue) DO UPDATE SET replayed = total.replayed + EXCLUDED.replayed
`;

/**
 * $1 queue, $2 batch, $3 records written, $4 records dead-lettered, $5 now, $6 time before which settled batches are
 * forgotten, $7 how many of them are remembered.
 */
export const SETTLE = `
  WITH number AS (
    SELECT COALESCE((SELECT settled_batches FROM sallyport.total WHERE queue = $1::text), 0) + 1 AS next
  ), settled AS (
    INSERT INTO sallyport.batch AS batch (queue, id, records, enlisted_ms, settled_ms, settled_number)
    SELECT $1::text, $2::text, 0, $5::bigint, $5::bigint, next FROM number
    ON CONFLICT (queue, id) DO UPDATE SET settled_ms = EXCLUDED.settled_ms, settled_number = EXCLUDED.settled_number
      WHERE batch.settled_ms IS NULL
    RETURNING 1
  ), oldest AS (
    SELECT id, settled_ms, settled_number FROM sallyport.batch
    WHERE queue = $1::text AND settled_ms IS NOT NULL ORDER BY settled_number LIMIT 10
  ), forgotten AS (
    DELETE FROM sallyport.batch WHERE queue = $1::text AND id IN (
      SELECT id FROM oldest, number WHERE settled_ms < $6::bigint OR settled_number <= next - $7::bigint
    )
  )
  INSERT INTO sallyport.total AS total (queue, written, dead_lettered, settled_batches)
  SELECT $1::text, $3::bigint, $4::bigint, 1 FROM settled
  ON CONFLICT (queue) DO UPDATE SET
    written = total.written + EXCLUDED.written,
    dead_lettered = total.dead_lettered + EXCLUDED.dead_lettered,
    settled_batches = total.settled_batches + 1
`;

/** $1 queue. */
export const TOTALS = `
  SELECT COALESCE(written, 0)::float8 AS written, COALESCE(dead_lettered, 0)::float8 AS dead_lettered,
    COALESCE(replayed, 0)::float8 AS replayed, COALESCE(records, 0)::float8 AS waiting, oldest_ms::float8 AS oldest_ms
  FROM (SELECT sum(records) AS records, min(enlisted_ms) AS oldest_ms
        FROM sallyport.batch WHERE queue = $1::text AND settled_ms IS NULL) AS open
  LEFT JOIN sallyport.total ON queue = $1::text
`;
