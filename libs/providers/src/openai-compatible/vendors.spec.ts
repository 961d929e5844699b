import { OPENAI_PATHS } from '../endpoint-paths';
import { isOwnAddress, OPENAI_COMPATIBLE_VENDORS, vendorAt, vendorOf } from './vendors';

describe('OPENAI_COMPATIBLE_VENDORS', () => {
  it('has each prefix once', () => {
    const prefixes = OPENAI_COMPATIBLE_VENDORS.flatMap(({ prefix, aliases = [] }) => [prefix, ...aliases]);
    expect(prefixes).toEqual([...new Set(prefixes)]);
    expect(prefixes.filter((prefix) => !/^[a-z0-9_]+$/.test(prefix))).toEqual([]);
    expect(prefixes.length).toBeGreaterThan(45);
    expect(prefixes.map((prefix) => vendorOf(prefix)?.prefix)).not.toContain(undefined);
  });

  it.each(OPENAI_COMPATIBLE_VENDORS.map((row) => [row.prefix, row] as const))('%s is a sound row', (_, row) => {
    const { apiBase, endpoints, keyVariables, baseVariables = [], barePath } = row;
    expect(endpoints[0]).toBe('openai-chat');
    expect(endpoints).toEqual([...new Set(endpoints)]);
    expect(endpoints.filter((endpoint) => OPENAI_PATHS[endpoint] === undefined)).toEqual([]);
    expect(keyVariables.length).toBeGreaterThan(0);
    expect([...keyVariables, ...baseVariables].filter((name) => !/^[A-Z][A-Z0-9_]+$/.test(name))).toEqual([]);
    expect(apiBase ?? baseVariables[0]).toBeDefined();
    if (barePath !== undefined) expect(barePath).toMatch(/^\/.*[^/]$/);
    if (apiBase !== undefined) {
      expect(apiBase).toMatch(/^https:\/\/[a-z0-9.-]+(\/[\w.{}-]+)*$|^http:\/\/127\.0\.0\.1:\d+\/v1$/);
      if (apiBase.startsWith('https:')) expect(vendorAt(apiBase)).toBe(row);
    }
  });

  it('owns encrypted addresses of its own domain only', () => {
    const openai = vendorOf('openai');
    if (openai === undefined) throw new Error('no such row');
    expect(isOwnAddress(openai, 'https://eu.api.openai.com/v1')).toBe(true);
    expect(isOwnAddress(openai, 'https://api.openai.com:8443/v1')).toBe(false);
    expect(isOwnAddress(openai, 'http://api.openai.com/v1')).toBe(false);
    expect(isOwnAddress(openai, 'https://xapi.openai.com/v1')).toBe(false);
    expect(vendorAt('http://127.0.0.1:11434/v1')).toBeUndefined();
  });
});
