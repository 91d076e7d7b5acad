import Schemas
import YAML

extension ClientTraffic {
  /// Why Envoy Gateway refuses it for a listener (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/clienttrafficpolicy.go); without one, only what no listener changes.
  ///
  /// `servedHosts` are the hosts under which routes are found there, once for each match.
  func refusals(on listener: Listener? = nil, servedHosts: [String]? = nil)
    -> [PolicyRefusal]
  {
    var refusals: [PolicyRefusal] = []
    refusals.checkBufferLimit(
      spec.given("connection", "bufferLimit"), at: .bufferLimit,
      "Connection: BufferLimit", ", must be between 0 and \(ByteSize.range.upperBound)")
    for key in ["earlyRequestHeaders", "lateResponseHeaders"] {
      refusals.checkHeaderChanges(spec.given("headers", key), of: key)
    }
    if let listener {
      refusals.checkHTTP10(spec.given("http1", "http10"), on: listener, servedHosts)
    }
    refusals.checkHTTP2(spec.given("http2"), at: .to("spec", "http2"), "HTTP2")
    if listener?.protocolName ?? "HTTPS" == "HTTPS" {
      refusals.checkCiphers(spec.given("tls")?.list("ciphers") ?? [])
      refusals.checkClientValidation(spec.given("tls", "clientValidation"))
    }
    return refusals
  }
}

extension [PolicyRefusal] {
  fileprivate mutating func checkHeaderChanges(_ headers: Node?, of key: String) {
    guard let headers else { return }
    let topic = key.prefix(1).uppercased() + key.dropFirst()
    let path = Path.to("spec", "headers", key)
    if ["add", "set", "addIfAbsent", "remove", "removeOnMatch"]
      .allSatisfy({ headers.list($0).isEmpty })
    {
      append(
        PolicyRefusal(
          path,
          "Headers: \(topic) did not provide valid configuration to add/set/remove any headers",
          "leave it out, or name a header"))
    }
    for (index, name) in headers.list("remove").enumerated() where name.text == "" {
      append(
        PolicyRefusal(
          path.appending(.to("remove", index)),
          "Headers: \(topic) cannot remove a header with an empty name", "write the header's name"))
    }
    for list in ["add", "set", "addIfAbsent"] {
      for (index, header) in headers.list(list).enumerated() {
        guard let value = header["value"]?.text, !Pattern.headerValue.accepts(value) else {
          continue
        }
        append(
          PolicyRefusal(
            path.appending(.to(list, index, "value")),
            "Headers: \(topic) cannot \(list) a header with an invalid "
              + "value. Header: '\((header["name"]?.text ?? "").quoted)'",
            "use \(Pattern.headerValue.description)"))
      }
    }
  }

  /// Requests of HTTP/1.0 without a host need one to stand in.
  fileprivate mutating func checkHTTP10(_ http10: Node?, on listener: Listener, _ hosts: [String]?)
  {
    guard http10?.given("useDefaultHost")?.bool == true, let hosts,
      listener.hostname?.contains("*") ?? true
    else { return }
    let plain = hosts.count { !$0.contains("*") }
    guard plain != 1 else { return }
    append(
      PolicyRefusal(
        .to("spec", "http1", "http10", "useDefaultHost"),
        "HTTP1: cannot set http10 default host on listener with only wildcard hostnames"
          + (plain == 0 ? "" : " and more than one possible default route"),
        "give listener \(listener.name) a hostname, or leave useDefaultHost out"))
  }

  /// Clients' certificates cannot be verified without a certificate to verify them by.
  fileprivate mutating func checkClientValidation(_ validation: Node?) {
    guard let validation, validation.list("caCertificateRefs").isEmpty else { return }
    let path = Path.to("spec", "tls", "clientValidation", "caCertificateRefs")
    let isOptional = validation.given("optional")?.bool == true
    let mode = validation.given("mode")?.text
    let effective = mode ?? (isOptional ? "VerifyIfGiven" : "RequireAndVerify")
    guard ["VerifyIfGiven", "RequireAndVerify"].contains(effective) else { return }
    append(
      PolicyRefusal(
        path,
        mode == nil && isOptional
          ? "TLS: tls.clientValidation.optional=true requires caCertificateRefs (maps to mode "
            + "\(effective.quoted))"
          : "TLS: tls.clientValidation.mode \(effective.quoted) requires caCertificateRefs",
        "name a Secret or ConfigMap with ca.crt"))
  }

  fileprivate mutating func checkCiphers(_ ciphers: [Node]) {
    for (index, cipher) in ciphers.enumerated() {
      guard let name = cipher.text, !CipherSuites.names.contains(name) else { continue }
      let near = NearestWord.match(for: name, among: CipherSuites.names.sorted())
      append(
        PolicyRefusal(
          .to("spec", "tls", "ciphers", index), "TLS: unsupported cipher suite: \(name)",
          "use one such as \(near ?? "ECDHE-RSA-AES128-GCM-SHA256")",
          near.flatMap { NearestWord.isSlip(name, of: $0) ? .string($0) : nil }))
      return
    }
  }
}

/// The cipher suites that Envoy Gateway takes, by their names in OpenSSL and in IANA's list
/// (envoyproxy/gateway v1.8.1, internal/gatewayapi/tls.go).
enum CipherSuites {
  static let names: Set<String> = {
    var names: Set<String> = []
    for key in ["ECDHE-ECDSA", "ECDHE-RSA"] {
      let other = "TLS_" + key.replacing("-", with: "_") + "_WITH_"
      names.formUnion([
        "\(key)-AES128-GCM-SHA256", "\(other)AES_128_GCM_SHA256",
        "\(key)-AES256-GCM-SHA384", "\(other)AES_256_GCM_SHA384",
        "\(key)-CHACHA20-POLY1305", "\(other)CHACHA20_POLY1305_SHA256",
        "\(key)-AES128-SHA", "\(other)AES_128_CBC_SHA",
        "\(key)-AES256-SHA", "\(other)AES_256_CBC_SHA",
      ])
    }
    names.formUnion([
      "AES128-GCM-SHA256", "TLS_RSA_WITH_AES_128_GCM_SHA256",
      "AES256-GCM-SHA384", "TLS_RSA_WITH_AES_256_GCM_SHA384",
      "AES128-SHA", "TLS_RSA_WITH_AES_128_CBC_SHA",
      "AES256-SHA", "TLS_RSA_WITH_AES_256_CBC_SHA",
    ])
    return names
  }()
}

extension String {
  fileprivate func replacing(_ old: Character, with new: Character) -> String {
    String(map { $0 == old ? new : $0 })
  }
}
