import YAML

/// The names of ciphers, curves and algorithms of signatures that Envoy takes, by BoringSSL, with
/// which it is built (google/boringssl, ssl/ssl_cipher.cc, ssl/ssl_key_share.cc, ssl/ssl_privkey.cc).
enum TLSNames {
  /// The names in a text that may hold several; those of ciphers may stand in brackets.
  static func parts(of text: String) -> [Substring] {
    text.split { ":|[]!".contains($0) }.map { $0.hasPrefix("-") ? $0.dropFirst() : $0 }
  }

  /// Those with post-quantum parts differ from one version to the next.
  static func isCurve(_ name: Substring) -> Bool {
    curves.contains(name) || ["MLKEM", "Kyber"].contains { name.range(ofFirst: $0) != nil }
  }

  /// Pairs such as `RSA-PSS+SHA256` are not looked into.
  static func isSignature(_ name: Substring) -> Bool {
    signatures.contains(name) || name.contains("+") || name.hasPrefix("mldsa")
  }

  /// Names of groups, such as `ECDHE`, are not looked into.
  static func isCipher(_ name: Substring) -> Bool {
    guard name.contains("-") || name.contains("_"), !name.contains("+") else { return true }
    return CipherSuites.names.contains(String(name)) || otherCiphers.contains(name)
      || name.range(ofFirst: "PSK") != nil
  }

  private static let curves: Set<Substring> = [
    "P-224", "secp224r1", "P-256", "prime256v1", "P-384", "secp384r1", "P-521", "secp521r1",
    "X25519", "x25519",
  ]

  private static let signatures: Set<Substring> = [
    "rsa_pkcs1_md5_sha1", "rsa_pkcs1_sha1", "rsa_pkcs1_sha256", "rsa_pkcs1_sha256_legacy",
    "rsa_pkcs1_sha384", "rsa_pkcs1_sha512", "ecdsa_sha1", "ecdsa_secp256r1_sha256",
    "ecdsa_secp384r1_sha384", "ecdsa_secp521r1_sha512", "rsa_pss_rsae_sha256",
    "rsa_pss_rsae_sha384", "rsa_pss_rsae_sha512", "ed25519",
  ]

  /// Those that Envoy Gateway does not take for clients.
  private static let otherCiphers: Set<Substring> = [
    "ECDHE-RSA-AES128-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "DES-CBC3-SHA",
    "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "ECDHE-ECDSA-AES128-SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
  ]
}
