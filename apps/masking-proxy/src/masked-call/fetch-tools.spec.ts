import { fetchToolRule } from './fetch-tools';

const means = (words: string[], name: string): boolean => fetchToolRule(words)(name);

describe(fetchToolRule.name, () => {
  it.each(['web_fetch', 'httpGet', 'mcp__browser__navigate'])('means %s in any case', (name) => {
    expect(means([], name)).toBe(true);
    expect(means(['partner'], name)).toBe(true);
  });

  it('means the tools that are configured, besides', () => {
    expect(means([], 'post_to_partner')).toBe(false);
    expect(means(['x', 'PARTNER'], 'postToPartner')).toBe(true);
    expect(means(['partner'], 'read_file')).toBe(false);
  });
});
