import type { JsonObject } from '../../json/json-value';
import { refusal } from '../refusal.fixture';
import { jsonFormat, tool, translate } from './settings.fixture';

describe('malformed settings', () => {
  it.each<[JsonObject, string]>([
    [{ temperature: 'hot' }, 'temperature'],
    [{ stop: ['a', 1] }, 'stop.1'],
    [{ stop: {} }, 'stop'],
    [{ tools: {} }, 'tools'],
    [{ tools: [{ type: 'function' }] }, 'tools.0.function'],
    [{ tools: [tool('f', { parameters: 'x' })] }, 'tools.0.function.parameters'],
    [{ tools: [tool('')] }, 'tools.0.function.name'],
    [{ tool_choice: { type: 'function' } }, 'tool_choice.function'],
    [{ tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'all' } } }, 'tool_choice.allowed_tools.mode'],
    [{ function_call: 'maybe' }, 'function_call'],
    [{ response_format: 'json' }, 'response_format'],
    [{ response_format: { type: 'json_schema' } }, 'response_format.json_schema'],
    [jsonFormat('x' as never), 'response_format.json_schema.schema'],
    [{ thinking: true }, 'thinking'],
    [{ thinking: {} }, 'thinking.type'],
    [{ cache_control: 'on' }, 'cache_control'],
    [{ messages: [{ role: 'tool', content: 'x' }] }, 'messages.0.tool_call_id'],
    [{ messages: [{ role: 'function', name: 'f', content: 'x' }] }, 'messages.0'],
    [{ messages: [{ role: 'assistant', tool_calls: [{ function: { name: 'f' } }] }] }, 'messages.0.tool_calls.0.id'],
    [{ messages: [{ role: 'user', content: ['Hi'] }] }, 'messages.0.content.0'],
    [{ messages: [{ role: 'user', content: 5 }] }, 'messages.0.content'],
  ])('%j is refused by its path', (request, param) => {
    expect(refusal(() => translate(request))).toMatchObject({ code: 'invalid_request', param });
  });
});
