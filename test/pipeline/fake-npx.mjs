#!/usr/bin/env node
// Plays the program's commands: each ends with the next code of the scenario, 0 where it names none.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';

const scenario = JSON.parse(readFileSync(process.env.SCENARIO, 'utf8'));
const args = process.argv.slice(2).filter((arg) => arg !== '--no-install');
appendFileSync(process.env.CALLS, `${args.join(' ')}\n`);
const codes = scenario.after?.[args[1]]?.codes ?? [];
process.exitCode = codes.shift() ?? 0;
writeFileSync(process.env.SCENARIO, JSON.stringify(scenario));
