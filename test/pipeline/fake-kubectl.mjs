#!/usr/bin/env node
// Plays a cluster from a scenario: each answer of `get` is the next state of the object, and the last one stays.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';

const file = process.env.SCENARIO;
const scenario = JSON.parse(readFileSync(file, 'utf8'));
const args = process.argv.slice(2);
appendFileSync(process.env.CALLS, `${args.join(' ')}\n`);

function fieldOf(value, path) {
  // Keys with escaped dots, and [*].
  const keys = path.match(/(\\.|[^.[\]])+|\[\*\]/g) ?? [];
  return keys.reduce((values, key) => values.flatMap((each) => key === '[*]' ? each ?? [] : [each?.[key.replace(/\\\./g, '.')]]), [value])
    .filter((each) => each !== undefined)
    .map((each) => typeof each === 'object' ? JSON.stringify(each) : String(each)).join(' ');
}

function get() {
  const states = scenario.objects[`${args[1]}/${args[2]}`] ?? [];
  const state = states.length > 1 ? states.shift() : states[0];
  writeFileSync(file, JSON.stringify(scenario));
  if (state === 'away') {
    process.stderr.write('Unable to connect to the server\n');
    return 1;
  }
  if (state === undefined) {
    return args.includes('--ignore-not-found') ? 0 : 1;
  }
  const output = args[args.indexOf('-o') + 1];
  process.stdout.write(output === 'name' ? `${args[1]}/${args[2]}\n` : output.replace(/^jsonpath=/, '').replace(/\{([^}]*)\}/g, (_, path) => fieldOf(state, path)));
  return 0;
}

function act() {
  const name = [args.slice(0, 2).join(' '), args[0]].find((key) => key in (scenario.after ?? {}));
  const effect = name === undefined ? {} : scenario.after[name];
  Object.assign(scenario.objects, effect.objects ?? {});
  writeFileSync(file, JSON.stringify(scenario));
  return effect.code ?? 0;
}

process.exitCode = args[0] === 'get' ? get() : act();
