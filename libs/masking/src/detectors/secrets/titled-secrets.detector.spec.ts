import { itEndsOn, itFinds, itIgnores } from '../detectors.fixture';
import { SearchedText } from '../searched-text';
import { titledSecrets } from './titled-secrets.detector';

const searched = (text: string): SearchedText =>
  new SearchedText(text, new Map([['pass', Array.from(text.matchAll(/pass/gi), ({ index }) => index)]]));

describe('secrets below a title', () => {
  itFinds(titledSecrets, 'generic-assignment', [
    'user,password\nbob,«hunter2»\nkim,«Tr0ub4dor&3»\n',
    '| user | Password | api_key |\n|---|---|---|\n| bob | `«hunter2»` | «kY7tQ2mZx9Lr4WpB8sNd3VhC» |',
    'id\tclient_secret\tnote\r\n1\t«kY7tQ2mZx9Lr4WpB8sNd3VhC»\tok 12\r\n',
    '"name";"db password"\n"bob";"«hunter2!»"',
    '<table><tr><th>user</th><th>password</th></tr><tr><td>bob</td><td>«hunter2»</td></tr></table>',
    "INSERT INTO users (name, password) VALUES ('bob', '«hunter2»'), ('kim', '«s3cret-99»');",
  ]);

  itIgnores([
    'user,password_hint\nbob,hunter2',
    'user,password\nbob,required\nkim,changeme\nlee,your password 1',
    'password\nhunter2',
    'user,password\nbob,let expected = 0',
    'name,note\npassword,old\nhunter22,new',
    'user,password\nbob,hunter22,3',
    'const user, password = f(1),\n  host1234, port5678',
    "type A = 'password' | 'token'\n  'abc12345' | 'def67890'",
    '| name | password |\n\n| bob | hunter2 |',
    'key,value\nab12cd34ef,56gh78ij90',
  ]);

  itEndsOn(['password,', 'token|key|', 'password\t', 'secret,\n', '<th>password'], (text) => {
    expect(titledSecrets.find(searched(text))).toEqual([]);
  });
});
