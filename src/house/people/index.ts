/** The people of the house: accounts, sessions, keys, roles. */
import type { AnyOperation } from '#core/operation.ts'
import { changePassword, changeSelf, readSelf } from './account.ts'
import { auditTrail } from './audit.ts'
import { askEmailChange, confirmEmailChange, readEmailChange } from './email-change.ts'
import { joinIdentity, listIdentities, removeIdentity } from './identities.ts'
import { endKey, keys, makeKey } from './keys.ts'
import { beginApp, confirmApp, readFactors, removeApp, renewCodes } from './factors.ts'
import { followLink, readLink } from './follow-link.ts'
import { forgotPassword, signUp } from './links.ts'
import { accounts, manageAccount, readAccount, vouchFor } from './manage.ts'
import { challengeSignIn, signInByPasskey } from './passkey-sign-in.ts'
import { addPasskey, beginPasskey, listPasskeys, removePasskey, renamePasskey } from './passkeys.ts'
import { endByProvider, readEndAtProvider } from './provider-ended.ts'
import { beginAtProvider, openAtProvider } from './provider-sign-in.ts'
import { signIn } from './password-sign-in.ts'
import { confirmSignIn } from './second-step.ts'
import { endOtherSessions, endSession } from './end-sessions.ts'
import { sessions, signOut } from './sessions.ts'

export const peopleOperations: AnyOperation[] = [
  signUp,
  forgotPassword,
  readLink,
  followLink,
  signIn,
  confirmSignIn,
  sessions,
  signOut,
  endSession,
  endOtherSessions,
  readSelf,
  changeSelf,
  changePassword,
  readFactors,
  beginApp,
  confirmApp,
  removeApp,
  renewCodes,
  askEmailChange,
  readEmailChange,
  confirmEmailChange,
  makeKey,
  keys,
  endKey,
  listPasskeys,
  beginPasskey,
  addPasskey,
  renamePasskey,
  removePasskey,
  challengeSignIn,
  signInByPasskey,
  beginAtProvider,
  openAtProvider,
  readEndAtProvider,
  endByProvider,
  listIdentities,
  joinIdentity,
  removeIdentity,
  accounts,
  readAccount,
  manageAccount,
  vouchFor,
  auditTrail,
]
