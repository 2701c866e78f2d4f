const { join } = require('path');

require('tsconfig-paths').register({
  baseUrl: join(__dirname, '..'),
  paths: {
    'zero-downtime': ['src/index.ts'],
    'zero-downtime/pulumi': ['src/pulumi/index.ts'],
    'zero-downtime/pulumi/policy': ['src/policy/index.ts'],
  },
});
