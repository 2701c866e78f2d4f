import * as pulumi from '@pulumi/pulumi';
import { Database, Duration, Env, EnvFrom, Health, LoadBalancerScheme, Replicas, Size, Traffic, ZeroDowntimeService } from 'zero-downtime/pulumi';
import { retailService } from './retail-service';
import { credentials, namespaceOf } from './surroundings';

const JVM = { JAVA_OPTS: '-XX:MaxRAMPercentage=75.0 -Djava.security.egd=file:/dev/urandom' };
const SPRING_HEALTH = Health.http({ readiness: '/actuator/health/readiness', liveness: '/actuator/health/liveness' });
// These programs have one path for every question. As a liveness probe it would restart pods for a lost database.
const PLAIN_HEALTH = Health.http({ readiness: '/health' });

/** The store, and what customers see of it. */
export interface Store {
  readonly services: readonly ZeroDowntimeService[];
  readonly ui: ZeroDowntimeService;
}

/** Declares the five services of the store, those that others call first. */
export function declareStore(): Store {
  const config = new pulumi.Config();
  const catalog = declareCatalog(config.requireSecret('catalogPassword'));
  const carts = declareCarts(config.requireSecret('cartsSecretKey'));
  const orders = declareOrders(config.requireSecret('ordersPassword'));
  const checkout = retailService('checkout', {
    namespace: namespaceOf('checkout'),
    imageName: 'checkout',
    health: PLAIN_HEALTH,
    startsWithin: Duration.seconds(30),
    memory: Size.mebibytes(512),
    metricsPath: '/metrics',
    config: {
      RETAIL_CHECKOUT_PERSISTENCE_PROVIDER: 'redis',
      RETAIL_CHECKOUT_PERSISTENCE_REDIS_URL: 'redis://checkout-redis:6379',
      RETAIL_CHECKOUT_ENDPOINTS_ORDERS: pulumi.interpolate`http://${orders.host}:80`,
    },
  });
  const ui = declareUi({ catalog, carts, orders, checkout });
  return { services: [catalog, carts, orders, checkout, ui], ui };
}

function declareCatalog(password: pulumi.Input<string>): ZeroDowntimeService {
  const namespace = namespaceOf('catalog');
  const login = credentials('catalog-db', namespace, {
    RETAIL_CATALOG_PERSISTENCE_USER: 'catalog', RETAIL_CATALOG_PERSISTENCE_PASSWORD: password,
  });
  return retailService('catalog', {
    namespace,
    imageName: 'catalog',
    health: PLAIN_HEALTH,
    startsWithin: Duration.seconds(30),
    memory: Size.mebibytes(512),
    metricsPath: '/metrics',
    config: {
      RETAIL_CATALOG_PERSISTENCE_PROVIDER: 'mysql',
      RETAIL_CATALOG_PERSISTENCE_ENDPOINT: 'catalog-mysql:3306',
      RETAIL_CATALOG_PERSISTENCE_DB_NAME: 'catalog',
    },
    envFrom: [EnvFrom.secret(login)],
    database: Database.mysql({ poolSize: 10, maxConnections: 151 }),
  });
}

function declareCarts(secretKey: pulumi.Input<string>): ZeroDowntimeService {
  const namespace = namespaceOf('carts');
  const login = credentials('carts-dynamodb', namespace, { AWS_ACCESS_KEY_ID: 'carts', AWS_SECRET_ACCESS_KEY: secretKey });
  return retailService('carts', {
    namespace,
    imageName: 'cart',
    health: SPRING_HEALTH,
    startsWithin: Duration.seconds(45),
    memory: Size.gibibytes(1),
    metricsPath: '/actuator/prometheus',
    env: JVM,
    config: {
      RETAIL_CART_PERSISTENCE_PROVIDER: 'dynamodb',
      RETAIL_CART_PERSISTENCE_DYNAMODB_TABLE_NAME: 'Items',
      RETAIL_CART_PERSISTENCE_DYNAMODB_ENDPOINT: 'http://carts-dynamodb:8000',
    },
    envFrom: [EnvFrom.secret(login)],
  });
}

function declareOrders(password: pulumi.Input<string>): ZeroDowntimeService {
  const namespace = namespaceOf('orders');
  const login = credentials('orders-db', namespace, {
    RETAIL_ORDERS_PERSISTENCE_USERNAME: 'orders', RETAIL_ORDERS_PERSISTENCE_PASSWORD: password,
  });
  return retailService('orders', {
    namespace,
    imageName: 'orders',
    health: SPRING_HEALTH,
    startsWithin: Duration.seconds(45),
    memory: Size.gibibytes(1),
    metricsPath: '/actuator/prometheus',
    env: {
      ...JVM,
      RETAIL_ORDERS_PERSISTENCE_USERNAME: Env.secretKey(login, 'RETAIL_ORDERS_PERSISTENCE_USERNAME'),
      RETAIL_ORDERS_PERSISTENCE_PASSWORD: Env.secretKey(login, 'RETAIL_ORDERS_PERSISTENCE_PASSWORD'),
    },
    config: {
      RETAIL_ORDERS_PERSISTENCE_PROVIDER: 'postgres',
      RETAIL_ORDERS_PERSISTENCE_ENDPOINT: 'orders-postgresql:5432',
      RETAIL_ORDERS_PERSISTENCE_NAME: 'orders',
    },
    replicas: Replicas.autoscaled({ min: 2, max: 4, cpuPercent: 70 }),
    // PostgreSQL 16 takes 100 connections unless it is told otherwise.
    database: Database.postgres({ poolSize: 9, maxConnections: 100 }),
  });
}

function declareUi(backends: Record<'catalog' | 'carts' | 'orders' | 'checkout', ZeroDowntimeService>): ZeroDowntimeService {
  return retailService('ui', {
    // So that a pod is ready only once the load balancer finds it healthy.
    namespace: namespaceOf('ui', { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' }),
    imageName: 'ui',
    health: SPRING_HEALTH,
    startsWithin: Duration.seconds(45),
    memory: Size.mebibytes(1536),
    metricsPath: '/actuator/prometheus',
    env: {
      ...JVM,
      METADATA_KUBERNETES_POD_NAME: Env.field('metadata.name'),
      METADATA_KUBERNETES_NAMESPACE: Env.field('metadata.namespace'),
      METADATA_KUBERNETES_NODE_NAME: Env.field('spec.nodeName'),
    },
    config: Object.fromEntries(Object.entries(backends).map(([name, { host }]) =>
      [`RETAIL_UI_ENDPOINTS_${name.toUpperCase()}`, pulumi.interpolate`http://${host}:80`])),
    replicas: Replicas.autoscaled({ min: 3, max: 12, cpuPercent: 70 }),
    traffic: [Traffic.awsLoadBalancer({ hosts: ['store.example.com'], scheme: LoadBalancerScheme.INTERNET_FACING })],
  });
}
