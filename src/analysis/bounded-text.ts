/** The text of a stream of UTF-8; nothing where it has more bytes than a bound, of which no more are read. */
export async function boundedText(stream: ReadableStream<Uint8Array> | null, mostBytes: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  const reader = stream?.getReader();
  let text = '';
  let bytes = 0;
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    bytes += part.value.byteLength;
    if (bytes > mostBytes) {
      await reader?.cancel();
      return undefined;
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}
