/** Certificate fingerprints, as Proxmox shows them: SHA-256, `AA:BB:…`. */

/** `aa:bb…`, `AABB…`, with blanks or `sha256:` in front; null where it is no SHA-256 fingerprint. */
export const normalizeFingerprint = (text: string): string | null => {
  const hex = text
    .replace(/^\s*sha-?256[:=\s]/i, '')
    .replaceAll(/[:\s]/g, '')
    .toUpperCase()
  if (!/^[0-9A-F]{64}$/.test(hex)) return null
  return (hex.match(/../g) ?? []).join(':')
}

/** OpenSSL's and Node's codes for why a certificate was refused (`X509_verify_cert_error_string`, `tls.checkServerIdentity`). */
const reasons: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate authority is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate authority is not known here',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet; compare the clocks of both machines',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is made out for another name than the one used here',
}

export const certificateReason = (code: string): string => reasons[code] ?? code
