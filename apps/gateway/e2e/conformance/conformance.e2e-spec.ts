import { ALL_CASES } from './cases/all-cases';
import { Cell } from './cell';
import { ALL_CLIENTS } from './clients/all-clients';
import { Stage } from './stage';
import { ALL_UPSTREAMS } from './upstreams/all-upstreams';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());
beforeEach(() => stage.clear());

describe.each(ALL_CLIENTS)('$name', (client) => {
  describe.each(ALL_UPSTREAMS)('with an upstream of $dialect', (upstream) => {
    const cases = ALL_CASES.filter(
      ({ needs = [], suits }) =>
        needs.every((need) => !client.lacks.includes(need)) && suits?.(client, upstream) !== false,
    );

    it.each(cases)('$name', async ({ run }) => {
      const cell = new Cell(client, upstream, stage);
      await run(cell);
      expect(await cell.problems()).toEqual([]);
    });
  });
});
