import { matchesIn, windowsAround } from './windows';

describe(windowsAround.name, () => {
  it('joins windows that overlap and begins none before the text', () => {
    expect(windowsAround([50, 3, 8], 5, 10)).toEqual([
      { start: 0, end: 18 },
      { start: 45, end: 60 },
    ]);
  });

  it('makes no more windows than fit into the text', () => {
    const places = Array.from({ length: 10_000 }, (_, place) => place);
    expect(windowsAround(places, 40, 40)).toEqual([{ start: 0, end: 10_039 }]);
  });
});

describe(matchesIn.name, () => {
  it('finds whole values in windows and sees what stands next to them', () => {
    const digits = /(?<!\d)\d{3}(?!\d)/g;
    expect(matchesIn('123 4567 890', [{ start: 0, end: 12 }], digits)).toEqual([
      { start: 0, end: 3 },
      { start: 9, end: 12 },
    ]);
    expect(matchesIn('123 4567 890', [{ start: 5, end: 8 }], digits)).toEqual([]);
    expect(matchesIn('123 4567 890', [{ start: 4, end: 7 }], digits)).toEqual([]);
  });
});
