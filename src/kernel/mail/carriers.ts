/** Ways for e-mails to leave: through an SMTP server, or as files that an operator reads. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport, type SentMessageInfo, type Transporter } from 'nodemailer'
import { writeDurably } from '../durable-write.ts'
import { isAddress, withoutAddress } from '../personal-data.ts'
import type { Carrier, Letter } from './mail.ts'
import { flowedText, unwrapped, wrapped } from './wrap.ts'

const timeoutMs = 20_000
const greetingMs = 5_000
const ownerOnly = 0o600

/** One press in a mail program stops such e-mails (RFC 2369 §3.2, RFC 8058 §3.1). */
const listHeaders = ({ unsubscribe }: Letter): Record<string, string> =>
  unsubscribe
    ? { 'List-Unsubscribe': `<${inLine(unsubscribe)}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
    : {}

/** The sender as it is written in a message (RFC 5322 §3.4): the name that was given, else that of the site. */
export const senderOf = ({ mailFrom, siteName }: { mailFrom: string; siteName: string }): string =>
  mailFrom.includes('<') ? mailFrom : `"${siteName.replaceAll(/["\\\r\n]/g, '')}" <${mailFrom}>`

const said = (from: string | (() => string)) => (typeof from === 'string' ? from : from())

const messageOf = (letter: Letter, from: string) => ({
  from,
  // As an address object: what stands in it is never read as a list of addresses or as headers.
  to: { name: '', address: letter.to },
  subject: letter.subject,
  // Not as `text`, whose type the library sets itself.
  alternatives: [{ contentType: flowedText, content: wrapped(letter.text, letter.language) }],
  headers: {
    'Content-Language': letter.language,
    'Auto-Submitted': 'auto-generated',
    ...listHeaders(letter),
  },
  disableFileAccess: true,
  disableUrlAccess: true,
  textEncoding: 'quoted-printable' as const,
})

/** `smtp://user:password@host:587`, `smtps://…` (RFC 5321); TLS wherever the server offers it. */
export function bySmtp(address: string, from: string | (() => string)): Carrier {
  const transport: Transporter<SentMessageInfo> = createTransport(address, {
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  } as object)
  return async (letter) => void (await transport.sendMail(messageOf(letter, said(from))))
}

/** Whether the server lets us in. @throws what it says, where it does not. */
export async function greetServer(address: string): Promise<void> {
  const transport: Transporter<SentMessageInfo> = createTransport(address, {
    connectionTimeout: greetingMs,
    greetingTimeout: greetingMs,
    socketTimeout: greetingMs,
  } as object)
  await transport.verify()
  transport.close()
}

/** What stands in a header ends with its line. */
const inLine = (text: string) => text.replaceAll(/[\r\n\0]+/g, ' ')

/** As a message whose headers and text are plain UTF-8 (RFC 6532), so that an operator reads it with anything. */
const plainMessage = (letter: Letter, from: string, at: Date): string => {
  const { to, subject, text, language } = letter
  return [
    `From: ${inLine(from)}`,
    `To: ${inLine(to)}`,
    `Subject: ${inLine(subject)}`,
    `Date: ${at.toUTCString()}`,
    'MIME-Version: 1.0',
    `Content-Type: ${flowedText}`,
    'Content-Transfer-Encoding: 8bit',
    `Content-Language: ${inLine(language)}`,
    ...Object.entries(listHeaders(letter)).map(([name, value]) => `${name}: ${value}`),
    '',
    wrapped(text, language).replaceAll('\n', '\r\n'),
  ].join('\r\n')
}

/** Into a folder, a file each, for nodes without a mail server and for trying out. */
export function intoFolder(folder: string, from: string | (() => string), now: () => Date): Carrier {
  return async (letter) => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const name = `${String(letter.number).padStart(6, '0')}.eml`
    await writeFile(join(folder, `.${name}`), plainMessage(letter, said(from), now()), { mode: ownerOnly })
    await rename(join(folder, `.${name}`), join(folder, name))
  }
}

const toLine = /^To: (.*?)\r?$/m

const languageLine = /^Content-Language: (.*?)\r?$/m
const headEnd = '\r\n\r\n'

/** Files of letters to an address go, and what marks their owner goes from those to others, also where a line was broken in it. */
export async function forgetInFolder(folder: string, email: string, marks: readonly string[]): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((one) => one.endsWith('.eml'))) {
    const path = join(folder, name)
    const message = await readFile(path, 'utf8')
    if (isAddress(toLine.exec(message)?.[1] ?? '', email)) {
      await rm(path, { force: true })
      continue
    }
    const [head = '', ...body] = message.split(headEnd)
    const text = unwrapped(body.join(headEnd).replaceAll('\r\n', '\n'))
    const [headRest, rest] = [marks.reduce(withoutAddress, head), marks.reduce(withoutAddress, text)]
    if (headRest === head && rest === text) continue
    const lines = wrapped(rest, languageLine.exec(head)?.[1] ?? 'en').replaceAll('\n', '\r\n')
    await writeDurably(path, headRest + headEnd + lines, ownerOnly)
  }
}
