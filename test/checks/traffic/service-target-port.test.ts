import { service, workload } from './manifests';
import { documents, pathsOf, told } from './told';
import { SERVICE_TARGET_PORT_MISSING } from '../../../src/checks/traffic/service-target-port-missing';
import { SERVICE_TARGET_PORT_UNDECLARED } from '../../../src/checks/traffic/service-target-port-undeclared';

const to = (targetPort: string, more = '') => documents(workload('cart'), service('cart', { ports: `{ port: 80, targetPort: ${targetPort}${more} }` }));

describe('service-target-port-missing', () => {
  test('tells the name, the port without endpoints, and the ports that there are', () => {
    expect(told(SERVICE_TARGET_PORT_MISSING, to('web'))).toEqual([{
      object: 'Service shop/cart',
      path: 'spec.ports[0].targetPort',
      message: 'targetPort web is the name of no TCP port of Deployment cart, so port 80 has no endpoint among its pods',
      actual: 'web',
      required: 'one of http (8080)',
      fix: 'name the container\'s port web, or set targetPort to the number that it listens on',
    }]);
  });

  test.each([['the name of a port', to('http')], ['a number', to('9999')], ['a Service whose pods are not read', service('cart')]])('is silent for %s', (_case, yaml) => {
    expect(told(SERVICE_TARGET_PORT_MISSING, yaml)).toEqual([]);
  });

  test('where no port is declared any must be', () => {
    const none = to('web').replace('ports: [{ name: http, containerPort: 8080 }]', 'ports: []');
    expect(told(SERVICE_TARGET_PORT_MISSING, none).map(({ required }) => required)).toEqual(['a declared port']);
  });

  test('the protocol must be the same', () => {
    expect(pathsOf(SERVICE_TARGET_PORT_MISSING, to('http', ', protocol: UDP'))).toEqual(['Service shop/cart spec.ports[0].targetPort']);
  });

  test('a native sidecar may declare the port, an init container that ends may not', () => {
    const init = (policy: string) => documents(workload('cart', { pod: `initContainers: [{ name: proxy, ${policy} ports: [{ name: web, containerPort: 9000 }] }]` }),
      service('cart', { ports: '{ port: 80, targetPort: web }' }));
    expect(told(SERVICE_TARGET_PORT_MISSING, init('restartPolicy: Always,'))).toEqual([]);
    expect(pathsOf(SERVICE_TARGET_PORT_MISSING, init(''))).toEqual(['Service shop/cart spec.ports[0].targetPort']);
  });
});

describe('service-target-port-undeclared', () => {
  test('tells the number, and the ports that are declared', () => {
    expect(told(SERVICE_TARGET_PORT_UNDECLARED, to('80'))).toEqual([{
      object: 'Service shop/cart',
      path: 'spec.ports[0].targetPort',
      message: 'port 80 targets TCP port 80, which no container of Deployment cart declares: if none listens there, connections are refused',
      actual: '80',
      required: 'one of http (8080)',
      fix: 'set targetPort to the port that the container listens on, or declare that port in the container',
    }]);
  });

  test('a port without targetPort targets its own number', () => {
    const plain = documents(workload('cart'), service('cart', { ports: '{ port: 80 }, { port: 8080 }' }));
    expect(pathsOf(SERVICE_TARGET_PORT_UNDECLARED, plain)).toEqual(['Service shop/cart spec.ports[0].port']);
  });

  test('a declared number, a name, and containers that declare nothing are no finding', () => {
    expect(told(SERVICE_TARGET_PORT_UNDECLARED, to('8080'))).toEqual([]);
    expect(told(SERVICE_TARGET_PORT_UNDECLARED, to('web'))).toEqual([]);
    expect(told(SERVICE_TARGET_PORT_UNDECLARED, to('80').replace(/ports: \[\{ name: http, containerPort: 8080 \}\]/, 'image: main:1.0.0').replace('image: main:1.0.0, ', ''))).toEqual([]);
  });
});
