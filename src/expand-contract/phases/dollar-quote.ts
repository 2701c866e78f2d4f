/** A body of a function as SQL, in a dollar quote that nothing in it ends. */
export function dollarQuoted(body: string): string {
  let tag = '$zd$';
  for (let count = 1; body.includes(tag.slice(0, -1)); count += 1) {
    tag = `$zd${count}$`;
  }
  return `${tag}\n${body}\n${tag}`;
}
