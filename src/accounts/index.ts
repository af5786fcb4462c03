/** The people of the node: accounts, sessions, keys, roles. */
import type { AnyOperation } from '#kernel/operation.ts'
import { changePassword, changeSelf, readSelf } from './account.ts'
import { auditTrail } from './audit.ts'
import { askEmailChange, confirmEmailChange, readEmailChange } from './email-change.ts'
import { joinIdentity, listIdentities, removeIdentity } from './identities.ts'
import { endKey, keys, makeKey } from './keys.ts'
import { beginApp, confirmApp, readFactors, removeApp, renewCodes } from './factors.ts'
import { followLink, readLink } from './follow-link.ts'
import { forgotPassword, signUp } from './email-link.ts'
import { findPeople } from './find-people.ts'
import { accounts, manageAccount, readAccount, vouchFor } from './manage-accounts.ts'
import { challengeSignIn, signInByPasskey } from './passkey-login.ts'
import { addPasskey, beginPasskey, listPasskeys, removePasskey, renamePasskey } from './passkeys.ts'
import { endByProvider, readEndAtProvider } from './oidc-logout.ts'
import { beginAtProvider, openAtProvider } from './oidc-login.ts'
import { signIn } from './password-login.ts'
import { proveIdentity } from './proof.ts'
import { confirmSignIn } from './second-step.ts'
import { endOtherSessions, endSession } from './end-sessions.ts'
import { noticeOperations } from './notices/choices.ts'
import { sendNotices } from './notices/digest.ts'
import { sessions, signOut } from './sessions.ts'

export const peopleOperations: AnyOperation[] = [
  signUp,
  forgotPassword,
  readLink,
  followLink,
  signIn,
  confirmSignIn,
  proveIdentity,
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
  findPeople,
  readAccount,
  manageAccount,
  vouchFor,
  auditTrail,
  ...noticeOperations,
  sendNotices,
]
