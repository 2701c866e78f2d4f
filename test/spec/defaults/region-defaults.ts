import { Duration, Testing } from 'cdk8s';
import type { Proofs } from './proof';
import { RegionRollback, RegionSequence, type RegionSequenceProps, ZeroDowntimeService } from '../../../src';
import { MINIMAL } from '../../plan/declare';

const REGIONS = [{ name: 'eu' }, { name: 'us' }];

/** Everything that a sequence writes. */
function written(props: Partial<RegionSequenceProps> = {}): object[] {
  const sequence = new RegionSequence(Testing.app(), 'payments', { regions: REGIONS, ...props });
  sequence.regions.forEach((region) => new ZeroDowntimeService(region, 'payments', MINIMAL));
  return [...sequence.regions, sequence.index].flatMap((chart) => Testing.synth(chart) as object[]);
}

function expectDefault(leftOut: Partial<RegionSequenceProps>, given: Partial<RegionSequenceProps>, other: Partial<RegionSequenceProps>): void {
  expect(written(leftOut)).toEqual(written(given));
  expect(written(other)).not.toEqual(written(given));
}

const withFirst = (first: object) => ({ regions: [{ name: 'eu', ...first }, { name: 'us' }] });

/** How regions follow one another. */
export const REGION_PROOFS: Proofs = {
  'ReleaseRegion.context': () => expectDefault({}, withFirst({ context: 'eu' }), withFirst({ context: 'prod-eu' })),
  'ReleaseRegion.bakeTime': () => {
    const bakeTime = Duration.seconds(900);
    expectDefault({ bakeTime }, { ...withFirst({ bakeTime }), bakeTime }, { ...withFirst({ bakeTime: Duration.seconds(901) }), bakeTime });
  },
  'RegionSequenceProps.namespace': () => {
    expect(written().filter((object) => 'namespace' in (object as { metadata: object }).metadata)).toEqual([]);
    expect(written({ namespace: 'shop' }).filter((object) => !('namespace' in (object as { metadata: object }).metadata))).toEqual([]);
  },
  'RegionSequenceProps.bakeTime': () => expectDefault({}, { bakeTime: Duration.minutes(10) }, { bakeTime: Duration.minutes(11) }),
  'RegionSequenceProps.rollback': () => expectDefault({}, { rollback: RegionRollback.ALL_RELEASED }, { rollback: RegionRollback.FAILED_ONLY }),
};
