/**
 * Codes of failures that come before a connection can be used, so that no call was made: nobody there, or a certificate that
 * is not theirs. What else TLS can complain of (a broken record, an alert) may come after the call (Node.js: "OpenSSL error codes").
 */
export const NO_CONNECTION =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|ERR_TLS_CERT_ALTNAME_INVALID|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET|VERIFY)_\w+)$/
