import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';

/** How many objects each service has. */
export const OBJECTS_A_SERVICE = 5;

/** Writes manifests of so many services as people write them: a file each, sound, by way of an Ingress. */
export function writePlainManifests(folder: string, services: number): void {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < services; index++) {
    writeFileSync(join(folder, `service-${index}.yaml`), plainManifests(`service-${index}`, 3 + index % 5));
  }
}

/** Five objects of one service. */
export function plainManifests(name: string, replicas: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels: { app: ${name}, team: shop }
spec:
  replicas: ${replicas}
  minReadySeconds: 10
  strategy: { rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 } }
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name}, team: shop } }
    spec:
      terminationGracePeriodSeconds: 40
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: ${name} } } }
      containers:
        - name: ${name}
          image: registry.example.com/${name}:2.1.0
          ports: [{ name: http, containerPort: 8080 }]
          env: [{ name: LOG_LEVEL, value: info }, { name: CONFIG, valueFrom: { configMapKeyRef: { name: ${name}, key: config } } }]
          resources: { requests: { cpu: 250m, memory: 512Mi }, limits: { memory: 512Mi } }
          lifecycle: { preStop: { sleep: { seconds: 10 } } }
          readinessProbe: { httpGet: { path: /ready, port: http }, periodSeconds: 5 }
          livenessProbe: { httpGet: { path: /live, port: http }, periodSeconds: 10, failureThreshold: 6 }
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ${name} }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: ${name} } } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name} }
data: { config: 'a: b' }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name} }
spec:
  ingressClassName: nginx
  rules:
    - host: ${name}.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }] }
`;
}
