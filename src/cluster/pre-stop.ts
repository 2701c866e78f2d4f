import type { Field } from '../reading/field';

/** A preStop hook, and how long it holds SIGTERM back as far as that can be read. */
export interface PreStop {
  readonly field: Field;
  readonly kind: 'sleep' | 'exec' | 'httpGet' | 'none';
  /** How long it waits at least; nothing where its length cannot be read (a script, a request). */
  readonly sleepSeconds?: number;
  /** The field that says the length. */
  readonly lengthField: Field;
}

/** Reads `lifecycle.preStop`, or nothing where none is written. */
export function preStopOf(field: Field): PreStop | undefined {
  if (!field.exists) {
    return undefined;
  }
  if (field.get('sleep').exists) {
    const lengthField = field.get('sleep', 'seconds');
    return { field, kind: 'sleep', sleepSeconds: lengthField.amount() ?? 0, lengthField };
  }
  if (field.get('exec').exists) {
    const lengthField = field.get('exec', 'command');
    return { field, kind: 'exec', sleepSeconds: sleepOfCommand(lengthField.items().map((item) => item.string() ?? '')), lengthField };
  }
  return { field, kind: field.get('httpGet').exists ? 'httpGet' : 'none', lengthField: field };
}

const SHELL = /^(?:.*\/)?(?:sh|bash|ash|dash|zsh)$/;
const BUSYBOX = /^(?:.*\/)?busybox$/;
const SLEEP = /^(?:.*\/)?sleep$/;
const UNITS: Readonly<Record<string, number>> = { '': 1, 's': 1, 'm': 60, 'h': 3600, 'd': 86400 };

/** The seconds that a command sleeps, where that can be read from it with certainty. */
function sleepOfCommand(command: readonly string[]): number | undefined {
  const words = BUSYBOX.test(command[0] ?? '') ? command.slice(1) : command;
  if (SLEEP.test(words[0] ?? '')) {
    return sumOfLengths(words.slice(1));
  }
  return SHELL.test(words[0] ?? '') ? sleepOfScript(scriptOf(words.slice(1)) ?? '') : undefined;
}

/** What follows `-c`; nothing where the shell is told to run a file, or to stop at the first command that fails. */
function scriptOf([option, ...rest]: readonly string[]): string | undefined {
  if (option === '-o' && rest[0] === 'pipefail') {
    return scriptOf(rest.slice(1));
  }
  return /^-[lux]*c$/.test(option ?? '') ? rest[0] : /^-[lux]+$/.test(option ?? '') ? scriptOf(rest) : undefined;
}

/** Whatever may skip, repeat or hide a command: expansions, redirections, quotes that separate, what runs beside, what is no syntax. */
const UNCERTAIN_SIGNS = /[$`\\(){}|<>*?~!'"#[\]]|[^ -~\t\n]|(?<!&)&(?!&)|&&&|(?:^|[;\n])[ \t]*;/;
/** Words after which a command that follows need not run, or not once. */
const UNCERTAIN_WORDS = /(?:^|[\s;&])(?:if|while|for|until|case|select|exit|exec|kill|return|set|trap|wait|eval|source|alias|\.)(?=$|[\s;&])/;
const COMMENTS = /(?:^|[ \t])#.*$/gm;
const QUOTED_WORDS = /(?<=[ \t])(?:'[^';&|#\n]*'|"[^"';&|#$`\\\n]*")(?=[ \t;&\n]|$)/g;

/** Sleeps in a script are added where it is a plain list of commands, each sleep sure to be reached; nothing else is judged. */
function sleepOfScript(script: string): number | undefined {
  const plain = script.replace(COMMENTS, '').replace(QUOTED_WORDS, 'word');
  const sleeps = plain.split(/;|\n/).flatMap((list) => sleepsOfList(list.split('&&').map((text) => text.trim().split(/[ \t]+/))));
  const isPlain = !UNCERTAIN_SIGNS.test(plain) && !UNCERTAIN_WORDS.test(plain);
  return isPlain && sleeps.length > 0 && !sleeps.includes(undefined) ? sleeps.reduce<number>((sum, length) => sum + (length ?? 0), 0) : undefined;
}

/** Each command runs where the one before succeeds, as a sleep does and any other may not. */
function sleepsOfList(commands: readonly (readonly string[])[]): (number | undefined)[] {
  const isSleep = commands.map(([name]) => SLEEP.test(name));
  const surelyReached = isSleep.includes(false) ? isSleep.indexOf(false) : commands.length;
  return commands.flatMap(([name, ...lengths], index) => {
    const isMissing = name === '' && commands.length > 1;
    return isMissing ? [undefined] : !isSleep[index] ? [] : [index < surelyReached ? sumOfLengths(lengths) : undefined];
  });
}

function sumOfLengths(lengths: readonly string[]): number | undefined {
  const seconds = lengths.map((text) => {
    const match = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text);
    return match ? Number(match[1]) * UNITS[match[2]] : NaN;
  });
  const sum = seconds.reduce((total, length) => total + length, 0);
  return lengths.length > 0 && Number.isFinite(sum) ? Math.floor(sum) : undefined;
}
