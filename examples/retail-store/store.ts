import { App, Duration, Size } from 'cdk8s';
import { Database, Env, EnvFrom, External, Health, LoadBalancerScheme, Replicas, Traffic, ZeroDowntimeService } from 'zero-downtime';
import { retailService } from './retail-service';

const JVM = { JAVA_OPTS: Env.value('-XX:MaxRAMPercentage=75.0 -Djava.security.egd=file:/dev/urandom') };
const SPRING_HEALTH = Health.http({ readiness: '/actuator/health/readiness', liveness: '/actuator/health/liveness' });
// These programs have one path for every question. As a liveness probe it would restart pods for a lost database.
const PLAIN_HEALTH = Health.http({ readiness: '/health' });

/** Declares the five services of the store, those that others call first. */
export function declareStore(app: App): ZeroDowntimeService[] {
  const catalog = retailService(app, 'catalog', {
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
    envFrom: [EnvFrom.secret('catalog-db')],
    externals: [External.secret('catalog-db')],
    database: Database.mysql({ poolSize: 10, maxConnections: 151 }),
  });
  const carts = retailService(app, 'carts', {
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
    envFrom: [EnvFrom.secret('carts-dynamodb')],
    externals: [External.secret('carts-dynamodb', ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])],
  });
  const orders = retailService(app, 'orders', {
    imageName: 'orders',
    health: SPRING_HEALTH,
    startsWithin: Duration.seconds(45),
    memory: Size.gibibytes(1),
    metricsPath: '/actuator/prometheus',
    env: {
      ...JVM,
      RETAIL_ORDERS_PERSISTENCE_USERNAME: Env.secretKey('orders-db', 'RETAIL_ORDERS_PERSISTENCE_USERNAME'),
      RETAIL_ORDERS_PERSISTENCE_PASSWORD: Env.secretKey('orders-db', 'RETAIL_ORDERS_PERSISTENCE_PASSWORD'),
    },
    config: {
      RETAIL_ORDERS_PERSISTENCE_PROVIDER: 'postgres',
      RETAIL_ORDERS_PERSISTENCE_ENDPOINT: 'orders-postgresql:5432',
      RETAIL_ORDERS_PERSISTENCE_NAME: 'orders',
    },
    externals: [External.secret('orders-db', ['RETAIL_ORDERS_PERSISTENCE_USERNAME', 'RETAIL_ORDERS_PERSISTENCE_PASSWORD'])],
    replicas: Replicas.autoscaled({ min: 2, max: 4, cpuPercent: 70 }),
    // PostgreSQL 16 takes 100 connections unless it is told otherwise.
    database: Database.postgres({ poolSize: 9, maxConnections: 100 }),
  });
  const checkout = retailService(app, 'checkout', {
    imageName: 'checkout',
    health: PLAIN_HEALTH,
    startsWithin: Duration.seconds(30),
    memory: Size.mebibytes(512),
    metricsPath: '/metrics',
    config: {
      RETAIL_CHECKOUT_PERSISTENCE_PROVIDER: 'redis',
      RETAIL_CHECKOUT_PERSISTENCE_REDIS_URL: 'redis://checkout-redis:6379',
      RETAIL_CHECKOUT_ENDPOINTS_ORDERS: `http://${orders.host}:80`,
    },
  });
  const ui = declareUi(app, { catalog, carts, orders, checkout });
  return [catalog, carts, orders, checkout, ui];
}

function declareUi(app: App, backends: Record<'catalog' | 'carts' | 'orders' | 'checkout', ZeroDowntimeService>): ZeroDowntimeService {
  return retailService(app, 'ui', {
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
      [`RETAIL_UI_ENDPOINTS_${name.toUpperCase()}`, `http://${host}:80`])),
    replicas: Replicas.autoscaled({ min: 3, max: 12, cpuPercent: 70 }),
    traffic: [Traffic.awsLoadBalancer({ hosts: ['store.example.com'], scheme: LoadBalancerScheme.INTERNET_FACING })],
  });
}
