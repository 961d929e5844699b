import { applyEdits } from './json-edits';
import { JsonDepthError, memberOf, parseJsonTree, stringOf, type JsonNode } from './json-tree';

/** Rebuilds the value from the offsets alone, the way JSON.parse would. */
function rebuild(text: string, node: JsonNode): unknown {
  if (node.type === 'array') return node.items.map((item) => rebuild(text, item));
  if (node.type === 'object') return Object.fromEntries(node.members.map((m) => [m.key, rebuild(text, m.value)]));
  return JSON.parse(text.slice(node.start, node.end));
}

describe(parseJsonTree.name, () => {
  it.each([
    'null',
    ' "a\\"b\\\\" ',
    '[]',
    '{}',
    '[1, -2.5e3, true, [null, [[]]], {"a": {}}]',
    '{"a":"x","b":[{"c":"\\u00e9\\n"},"}],{"],"key with \\"quotes\\"":12345678901234567890}',
    '\t{ "a" : [ "1" , 2 ] , "b" : false }\r\n',
  ])('places every value of %s where JSON.parse finds it', (text) => {
    expect(rebuild(text, parseJsonTree(text))).toEqual(JSON.parse(text));
  });

  it('keeps both members of a duplicate key and reads the last, as JSON.parse does', () => {
    const text = '{"a":1,"a":"two"}';
    const root = parseJsonTree(text);
    expect(root.type === 'object' && root.members.map((m) => m.key)).toEqual(['a', 'a']);
    expect(stringOf(text, memberOf(root, 'a'))).toBe('two');
  });

  it.each(['', '{', '{"a":}', '[1,]', "{'a':1}", 'nul', '"\u0001"'])('refuses %j', (text) => {
    expect(() => parseJsonTree(text)).toThrow(SyntaxError);
  });

  it('refuses hostile nesting without exhausting the stack', () => {
    const deep = '['.repeat(5000) + ']'.repeat(5000);
    expect(() => parseJsonTree(deep)).toThrow(JsonDepthError);
    expect(parseJsonTree(deep, 5000).end).toBe(deep.length);
  });
});

describe(applyEdits.name, () => {
  it('changes the edited ranges and nothing else', () => {
    const text = '{"n":12345678901234567890, "s": "old", "e":"\\u00e9"}';
    const start = text.indexOf('"old"');
    expect(applyEdits(text, [{ start, end: start + 5, replacement: '"new"' }])).toBe(text.replace('"old"', '"new"'));
  });

  it('returns the very text when there is nothing to edit', () => {
    expect(applyEdits('{"a": 1}', [])).toBe('{"a": 1}');
  });

  it('refuses overlapping edits', () => {
    const edits = [
      { start: 0, end: 3, replacement: '' },
      { start: 2, end: 4, replacement: '' },
    ];
    expect(() => applyEdits('abcdef', edits)).toThrow(RangeError);
  });
});
