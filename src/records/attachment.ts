/** The pictures and documents that a body names, and their address. */
export type Attachment = {
  file: string
  name: string
  mediaType: string
  bytes: number
  width?: number
  height?: number
  title?: Record<string, string>
  alternative?: Record<string, string>
  licence?: string
  credit?: string
}

/** Those of a draft too, which programs may have filled with anything. */
export function attachmentsIn(body: unknown): Attachment[] {
  const { attachments } = body as { attachments?: unknown }
  return Array.isArray(attachments) ? attachments.filter(isAttachment) : []
}

const isAttachment = (value: unknown): value is Attachment => {
  const { file, name, mediaType, bytes } = (value ?? {}) as Partial<Record<keyof Attachment, unknown>>
  return [file, name, mediaType].every((one) => typeof one === 'string') && typeof bytes === 'number'
}

export const isPicture = ({ mediaType }: Pick<Attachment, 'mediaType'>): boolean => mediaType.startsWith('image/')

/** `draft`: for those who may see the draft that names it. */
export const fileAddress = ({ file, name }: Pick<Attachment, 'file' | 'name'>, draft?: string): string =>
  `/files/${file}/${encodeURIComponent(name)}${draft ? `?draft=${draft}` : ''}`
