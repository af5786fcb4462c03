import { issueToWallet } from './issue-to-wallet.ts'
import { readIssuerMetadata, readServerMetadata } from './metadata.ts'
import { readNonce } from './nonce.ts'
import { offerToWallet, readOffer } from './offer.ts'
import { redeemCode } from './token.ts'

export const walletOperations = [
  offerToWallet,
  readOffer,
  redeemCode,
  readNonce,
  issueToWallet,
  readIssuerMetadata,
  readServerMetadata,
]
