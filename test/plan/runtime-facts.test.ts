import { planned, Props, seconds } from './declare';
import { Database } from '../../src/spec/database';
import { Health } from '../../src/spec/health';
import { Shutdown } from '../../src/spec/shutdown';
import { Traffic } from '../../src/spec/traffic/traffic';

const factsOf = (props: Props = {}) => planned(props).planned.runtimeFacts;
const annotationsOf = (props: Props = {}) => planned(props).planned.factAnnotations;
const DATABASE = { database: Database.postgres({ poolSize: 4, maxConnections: 100 }) };

describe('runtime facts', () => {
  test('of the minimal declaration are its port, its times and its paths', () => {
    expect(factsOf()).toEqual({
      ZERO_DOWNTIME_PORT: '3000',
      ZERO_DOWNTIME_LONGEST_REQUEST_SECONDS: '30',
      ZERO_DOWNTIME_PRE_STOP_SECONDS: '10',
      ZERO_DOWNTIME_DRAIN_SECONDS: '30',
      ZERO_DOWNTIME_TERMINATION_GRACE_PERIOD_SECONDS: '45',
      ZERO_DOWNTIME_READINESS_PATH: '/ready',
      ZERO_DOWNTIME_STARTUP_PATH: '/ready',
    });
  });

  test('name every path that is asked', () => {
    expect(factsOf({ health: Health.http({ readiness: '/r', liveness: '/l', startup: '/s' }) })).toMatchObject({
      ZERO_DOWNTIME_READINESS_PATH: '/r', ZERO_DOWNTIME_LIVENESS_PATH: '/l', ZERO_DOWNTIME_STARTUP_PATH: '/s',
    });
  });

  test('name no path where none is asked', () => {
    expect(Object.keys(factsOf({ health: Health.grpc() })).filter((name) => name.endsWith('_PATH'))).toEqual([]);
  });

  test.each<[string, Props, string, string]>([
    ['the keep-alive timeout', { traffic: [Traffic.istio()] }, 'KEEP_ALIVE_SECONDS', '65'],
    ['the age of a connection', { maxConnectionAge: seconds(300) }, 'MAX_CONNECTION_AGE_SECONDS', '245'],
    ['the pool', DATABASE, 'POOL_SIZE', '4'],
    ['no drain', { shutdown: Shutdown.exitsAtOnce() }, 'DRAIN_SECONDS', '0'],
  ])('tell %s', (_, props, name, value) => {
    expect(factsOf(props)).toHaveProperty(`ZERO_DOWNTIME_${name}`, value);
  });
});

describe('fact annotations', () => {
  test('of the minimal declaration are what manifests do not show', () => {
    expect(annotationsOf()).toEqual({
      'zero-downtime/starts-within-seconds': '60',
      'zero-downtime/longest-request-seconds': '30',
      'zero-downtime/shutdown': 'drains',
      'zero-downtime/drain-seconds': '30',
      'zero-downtime/propagation-seconds.clusterInternal': '10',
    });
  });

  test.each<[string, Props, string, string]>([
    ['a program that exits at once', { shutdown: Shutdown.exitsAtOnce() }, 'shutdown', 'exits-at-once'],
    ['the keep-alive timeout', { traffic: [Traffic.istio()] }, 'keep-alive-seconds', '65'],
    ['every path', { traffic: [Traffic.istio()] }, 'propagation-seconds.istio', '15'],
    ['the declared age of a connection', { maxConnectionAge: seconds(300) }, 'max-connection-age-seconds', '300'],
    ['the pool', DATABASE, 'pool-size', '4'],
    ['the server\'s limit', DATABASE, 'max-connections', '100'],
    ['the server\'s reserve', DATABASE, 'reserved-connections', '3'],
  ])('tell %s', (_, props, name, value) => {
    expect(annotationsOf(props)).toHaveProperty([`zero-downtime/${name}`], value);
  });
});
