import type { JsonNode, JsonObjectNode } from '@sallyport/dialects';

/** A member of an object together with the literal that names it. */
export interface NamedMember {
  readonly key: string;
  /** Offsets of the literal of the name, quotes included. */
  readonly name: { readonly type: 'string'; readonly start: number; end: number };
  readonly value: JsonNode;
}

/** The members of an object in the order of the text. */
export function* membersOf(text: string, node: JsonObjectNode): Generator<NamedMember> {
  let from = node.start + 1;
  for (const { key, value } of node.members) {
    // Between two members there is only a comma, the name and a colon, so these quotes are those of the name.
    const start = text.indexOf('"', from);
    const end = text.lastIndexOf('"', value.start - 1) + 1;
    yield { key, name: { type: 'string', start, end }, value };
    from = value.end;
  }
}
