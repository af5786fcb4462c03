/**
 * Files that the operator has checked out, such as the metadata file of a Git repository, as documents of a source. They are named by
 * `folder:///checkout/metadata.json`, below the one folder that the setting names; links that lead out of it are not followed.
 */
import { createHash } from 'node:crypto'
import type { Services } from '#kernel/context.ts'
import { openFolder } from '#kernel/folder.ts'
import { Problem } from '#kernel/problem.ts'

declare module '#kernel/context.ts' {
  interface Services {
    /** The folder whose files can be harvested; empty: none. */
    harvestFolder: string
  }
}

const longestFile = 20 * 1024 * 1024
type Read = { unchanged: true } | { answered: { bytes: Uint8Array; contentType: string; etag: string } }

export const isInFolder = (address: string): boolean => address.startsWith('folder:///')

/** The folder for a client of a source; none where the source is no file in it. */
export const folderFor = ({ harvestFolder }: Pick<Services, 'harvestFolder'>, address: string): string | undefined =>
  isInFolder(address) ? harvestFolder : undefined

/** @throws Problem harvestFolderUnset, fileNotFound, fileTooLarge */
export async function fromFolder(folder: string, address: string, etag?: string | null): Promise<Read> {
  if (folder === '') throw new Problem('harvestFolderUnset', {})
  const name = decodeURIComponent(new URL(address).pathname.slice(1))
  const files = await openFolder(folder, { fileBytes: longestFile, files: 1, lineCharacters: longestFile })
  const bytes = await files.bytes(name)
  const digest = createHash('sha256').update(bytes).digest('hex')
  return digest === etag ? { unchanged: true } : { answered: { bytes, contentType: '', etag: digest } }
}
