/** Ways for letters to leave: through an SMTP server, or as files that an operator reads. */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport, type SentMessageInfo, type Transporter } from 'nodemailer'
import type { Carrier, Letter } from './mail.ts'

const timeoutMs = 20_000
const ownerOnly = 0o600

const messageOf = ({ to, subject, text, language }: Letter, from: string) => ({
  from,
  // As an address object: what stands in it is never read as a list of addresses or as headers.
  to: { name: '', address: to },
  subject,
  text,
  headers: { 'Content-Language': language, 'Auto-Submitted': 'auto-generated' },
  disableFileAccess: true,
  disableUrlAccess: true,
})

/** `smtp://user:password@host:587`, `smtps://…` (RFC 5321); TLS wherever the server offers it. */
export function bySmtp(address: string, from: string): Carrier {
  const transport: Transporter<SentMessageInfo> = createTransport(address, {
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  } as object)
  return async (letter) => void (await transport.sendMail(messageOf(letter, from)))
}

/** Into a folder, a file each (RFC 5322), for houses without a mail server and for trying out. */
export function intoFolder(folder: string, from: string): Carrier {
  const transport = createTransport({ streamTransport: true, buffer: true })
  return async (letter) => {
    const { message } = await transport.sendMail(messageOf(letter, from))
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const name = `${String(letter.number).padStart(6, '0')}.eml`
    await writeFile(join(folder, `.${name}`), message as Buffer, { mode: ownerOnly })
    await rename(join(folder, `.${name}`), join(folder, name))
  }
}
