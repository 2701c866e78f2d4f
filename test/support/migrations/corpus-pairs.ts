import type { CaseGroup } from './corpus';

/** A sequence of numbers that is the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const ONE_COMMAND = /^ALTER TABLE (?:ONLY )?(\w+) ((?:ADD|ALTER|DROP|SET|VALIDATE|ENABLE|DISABLE|REPLICA|CLUSTER|OWNER|FORCE|RESET)\b[^]*)$/;

/** Commands of ALTER TABLE by table; what stands alone by the grammar, or holds several, is left out. */
function commandsOf({ statements }: CaseGroup): ReadonlyMap<string, readonly string[]> {
  const commands = new Map<string, string[]>();
  for (const statement of statements) {
    const [, table, command] = ONE_COMMAND.exec(statement) ?? [];
    if (command !== undefined && !/, (ADD|ALTER|DROP|VALIDATE) |PARTITION|SET SCHEMA|missing/.test(command)) {
      commands.set(table, [...commands.get(table) ?? [], command]);
    }
  }
  return commands;
}

/** Pairs of commands in one statement, drawn by chance from what stands alone in a corpus: nobody has looked at them one by one. */
export function pairsOf(corpus: readonly CaseGroup[], perGroup = 25): readonly CaseGroup[] {
  const next = numbers(20_260_101);
  return corpus.flatMap((group) => {
    const commands = [...commandsOf(group)].filter(([, all]) => all.length > 3);
    const any = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)];
    const statements = commands.length === 0 ? [] : Array.from({ length: perGroup }, () => {
      const [table, all] = any(commands);
      return `ALTER TABLE ${table} ${any(all)}, ${any(all)}`;
    });
    return statements.length === 0 ? [] : [{ name: `pairs of ${group.name}`, given: group.given, statements: [...new Set(statements)] }];
  });
}
