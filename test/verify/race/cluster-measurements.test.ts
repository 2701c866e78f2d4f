import { Changes, exactly, modelOf, QUESTIONS, upTo } from './model';

/**
 * What a cluster of one node has lost: a handler of 20 ms that accepts 2 s after its start and is probed every second, without
 * announcing what it closes. On that node a rule of iptables was gone 1.2 s after the deletion at the latest, and there 1.1 s after
 * the readiness.
 */
const APPLICATION: Changes = {
  start: { accepts: exactly(2), noticedWithinSeconds: 1 },
  longestRequestSeconds: 1,
  keptConnections: 'closed',
  way: { detach: { atLeast: 0, atMost: 2 }, attach: upTo(2) },
};

const NO_HOOK = { preStop: exactly(0), gracePeriodSeconds: 30, kubeletSeconds: 1, drainSeconds: 5 };
const HOOK = { ...NO_HOOK, preStop: exactly(10) };
const EXITS = { shutdown: 'exitsAtOnce' } as const;

const lost = (changes: Changes) => {
  const model = modelOf({ ...APPLICATION, ...changes });
  const violated = (...names: (keyof typeof QUESTIONS)[]) => names.some((name) => !QUESTIONS[name](model, model.waysIn[0]).holds);
  return { newConnections: violated('newConnections', 'start'), keepAlive: violated('keptConnections') };
};

const NO_PROBE = { start: { ...APPLICATION.start, gated: false, noticedWithinSeconds: 0 } };

describe('the answers agree with what a cluster has lost', () => {
  test.each<readonly [string, Changes]>([
    ['1 no probes, no preStop, graceful', { ...NO_PROBE, termination: NO_HOOK }],
    ['1 the same, exits', { ...NO_PROBE, termination: { ...NO_HOOK, ...EXITS } }],
    ['2 readiness only', { termination: NO_HOOK }],
    ['2 the same, exits', { termination: { ...NO_HOOK, ...EXITS } }],
    ['4 surge 1, unavailable 1, no preStop', { termination: NO_HOOK, strategy: { kind: 'rollingUpdate', maxSurge: 1, maxUnavailable: 1 } }],
    ['4b surge 1, unavailable 0, no preStop', { termination: NO_HOOK }],
  ])('%s: new connections and kept ones', (_, changes) => {
    expect(lost(changes)).toEqual({ newConnections: true, keepAlive: true });
  });

  test('3 sleep 10, exits: kept connections only', () => {
    expect(lost({ termination: { ...HOOK, ...EXITS } })).toEqual({ newConnections: false, keepAlive: true });
  });

  test('3 sleep 10, graceful: nothing, given that what is closed is announced or repeated', () => {
    expect(lost({ termination: HOOK, keptConnections: 'announced' })).toEqual({ newConnections: false, keepAlive: false });
    // One rollout in four lost a single kept connection: without that assumption the answer must be that it can.
    expect(lost({ termination: HOOK })).toEqual({ newConnections: false, keepAlive: true });
  });
});

describe('the replacement of all pods agrees with what a cluster has lost', () => {
  const replaced = (changes: Changes) => {
    const model = modelOf({ ...APPLICATION, ...changes });
    return QUESTIONS.replacement(model, model.waysIn[0]).holds;
  };

  test('one replica or all four, deleted, sleep 10: nothing', () => {
    expect(replaced({ termination: HOOK })).toBe(true);
  });

  test('one replica, deleted, no preStop: requests', () => {
    expect(replaced({ termination: NO_HOOK })).toBe(false);
  });

  test('8 Recreate: requests, with or without a hook', () => {
    expect(replaced({ termination: NO_HOOK, strategy: { kind: 'recreate' } })).toBe(false);
    expect(replaced({ termination: HOOK, strategy: { kind: 'recreate' } })).toBe(false);
  });
});
