import { safeToolCallId } from '../../reply/tool-call-id';
import { refusal } from '../refusal.fixture';
import { translate, user, text, call, use, calling, result, tool, image, cache } from './conversation.fixture';

describe('system and developer messages', () => {
  it.each<[string, unknown[], unknown]>([
    ['one text is a string', [{ role: 'system', content: 'A' }, user], 'A'],
    [
      'several become blocks in order',
      [{ role: 'system', content: 'A' }, { role: 'developer', content: [text('B'), text('C')] }, user],
      [text('A'), text('B'), text('C')],
    ],
    ['empty texts are nothing', [{ role: 'system', content: '' }, { role: 'system', content: ' \n' }, user], undefined],
    [
      'cache_control of a part',
      [{ role: 'system', content: [{ ...text('A'), cache_control: cache }] }, user],
      [{ ...text('A'), cache_control: cache }],
    ],
    [
      'cache_control of a message goes on its last block',
      [{ role: 'system', content: [text('A'), text('B')], cache_control: cache }, user],
      [text('A'), { ...text('B'), cache_control: cache }],
    ],
  ])('%s', (_, messages, system) => {
    const { body } = translate(messages);
    expect(body['system']).toEqual(system);
    expect(body['messages']).toEqual([user]);
  });

  it('later ones go there too, in their order', () => {
    const { body } = translate([
      { role: 'system', content: 'A' },
      user,
      { role: 'assistant', content: 'Yes' },
      { role: 'developer', content: 'B' },
      user,
      { role: 'system', content: 'C' },
    ]);
    expect(body['system']).toEqual([text('A'), text('B'), text('C')]);
    expect(body['messages']).toEqual([user, { role: 'assistant', content: 'Yes' }, user]);
  });

  it('the last one becomes the turn of the user when there is no other', () => {
    const { body } = translate([
      { role: 'system', content: 'A' },
      { role: 'system', content: 'B' },
    ]);
    expect(body['system']).toBe('A');
    expect(body['messages']).toEqual([{ role: 'user', content: 'B' }]);
  });

  it('a conversation without any text is refused', () => {
    expect(refusal(() => translate([{ role: 'user', content: '' }]))).toMatchObject({
      code: 'invalid_request',
      param: 'messages',
    });
  });
});

describe('turns', () => {
  it.each<[string, unknown[], unknown[]]>([
    [
      'content null with calls: only tool_use',
      [user, calling(call('a'))],
      [user, { role: 'assistant', content: [use('a')] }],
    ],
    [
      'content "" with calls: only tool_use',
      [user, { ...calling(call('a')), content: '' }],
      [user, { role: 'assistant', content: [use('a')] }],
    ],
    [
      'text stands before calls',
      [user, { ...calling(call('a'), call('b')), content: 'Let me see' }],
      [user, { role: 'assistant', content: [text('Let me see'), use('a'), use('b')] }],
    ],
    [
      'a reply that was pushed back whole',
      [user, { role: 'assistant', content: 'A', refusal: null, annotations: [], audio: null, name: 'x' }, user],
      [user, { role: 'assistant', content: 'A' }, user],
    ],
    [
      'refusals are text',
      [user, { role: 'assistant', content: [{ type: 'refusal', refusal: 'No' }], refusal: 'Never' }, user],
      [user, { role: 'assistant', content: [text('No'), text('Never')] }, user],
    ],
    ['no arguments', [user, calling(call('a', ''))], [user, { role: 'assistant', content: [use('a', {})] }]],
    [
      'results of one turn, first of all',
      [user, calling(call('a'), call('b')), tool('a', '1'), tool('b', '2'), user],
      [
        user,
        { role: 'assistant', content: [use('a'), use('b')] },
        { role: 'user', content: [result('a', '1'), result('b', '2'), text('Hi')] },
      ],
    ],
    [
      'results that come behind a text still stand first',
      [user, calling(call('a'), call('b')), tool('a', '1'), user, tool('b', '2')],
      [
        user,
        { role: 'assistant', content: [use('a'), use('b')] },
        { role: 'user', content: [result('a', '1'), result('b', '2'), text('Hi')] },
      ],
    ],
    [
      'parts of a result',
      [user, calling(call('a')), tool('a', [text('1'), image('data:image/png;base64,AA==')])],
      [
        user,
        { role: 'assistant', content: [use('a')] },
        {
          role: 'user',
          content: [
            result('a', [
              text('1'),
              { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA==' } },
            ]),
          ],
        },
      ],
    ],
    [
      'an empty result has no content and is no error',
      [user, calling(call('a')), tool('a', '')],
      [user, { role: 'assistant', content: [use('a')] }, { role: 'user', content: [result('a')] }],
    ],
    [
      'a result that talks of an error is not marked as one',
      [user, calling(call('a')), tool('a', '{"error":null}')],
      [user, { role: 'assistant', content: [use('a')] }, { role: 'user', content: [result('a', '{"error":null}')] }],
    ],
    [
      'odd ids meet again',
      [user, calling(call('functions.f:0')), tool('functions.f:0', '1')],
      [
        user,
        { role: 'assistant', content: [use(safeToolCallId('functions.f:0'))] },
        { role: 'user', content: [result(safeToolCallId('functions.f:0'), '1')] },
      ],
    ],
    [
      'deprecated function_call and role function',
      [
        user,
        { role: 'assistant', content: null, function_call: { name: 'weather', arguments: '{"city":"Oslo"}' } },
        { role: 'function', name: 'weather', content: '1' },
      ],
      [
        user,
        { role: 'assistant', content: [use('call_messages_1')] },
        { role: 'user', content: [result('call_messages_1', '1')] },
      ],
    ],
    [
      'calls of a custom tool',
      [user, calling({ id: 'a', type: 'custom', custom: { name: 'weather', input: 'Oslo' } })],
      [user, { role: 'assistant', content: [use('a', { input: 'Oslo' })] }],
    ],
    [
      'neighbours of one role are one turn, empty texts are nothing',
      [user, { role: 'user', content: [text(''), text('there')] }, { role: 'assistant', content: '' }, user],
      [{ role: 'user', content: [text('Hi'), text('there'), text('Hi')] }],
    ],
    [
      'white space at the end of a last turn of the assistant goes',
      [user, { role: 'assistant', content: 'It is \n' }],
      [user, { role: 'assistant', content: 'It is' }],
    ],
    [
      'cache_control of messages',
      [{ ...user, cache_control: cache }, calling(call('a')), { ...tool('a', '1'), cache_control: cache }],
      [
        { role: 'user', content: [{ ...text('Hi'), cache_control: cache }] },
        { role: 'assistant', content: [use('a')] },
        { role: 'user', content: [{ ...result('a', '1'), cache_control: cache }] },
      ],
    ],
  ])('%s', (_, messages, expected) => {
    expect(translate(messages).body['messages']).toEqual(expected);
  });

  it('says what it leaves out of a message', () => {
    const { dropped } = translate([
      user,
      { role: 'assistant', content: 'A', audio: { id: 'x' }, reasoning_content: 'Hm' },
    ]);
    expect(dropped).toEqual(['messages.1.audio']);
  });

  it.each(['[1]', '{"city":', '"Oslo"', 'null'])('arguments %s are refused by their path', (args) => {
    expect(refusal(() => translate([user, calling(call('a'), call('b', args))]))).toMatchObject({
      code: 'invalid_request',
      param: 'messages.1.tool_calls.1.function.arguments',
    });
  });
});
