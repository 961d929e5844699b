import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const LOWEST = 10_000;
/** Where Linux begins to take ports from for whoever names none, unless it is told otherwise. */
const USUAL_EPHEMERAL = 32_768;
const ATTEMPTS = 100;

/**
 * A port that nothing listens on now, for servers that come and go and for an address that must refuse connections. The
 * system gives it to nobody who asks for any port: it stays free while its server is down.
 *
 * @throws Error when none is found
 */
export async function freePort(): Promise<number> {
  const highest = firstEphemeralPort();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = LOWEST + Math.floor(Math.random() * (highest - LOWEST));
    if (await canListen(port)) return port;
  }
  throw new Error(`no free port between ${LOWEST} and ${highest}`);
}

/** See `ip_local_port_range` in ip(7); a range that begins so low that it leaves no room is shared with it. */
function firstEphemeralPort(): number {
  try {
    const [first = NaN] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split(/\s+/).map(Number);
    return first > LOWEST + 1_000 ? Math.min(first, USUAL_EPHEMERAL) : USUAL_EPHEMERAL;
  } catch {
    // Not Linux: their own ranges begin higher.
    return USUAL_EPHEMERAL;
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
