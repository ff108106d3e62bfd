/** What Proxmox refused, in words for people. */
import { explainFailure } from '@deployer/core/messages.ts'
import type { ProxmoxError } from '@deployer/proxmox/errors.ts'
import type { ProblemFields } from './problem.ts'

export function proxmoxProblem(error: ProxmoxError): ProblemFields {
  const { failure } = error
  switch (failure.kind) {
    // No Retry-After: a program that obeys it would start or delete a second time.
    case 'unknown-outcome':
      return {
        kind: 'proxmox-answer-missing',
        status: 504,
        title: 'The answer of Proxmox is missing',
        detail: `The answer of ${failure.host} is missing (${failure.reason}). What it was asked to do may be running or done.`,
        hint: 'Look at its tasks on Proxmox before you ask again.',
      }
    case 'unreachable':
      return {
        kind: 'proxmox-unreachable',
        status: 503,
        title: 'Proxmox does not answer',
        detail: `${failure.host} does not answer: ${failure.reason}.`,
        hint: 'Check that the node runs, that its address and port are right, and that they can be reached from here; npm run doctor finds out which. PROXMOX_HOST may name several nodes.',
        retryAfterSeconds: 5,
      }
    case 'certificate':
      return {
        kind: 'certificate-not-trusted',
        status: 503,
        title: `${failure.host} shows a certificate nobody vouches for`,
        detail: `${failure.host} presented a certificate, and ${failure.reason}. Nothing was sent to it. SHA-256 fingerprint: ${failure.fingerprint}.`,
        hint:
          'Compare the fingerprint with the one on the node itself (openssl x509 -in /etc/pve/local/pve-ssl.pem -noout ' +
          `-fingerprint -sha256). If they are the same, add this line to .env, in place of an older one, and start again: ${pinLine(failure.fingerprint)}`,
        more: {
          certificate: {
            host: failure.host,
            fingerprint: failure.fingerprint,
            line: pinLine(failure.fingerprint),
          },
        },
      }
    case 'answered':
      return answered(failure)
  }
}

export const pinLine = (fingerprint: string): string => `PROXMOX_FINGERPRINT=${fingerprint}`

type Answered = Extract<ProxmoxError['failure'], { kind: 'answered' }>

function answered({ status, message, errors }: Answered): ProblemFields {
  const proxmox = { status, message, ...(Object.keys(errors).length > 0 && { errors }) }
  if (status === 401)
    return {
      kind: 'not-signed-in',
      status: 401,
      title: 'Not signed in',
      detail: 'Proxmox does not accept the ticket or token any more.',
      hint: 'Sign in again, or check the API token.',
      proxmox,
    }
  if (status === 403) {
    const missing = /\((\/[^,]*), ([^)]+)\)/.exec(message)
    return {
      kind: 'not-permitted',
      status: 403,
      title: 'Not permitted',
      detail:
        missing === null
          ? 'Your Proxmox account may not do this.'
          : `Your Proxmox account may not do this. Proxmox asks for ${missing[2]?.replaceAll('|', ' or ')} on ${missing[1]}.`,
      hint: 'An administrator of the cluster can grant it under Datacenter, Permissions.',
      proxmox,
    }
  }
  if (status === 595)
    return {
      kind: 'node-unreachable',
      status: 503,
      title: 'A node does not answer',
      detail: 'Proxmox could not reach the node that the call is for.',
      hint: 'Look at the state of the nodes; it goes on when the node is back.',
      proxmox,
    }
  const explained = explainFailure({ source: 'http', status, message, errors })
  const known = explained.code !== 'unknown'
  return {
    kind: 'proxmox-error',
    status: 502,
    title: known ? explained.title : 'Proxmox reported an error',
    detail: known ? explained.cause : message,
    hint: explained.remedy,
    proxmox,
  }
}
