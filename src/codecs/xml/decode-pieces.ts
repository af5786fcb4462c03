import { Problem } from '#kernel/problem.ts'

const declaration = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']/

/** Bytes that a declaration stands in. */
const head = 300

/** By its byte-order mark, else by its declaration, else UTF-8 (XML 1.0 §4.3.3 and appendix F). */
function encodingOf(first: Uint8Array): string {
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be'
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le'
  return declaration.exec(new TextDecoder('latin1').decode(first.subarray(0, head)))?.[1] ?? 'utf-8'
}

function decoderFor(label: string, file: string): TextDecoder {
  try {
    return new TextDecoder(label, { fatal: true })
  } catch (cause) {
    throw new Problem('encodingUnknown', { file, encoding: label }, { cause })
  }
}

/**
 * The text of an XML file that comes in pieces. Bytes that are none of its encoding are never replaced.
 * @throws Problem encodingUnknown, wrongEncoding
 */
export async function* decodePieces(chunks: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  let encoding = ''
  const open = (first: Uint8Array) => {
    encoding = encodingOf(first)
    decoder = decoderFor(encoding, file)
    return first
  }
  const read = (chunk?: Uint8Array) => {
    try {
      return chunk ? decoder!.decode(chunk, { stream: true }) : decoder!.decode()
    } catch (cause) {
      throw new Problem('wrongEncoding', { file, encoding }, { cause })
    }
  }
  // What the encoding is told by may come in pieces.
  let begun = new Uint8Array()
  for await (const chunk of chunks) {
    if (decoder) {
      yield read(chunk)
      continue
    }
    begun = Buffer.concat([begun, chunk])
    if (begun.length >= head) yield read(open(begun))
  }
  if (!decoder && begun.length > 0) yield read(open(begun))
  if (decoder) yield read()
}
