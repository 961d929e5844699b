/** The schema of a tool in bodies whose strings say who wrote them. */
export function schema(): object {
  return {
    type: 'object',
    description: 'client schema',
    properties: {
      'kept property': {
        type: 'string',
        enum: ['client enum'],
        default: { 'client default name': 'client default' },
        examples: ['client example'],
        const: 'client const',
        pattern: 'client pattern',
        'x-unknown': 'client keyword',
      },
      type: { type: 'string', description: 'client property called type' },
      nested: { items: { $ref: 'kept #/$defs/x' }, anyOf: [{ const: 'client any' }] },
    },
    required: ['kept property'],
    $defs: { 'kept def': { title: 'client title' } },
  };
}
