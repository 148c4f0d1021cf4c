// Training steps of the labs' own networks: ours beside other libraries, in one browser, turn by turn. Nothing is
// asserted: times depend on the machine.
import { test } from '@playwright/test';
import { keep, spread } from './results.ts';

/** What a network is, and each side's milliseconds a step, round by round. */
interface Raced {
  network: { lab: string; name: string; kind: string; sizes: number[]; batch: number; rate: number };
  times: Record<string, number[]>;
  failed: Record<string, string>;
}

declare const race: {
  networks(): Promise<Raced['network'][]>;
  run(network: number, rounds: number): Promise<Raced>;
  rates(): Promise<{ what: string; per_second: number }[]>;
  adapter(): Promise<{ name: string; real: boolean }>;
};

const ROUNDS = 11;

test('training steps and rates', async ({ page }) => {
  test.setTimeout(3_600_000);
  page.on('console', (message) => message.type() === 'error' && console.log(message.text()));
  await page.goto(process.env.OVERSIGHT_PEERS!);
  const { name, real } = await page.evaluate(() => race.adapter());
  console.log(`WebGPU: ${name}${real ? '' : ' (no GPU: left out)'}`);
  const networks = await page.evaluate(() => race.networks());
  for (const index of networks.keys()) {
    const { network, times, failed } = await page.evaluate(([index, rounds]) => race.run(index, rounds), [index, ROUNDS] as const);
    const row: Record<string, unknown> = { network: network.name, ...network };
    delete row.name;
    for (const [side, samples] of Object.entries(times)) {
      const { median, lo, hi, n } = spread(samples);
      Object.assign(row, { [`${side}_ms`]: median, [`${side}_spread`]: [lo, hi], rounds: n });
    }
    for (const [side, why] of Object.entries(failed)) row[`${side}_failed`] = why;
    keep('training', row);
    const told = Object.entries(times).map(([side, samples]) => `${side} ${spread(samples).median.toFixed(4)}`);
    console.log(`${network.name}: ${told.join(', ')}${Object.entries(failed).map(([side, why]) => `, ${side}: ${why}`).join('')}`);
  }
  const counts: Record<string, number[]> = {};
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { what, per_second } of await page.evaluate(() => race.rates())) (counts[what] ??= []).push(per_second);
  }
  for (const [what, samples] of Object.entries(counts)) keep('rates', { what, ...spread(samples) });
});
