import { deflateSync } from 'node:zlib';
import { countPdfPages } from './pdf-pages';

const tree = (count: number, kids = '[3 0 R]'): string =>
  `2 0 obj\n<< /Type /Pages /Kids ${kids} /Count ${count} /MediaBox [0 0 9 9] /Resources << /Font << >> >> >>\nendobj\n`;

const pdf = (...objects: (string | Buffer)[]): Buffer =>
  Buffer.concat([
    Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'),
    ...objects.map((object) => Buffer.from(object)),
    Buffer.from('%%EOF'),
  ]);

function objectStream(
  objects: string,
  dictionary = '/Filter /FlateDecode',
  pack: (bytes: Buffer) => Uint8Array = deflateSync,
): Buffer {
  const packed = pack(Buffer.from(objects));
  const head = `9 0 obj\n<< /Type /ObjStm /N 2 /First 10 /Length ${packed.length} ${dictionary} >>\nstream\r\n`;
  return Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream\nendobj\n')]);
}

describe(countPdfPages.name, () => {
  it('reads the count at the root of the page tree', async () => {
    const nodes = '4 0 obj\n<</Count 9/Type/Pages/Kids[5 0 R]/Parent 2 0 R>>\nendobj\n';
    expect(await countPdfPages(pdf(nodes, tree(21)))).toBe(21);
  });

  it('does not count what only looks like a page tree', async () => {
    const catalog = '1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Outlines 7 0 R >>\nendobj\n';
    const outlines = '7 0 obj\n<< /Type /Outlines /Count 90 >>\nendobj\n';
    const other = '8 0 obj\n<< /Type /PagesOfSomething /Count 80 >>\nendobj\n';
    expect(await countPdfPages(pdf(catalog, outlines, other, tree(3)))).toBe(3);
  });

  it('reads a count behind dictionaries inside the node, and none of theirs', async () => {
    const node = '2 0 obj\n<< /Inner << /Count 70 >> /Kids [] /Type /Pages /More << /A << >> >> /Count 4 >>\nendobj\n';
    expect(await countPdfPages(pdf(node.replace('/Inner << /Count 70 >>', '/Inner << /X 70 >>')))).toBe(4);
  });

  it('finds the page tree in a packed object stream', async () => {
    const objects = '1 0 2 40 << /Type /Catalog /Pages 2 0 R >> << /Type /Pages /Kids [3 0 R] /Count 33 >>';
    expect(await countPdfPages(pdf(objectStream(objects)))).toBe(33);
  });

  it('counts the pages themselves where the tree does not say', async () => {
    const page = '<< /Type /Page /Parent 2 0 R >> <</Type/Page>> << /Type /PageLabel >> << /Other /Page >>';
    const noCount = '2 0 obj\n<< /Type /Pages /Kids [] /Count 12 0 R >>\nendobj\n';
    expect(await countPdfPages(pdf(noCount, page, page))).toBe(4);
    expect(await countPdfPages(pdf(page, objectStream(page.repeat(10))))).toBe(22);
    expect(await countPdfPages(pdf(tree(3), page, page))).toBe(3);
  });

  it.each([
    ['a document without a page tree', pdf('1 0 obj\n<< /Type /Catalog >>\nendobj\n')],
    [
      'a stream that does not unfold',
      pdf(objectStream('<< /Type /Pages /Count 5 >>', undefined, (bytes) => bytes.map((byte) => byte ^ 0x55))),
    ],
    ['a stream with another method', pdf(objectStream('<< /Type /Pages /Count 5 >>', '/Filter /LZWDecode'))],
    ['a count in an object of its own', pdf('2 0 obj\n<< /Type /Pages /Kids [] /Count 12 0 R >>\nendobj\n')],
    ['an object stream without an end', pdf('9 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nabc')],
    ['no document', Buffer.from('hello')],
  ])('cannot tell for %s', async (_, bytes) => {
    expect(await countPdfPages(bytes)).toBeUndefined();
  });

  it('is not kept busy by a document that is made for it', async () => {
    const bomb = objectStream(`<< /Type /Pages /Count 5 ${'<<'.repeat(20_000_000)}`);
    const names = '/Type /Pages '.repeat(200_000);
    expect(await countPdfPages(pdf(names, bomb, bomb))).toBeUndefined();
  });
});
