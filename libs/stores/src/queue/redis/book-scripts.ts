/*
 * Lua scripts of the books. KEYS: a hash of the records of each batch that is not settled, a sorted set of the same
 * batches by the time when they were enlisted, one of the settled batches by the time when they were settled, and a
 * hash of totals. When its memory is full Redis refuses a script at its first write or not at all.
 */

const NOW = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** ARGV: batch, records, and how many of them are replayed. */
export const ENLIST = `
  if redis.call('ZSCORE', KEYS[3], ARGV[1]) then return 0 end
  if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
  ${NOW}
  redis.call('ZADD', KEYS[2], now, ARGV[1])
  redis.call('HINCRBY', KEYS[4], 'waiting', ARGV[2])
  redis.call('HINCRBY', KEYS[4], 'replayed', ARGV[3])
  return 1
`;

/**
 * ARGV: batch, records written, records dead-lettered, milliseconds and number of settled batches to remember. What a
 * full memory never refuses comes first, so that a full queue can be emptied.
 */
export const SETTLE = `
  if redis.call('ZSCORE', KEYS[3], ARGV[1]) then return 0 end
  local records = redis.call('HGET', KEYS[1], ARGV[1]) or 0
  redis.call('HDEL', KEYS[1], ARGV[1])
  redis.call('ZREM', KEYS[2], ARGV[1])
  ${NOW}
  redis.call('ZADD', KEYS[3], now, ARGV[1])
  local old = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now - ARGV[4], 'LIMIT', 0, 100)
  if #old > 0 then redis.call('ZREM', KEYS[3], unpack(old)) end
  redis.call('ZREMRANGEBYRANK', KEYS[3], 0, -1 - ARGV[5])
  redis.call('HINCRBY', KEYS[4], 'waiting', 0 - records)
  redis.call('HINCRBY', KEYS[4], 'written', ARGV[2])
  redis.call('HINCRBY', KEYS[4], 'deadLettered', ARGV[3])
  return 1
`;

/** @returns written, dead-lettered, replayed, waiting, and the age of the oldest waiting batch or -1 */
export const TOTALS = `
  ${NOW}
  local totals = redis.call('HMGET', KEYS[4], 'written', 'deadLettered', 'replayed', 'waiting')
  for i = 1, 4 do totals[i] = totals[i] or 0 end
  local oldest = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
  totals[5] = oldest[2] and math.max(0, now - oldest[2]) or -1
  return totals
`;
