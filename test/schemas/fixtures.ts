import { JsonObject } from '../support/manifest-finding';

const LABELS = { app: 'payments' };

export function deployment(): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'payments', namespace: 'shop', labels: { ...LABELS }, annotations: { 'example.com/owner': 'team-pay' } },
    spec: {
      replicas: 3,
      minReadySeconds: 10,
      progressDeadlineSeconds: 300,
      selector: { matchLabels: { ...LABELS } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
      template: podTemplate(),
    },
  };
}

export function podTemplate(): JsonObject {
  return {
    metadata: { labels: { ...LABELS, tier: 'backend' } },
    spec: {
      terminationGracePeriodSeconds: 60,
      containers: [container()],
      volumes: [{ name: 'config', configMap: { name: 'payments-config' } }],
      topologySpreadConstraints: [{
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { ...LABELS } },
        matchLabelKeys: ['pod-template-hash'],
      }],
    },
  };
}

function container(): JsonObject {
  return {
    name: 'payments',
    image: 'registry.example.com/payments:1.4.2',
    ports: [{ name: 'http', containerPort: 8080 }, { name: 'metrics', containerPort: 9090, protocol: 'TCP' }],
    env: [{ name: 'LOG_LEVEL', value: 'info' }, { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    volumeMounts: [{ name: 'config', mountPath: '/etc/payments' }],
    livenessProbe: { httpGet: { path: '/live', port: 'http' }, periodSeconds: 10, failureThreshold: 3 },
    readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 5, successThreshold: 2 },
    startupProbe: { tcpSocket: { port: 8080 }, periodSeconds: 2, failureThreshold: 30 },
    lifecycle: { preStop: { exec: { command: ['sleep', '15'] } } },
  };
}

export function statefulSet(): JsonObject {
  const template = podTemplate();
  (template.spec as JsonObject).volumes = [{ name: 'config', configMap: { name: 'payments-config' } }];
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'ledger' },
    spec: {
      serviceName: 'ledger',
      selector: { matchLabels: { ...LABELS } },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      template,
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }],
    },
  };
}

export function daemonSet(): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent' },
    spec: {
      selector: { matchLabels: { ...LABELS } },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
      template: podTemplate(),
    },
  };
}

export function cronJob(): JsonObject {
  const template = podTemplate();
  (template.spec as JsonObject).restartPolicy = 'OnFailure';
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'settle' },
    spec: { schedule: '0 3 * * *', jobTemplate: { spec: { backoffLimit: 2, template } } },
  };
}

export function rollout(): JsonObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'payments' },
    spec: {
      selector: { matchLabels: { ...LABELS } },
      strategy: { canary: { maxSurge: 1, maxUnavailable: 0, steps: [{ setWeight: 20 }, { pause: { duration: '5m' } }] } },
      template: podTemplate(),
    },
  };
}

export function service(): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'payments' },
    spec: {
      selector: { ...LABELS },
      ports: [{ name: 'http', port: 80, targetPort: 'http' }, { name: 'metrics', port: 9090, targetPort: 9090, appProtocol: 'http' }],
    },
  };
}

export function podDisruptionBudget(): JsonObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'payments' },
    spec: { maxUnavailable: '25%', selector: { matchLabels: { ...LABELS } }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  };
}

export function horizontalPodAutoscaler(): JsonObject {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'payments' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'payments' },
      minReplicas: 3,
      maxReplicas: 10,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
      behavior: {
        scaleDown: { stabilizationWindowSeconds: 300, selectPolicy: 'Min', policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }] },
      },
    },
  };
}

export function ingress(): JsonObject {
  const backend = { service: { name: 'payments', port: { name: 'http' } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'payments' },
    spec: {
      ingressClassName: 'alb',
      tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
      rules: [{ host: 'shop.example.com', http: { paths: [{ path: '/payments', pathType: 'Prefix', backend }] } }],
    },
  };
}

export function configMap(): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'payments-config' },
    data: { 'application.yaml': 'level: info' },
    binaryData: { logo: 'AAEC' },
  };
}

export function virtualService(): JsonObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'payments' },
    spec: {
      hosts: ['payments'],
      http: [{
        match: [{ uri: { prefix: '/v2' } }],
        route: [{ destination: { host: 'payments', subset: 'stable', port: { number: 80 } }, weight: 100 }],
        retries: { attempts: 2, perTryTimeout: '2s', retryOn: 'connect-failure' },
        timeout: '10s',
      }],
    },
  };
}

export function destinationRule(): JsonObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: 'payments' },
    spec: {
      host: 'payments',
      trafficPolicy: {
        loadBalancer: { simple: 'LEAST_REQUEST', warmup: { duration: '60s' } },
        connectionPool: { http: { http2MaxRequests: 1000, idleTimeout: '30s' } },
        outlierDetection: { consecutive5xxErrors: 5, interval: '10s', baseEjectionTime: '30s' },
      },
      subsets: [{ name: 'stable', labels: { version: 'v1' } }],
    },
  };
}

export function httpRoute(): JsonObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'payments' },
    spec: {
      parentRefs: [{ name: 'public' }],
      hostnames: ['shop.example.com'],
      rules: [{
        matches: [{ path: { type: 'PathPrefix', value: '/payments' } }],
        backendRefs: [{ name: 'payments', port: 80, weight: 90 }, { name: 'payments-canary', port: 80, weight: 10 }],
        timeouts: { request: '10s' },
      }],
    },
  };
}
