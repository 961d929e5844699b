import type { Grant } from '../grants/grant';
import { HOST_KINDS, UNKNOWN_HOST } from './url-host';

/** Hosts that are remembered at most of one text; further ones count as unknown. */
const MOST_HOSTS = 32;

/** Hosts that a text names and that are not trusted. */
export class UntrustedHosts {
  private readonly hosts = new Set<string>();

  /** Remembers a host. */
  add(host: string): void {
    this.hosts.add(this.hosts.size < MOST_HOSTS ? host : UNKNOWN_HOST);
  }

  /** Forgets all hosts: another text begins. */
  clear(): void {
    this.hosts.clear();
  }

  get size(): number {
    return this.hosts.size;
  }

  /** Whether a value may go to all of them: because it came from there, or because it is the host. */
  allow({ kind, value, hosts }: Grant): boolean {
    for (const host of this.hosts) {
      if (!hosts.has(host) && !(HOST_KINDS.has(kind) && value.toLowerCase() === host)) return false;
    }
    return true;
  }
}
