import type { MaskKind } from '../kinds/kinds';
import { TOKEN_LENGTH, TOKEN_PREFIX } from '../tokens/token-format';
import type { TokenMint } from '../tokens/token-minter';
import type { Grant, StoredGrantSet } from './grant';

/**
 * The tokens that one request was given, and so the only ones that its reply is restored from. A token that a reply
 * makes up, or that belongs to another caller, is in no grant and stays as it is.
 */
export class TokenGrants {
  /** By token. */
  private readonly grants = new Map<string, Grant>();
  /** By kind and value. */
  private readonly tokens = new Map<MaskKind, Map<string, string>>();
  private values = 0;
  /** What was granted before this request, by the identity of its value: other keys gave it other tokens. */
  private readonly earlier = new Map<string, Grant[]>();
  private readonly trusted = new Set<string>();
  /** Tokens in ascending order, as far as somebody asked. */
  private ordered: string[] | undefined;

  constructor(private readonly minter: TokenMint) {}

  /** How many tokens may be restored. */
  get size(): number {
    return this.grants.size;
  }

  /** How many distinct values have a token, restorable or not. */
  get valueCount(): number {
    return this.values;
  }

  /**
   * The token of a value. Two values never share one.
   *
   * @param restorable whether it is granted, so that the reply may be restored from it
   */
  tokenFor(kind: MaskKind, value: string, restorable = true): string {
    let tokens = this.tokens.get(kind);
    if (tokens === undefined) this.tokens.set(kind, (tokens = new Map<string, string>()));
    const known = tokens.get(value);
    if (known !== undefined) return known;
    let attempt = 0;
    let token = this.minter.mint(kind, value, attempt);
    while (this.belongsToAnother(token, kind, value)) token = this.minter.mint(kind, value, (attempt += 1));
    tokens.set(value, token);
    this.values += 1;
    if (restorable && !this.grants.has(token)) this.grant(token, { kind, value, hosts: new Set() });
    return token;
  }

  /** Grants a token that an earlier request of the same caller was given. One that is granted already stays. */
  add(token: string, grant: Grant): void {
    if (this.grants.has(token)) return;
    this.grant(token, grant);
    const identity = identityOf(grant.kind, grant.value);
    this.earlier.set(identity, [...(this.earlier.get(identity) ?? []), grant]);
  }

  /** Grants what an earlier request of the same caller was granted, and trusts the hosts that the client named in it. */
  addAll({ grants, trustedHosts }: StoredGrantSet): void {
    for (const [token, grant] of grants) this.add(token, grant);
    for (const host of trustedHosts) this.trustHost(host);
  }

  /** The grant of a token; undefined for any other text. */
  get(token: string): Grant | undefined {
    return this.grants.get(token);
  }

  /** All grants, by token. */
  entries(): IterableIterator<[string, Grant]> {
    return this.grants.entries();
  }

  /** Notes a host that the client itself named, so that values may be sent there. @param host in lower case */
  trustHost(host: string): void {
    this.trusted.add(host);
  }

  /** Notes that a value stood in a URL of a host. */
  noteHost(kind: MaskKind, value: string, host: string): void {
    this.grants.get(this.tokens.get(kind)?.get(value) ?? '')?.hosts.add(host);
    if (this.earlier.size === 0) return;
    for (const { hosts } of this.earlier.get(identityOf(kind, value)) ?? []) hosts.add(host);
  }

  /** Hosts that the client itself named. */
  get trustedHosts(): ReadonlySet<string> {
    return this.trusted;
  }

  /**
   * How much of the end of a text may be the beginning of a granted token, in any case.
   *
   * @returns a number of UTF-16 units, at most {@link TOKEN_LENGTH} - 1
   */
  openEnd(text: string): number {
    for (let at = Math.max(0, text.length - TOKEN_LENGTH + 1); at < text.length; at += 1) {
      const unit = text[at];
      if ((unit === 'M' || unit === 'm') && this.beginsToken(text.slice(at).toUpperCase())) return text.length - at;
    }
    return 0;
  }

  private grant(token: string, grant: Grant): void {
    this.grants.set(token, grant);
    this.ordered = undefined;
  }

  private belongsToAnother(token: string, kind: MaskKind, value: string): boolean {
    const grant = this.grants.get(token);
    return grant !== undefined && (grant.kind !== kind || grant.value !== value);
  }

  private beginsToken(text: string): boolean {
    if (!text.startsWith(TOKEN_PREFIX.slice(0, text.length))) return false;
    const ordered = (this.ordered ??= [...this.grants.keys()].sort());
    let low = 0;
    let high = ordered.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ordered[middle] as string) < text) low = middle + 1;
      else high = middle;
    }
    return ordered[low]?.startsWith(text) ?? false;
  }
}

/** Tells a value from all others, also from the same text of another kind. */
function identityOf(kind: MaskKind, value: string): string {
  return `${kind}\0${value}`;
}
