import { itEndsOn } from '../detectors.fixture';
import { SearchedText } from '../searched-text';
import { ColumnTitles } from './column-titles';

/** The title above each `#` of a text. */
function titlesOf(text: string): (string | undefined)[] {
  const titles = ColumnTitles.of(new SearchedText(text, new Map()));
  return Array.from(text.matchAll(/#/g), ({ index }) => titles.titleOf(index));
}

describe('titles of columns', () => {
  it.each([
    ['| a | b |\n|---|---|\n| 1 | # |\n| # | 2 |\n', ['b', 'a']],
    ['no | **b**\n--|--\n1 | #', ['b']],
    ['a,"b, c",d\n1,2,#\n1,#,3\n"x, y",#,3', ['d', 'b, c', 'b, c']],
    ['a\tb\n1, 2\t#\n\n1\t#', ['b', undefined]],
    ['a;b\n#;2', ['a']],
    ['one, two\nthree, four, #', [undefined]],
    ['# and #', [undefined, undefined]],
    ['#\n#', [undefined, undefined]],
    ['a|amount|예금 잔액\n1|#|#', ['', '']],
    [`${'x'.repeat(60)}|b\n#|#`, [undefined, 'b']],
  ])('in %j', (text, titles) => {
    expect(titlesOf(text)).toEqual(titles);
  });

  it.each([
    [
      '<table><tr><th>a</th><th class="x"><b>b</b></th></tr><tr><td>#</td><td>#</td></tr></table> #',
      ['a', 'b', undefined],
    ],
    ['<table><tr><th>a</th></tr></table><table><tr><td>#</td></tr></table>', [undefined]],
    ["INSERT INTO t (id, ssn) VALUES (1, '#'), (2, 'a,#'),\n(3, #); # ", ['ssn', 'ssn', 'ssn', undefined]],
    ["INSERT INTO t (a, b) VALUES\n(1, 'x, y'),\n(2, '#'),\n('#', 2);", ['b', 'a']],
    ['insert into `t` (a,b)values(#,#)', ['a', 'b']],
    ["INSERT INTO t (a) VALUES ('x', #)", [undefined]],
    ["INSERT INTO t (a) VALUES ('#", [undefined]],
  ])('in %j', (text, titles) => {
    expect(titlesOf(text)).toEqual(titles);
  });

  it('are none in a very long line', () => {
    expect(titlesOf(`a|${'x'.repeat(2000)}\n1|#`)).toEqual([undefined]);
  });

  itEndsOn(['1|', '#\n', '<td>#', '<th>', 'insert into a (b) values (', 'a|#\n', '\n', ',#'], (text) => {
    expect(titlesOf(text).length).toBeLessThanOrEqual(text.length);
  });
});
