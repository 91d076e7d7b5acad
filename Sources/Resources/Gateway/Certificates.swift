import Schemas
package import YAML
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension Gateway {
  /// Whether cert-manager makes its certificates.
  package var isManaged: Bool {
    (node["metadata"]?["annotations"]?.entries ?? []).contains {
      $0.key.hasPrefix("cert-manager.io/")
    }
  }

  /// Whether it says by what clients' certificates are verified.
  var verifiesClients: Bool { node.given("spec", "tls", "frontend") != nil }

  /// A certificate's Secret, and where it is named.
  package struct CertificateUse {
    package let secret: ObjectKey
    package let path: Path
  }

  /// What keeps a listener from showing a certificate that it names.
  package enum CertificateProblem: Sendable {
    /// Why its Secret is none: `lacks tls.key`.
    case unfit(String)
    /// It lists a DNS name twice, for which Envoy Gateway before 1.9 leaves it out.
    case repeated(String)
    /// A certificate before it has one of its names and a key of the same kind.
    case taken(String, by: ObjectKey)
  }

  /// The certificates that a listener names, where it needs any and is sound by itself otherwise.
  package func certificates(of listener: Listener) -> [CertificateUse] {
    guard ["HTTPS", "TLS"].contains(listener.protocolName) else { return [] }
    switch listener.problem {
    case nil, .unfitCertificate, .unfitAuthorities, .protocolConflict, .hostnameConflict, .taken:
      break
    case .noSelector, .routeKind, .unknownProtocol, .noTLS, .noCertificate: return []
    }
    let path = Path.to("spec", "listeners", listener.index, "tls", "certificateRefs")
    return (node[path]?.items ?? []).enumerated().compactMap { place, ref in
      guard (ref.given("group")?.text ?? "").isEmpty,
        ref.given("kind")?.text ?? "Secret" == "Secret",
        let secret = ref["name"]?.text
      else { return nil }
      let namespace = ref.given("namespace")?.text ?? name.namespace
      return CertificateUse(secret: ObjectKey(namespace, secret), path: path.appending(place))
    }
  }
}

extension ResourceIndex {
  /// The type of the Secrets that certificates are.
  package static let tlsType = "kubernetes.io/tls"

  /// The type of a Secret.
  package func type(of stored: StoredData) -> String? {
    documents[stored.index].node.given("type")?.text
  }

  /// Why a Secret is no certificate, nil where it may be one (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/validate.go, tls.go).
  package func problem(ofCertificate stored: StoredData) -> String? {
    let type = type(of: stored)
    guard type == ResourceIndex.tlsType else {
      return "is of type \(type ?? "Opaque"), not \(ResourceIndex.tlsType)"
    }
    let missing = ["tls.crt", "tls.key"].filter(stored.lacks)
    if !missing.isEmpty { return "lacks \(missing.joined(separator: " and "))" }
    return stored.entry("tls.crt").flatMap(\.problemOfCertificates)
      ?? stored.entry("tls.key").flatMap(\.problemOfKey)
  }

  /// The certificates that a listener names, each with what keeps it from being shown, as far as the
  /// documents say (envoyproxy/gateway v1.8.1, internal/gatewayapi/tls.go,
  /// parseCertsFromTLSSecretsData; v1.9.0, the same).
  package func certificates(of listener: Listener, on gateway: Gateway)
    -> [(use: Gateway.CertificateUse, problem: Gateway.CertificateProblem?)]
  {
    var all: [(use: Gateway.CertificateUse, problem: Gateway.CertificateProblem?)] = []
    var owners: [CertificateName: ObjectKey] = [:]
    for use in gateway.certificates(of: listener) {
      let known = all.first { $0.use.secret == use.secret }
      all.append((use, known.map(\.problem) ?? problem(of: use, beside: &owners)))
    }
    return all
  }

  /// What keeps a certificate from being shown beside those before it, which have some names.
  private func problem(
    of use: Gateway.CertificateUse, beside owners: inout [CertificateName: ObjectKey]
  ) -> Gateway.CertificateProblem? {
    guard let stored = stored("Secret", use.secret) else { return nil }
    if let problem = problem(ofCertificate: stored) { return .unfit(problem) }
    for name in stored.certificateNames {
      guard let owner = owners[name] else {
        owners[name] = use.secret
        continue
      }
      return owner == use.secret ? .repeated(name.text) : .taken(name.text, by: owner)
    }
    return nil
  }

  /// A certificate for a host that is left out for its names, with why; nil where the host's may be
  /// shown.
  package func lostCertificate(for host: String, at place: KnownListener)
    -> (secret: ObjectKey, reason: String)?
  {
    func fits(_ secret: ObjectKey) -> Bool? {
      stored("Secret", secret)?.certificateNames.contains {
        $0.text == host || host.liesOneLabel(under: $0.text)
      }
    }
    let all = certificates(of: place.listener, on: place.gateway)
    guard !all.contains(where: { $0.problem == nil && fits($0.use.secret) != false }) else {
      return nil
    }
    for (use, problem) in all where fits(use.secret) == true {
      if let problem, !problem.isCertain { return (use.secret, problem.reason) }
    }
    return nil
  }

  /// What keeps a later link of a certificate's chain from being shown, nil where nothing does: Envoy
  /// Gateway leaves it out, and since 1.8.3 the whole Secret (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/tls.go, filterValidCertificates; v1.8.3, validateServingCertificateChain).
  package func lostLink(ofCertificate secret: ObjectKey) -> String? {
    let chain = stored("Secret", secret)?.entry("tls.crt")?.blocks ?? []
    guard chain.first.map(StoredData.Entry.isValid) == true,
      let lost = chain.dropFirst().first(where: { !StoredData.Entry.isValid($0) }),
      let validity = CertificateValidity(ofCertificate: lost.bytes)
    else { return nil }
    return validity.end < StoredData.Entry.now
      ? "expired on \(validity.end.asDate)" : "is valid from \(validity.start.asDate) on only"
  }

  /// Whether a Gateway may refer to a Secret or ConfigMap.
  package func lets(_ gateway: Gateway, referTo object: ObjectKey, _ kind: String = "Secret")
    -> Bool
  {
    let namespace = gateway.name.namespace
    return object.namespace == namespace
      || grants.allow(
        .gateway, from: namespace, to: GroupKind("", kind), in: object.namespace,
        name: object.name)
  }

  /// The listeners of a Gateway that drop out for certificates: their own, which are all among the
  /// documents and none is one, or the authorities' of their clients.
  func certificateProblems(of gateway: Gateway) -> [Int: Listener.Problem] {
    var problems: [Int: Listener.Problem] = [:]
    for listener in gateway.listeners {
      let all = certificates(of: listener, on: gateway).map(\.problem)
      if !all.isEmpty, all.allSatisfy({ $0?.isCertain == true }) {
        problems[listener.index] = .unfitCertificate
      } else if listener.isReady, let ref = unfitAuthorities(of: gateway, on: listener) {
        problems[listener.index] = .unfitAuthorities(ref)
      }
    }
    return problems
  }

  /// A reference to authorities of clients that leads to none (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/backendtlspolicy.go, getCaCertsFromCARefs).
  private func unfitAuthorities(of gateway: Gateway, on listener: Listener) -> CACertificateRef? {
    let refs = authorities(on: listener, of: gateway)
    return refs.first(where: isEmpty) ?? (refs.contains(where: \.isSupported) ? nil : refs.first)
  }

  /// What verifies clients' certificates on a listener, and where it stands; Envoy Gateway 1.7 does not
  /// look at it.
  package func clientValidation(on listener: Listener, of gateway: Gateway)
    -> (node: Node, path: Path)?
  {
    release < .v0_7 ? nil : gateway.clientValidation(of: listener)
  }

  /// The authorities that vouch for clients on a listener.
  package func authorities(on listener: Listener, of gateway: Gateway) -> [CACertificateRef] {
    guard let (validation, path) = clientValidation(on: listener, of: gateway) else { return [] }
    return CACertificateRef.all(
      validation["caCertificateRefs"], at: path.appending("caCertificateRefs"),
      namespace: gateway.name.namespace)
  }

  /// Those of all listeners of a Gateway, each once.
  package func authorities(of gateway: Gateway) -> [CACertificateRef] {
    var seen: Set<CACertificateRef> = []
    return gateway.listeners.flatMap { authorities(on: $0, of: gateway) }
      .filter { seen.insert($0).inserted }
  }
}

extension Gateway.CertificateProblem {
  /// Whether every release leaves the certificate out, whatever certificates there are beside it.
  package var isCertain: Bool { if case .unfit = self { true } else { false } }

  /// What is wrong, as what is said of the Secret.
  package var reason: String {
    switch self {
    case .unfit(let reason): reason
    case .repeated(let name): "lists \(name) twice, which Envoy Gateway before 1.9 does not take"
    case .taken(let name, let first):
      "has the name \(name) and the kind of key of Secret \(first.name) before it"
    }
  }
}

extension StoredData {
  /// The names of the certificate that Envoy Gateway looks at, the first one that is valid now.
  var certificateNames: [CertificateName] {
    let chain = entry("tls.crt")?.blocks ?? []
    return chain.first(where: StoredData.Entry.isValid).map {
      CertificateName.all(ofCertificate: $0.bytes)
    } ?? []
  }

  /// Why Envoy does not take a certificate that Envoy Gateway takes, nil where it does: that is the
  /// first one that is valid now (envoyproxy/gateway v1.8.1, internal/gatewayapi/tls.go,
  /// filterValidCertificates).
  var problemOfKeyPair: String? {
    guard let chain = entry("tls.crt")?.blocks,
      let place = chain.firstIndex(where: StoredData.Entry.isValid),
      let key = PublicKey(ofCertificate: chain[place].bytes)
    else { return nil }
    if let length = key.lengthOfRSA, length < 2048 {
      return "has an RSA key of \(length) bits; use one of at least 2048"
    }
    guard let own = entry("tls.key")?.blocks?.first.flatMap(PublicKey.init(ofPrivateKey:)),
      own != key
    else { return nil }
    guard place > 0, PublicKey(ofCertificate: chain[0].bytes) == own,
      let validity = CertificateValidity(ofCertificate: chain[0].bytes)
    else {
      return "holds a key that is not that of its certificate; write the two that go together"
    }
    return
      "holds a certificate for \(validity.start.asDate) to \(validity.end.asDate) before one that "
      + "is valid now, and Envoy Gateway passes only the latter on, with the key of the former; "
      + "renew the certificate"
  }
}

extension StoredData.Entry {
  /// Its blocks of PEM, nil where it cannot be read here, or is still to be written.
  var blocks: [PEMBlock]? {
    if isBinary { return [] }
    return value.flatMap { Credential.isPlaceholder($0) ? nil : PEMBlock.all(in: $0) }
  }

  /// Why none of the certificates in it can be shown to clients.
  var problemOfCertificates: String? {
    guard let blocks else { return nil }
    let found = blocks.compactMap { CertificateValidity(ofCertificate: $0.bytes) }
    guard let last = found.map(\.end).max(), let first = found.map(\.start).min() else {
      return "holds no certificate in PEM under \(key)"
    }
    if blocks.contains(where: Self.isValid) { return nil }
    return last < Self.now
      ? "holds a certificate that expired on \(last.asDate)"
      : "holds a certificate that is valid from \(first.asDate) on only"
  }

  /// Whether a block is a certificate that is valid now.
  static func isValid(_ block: PEMBlock) -> Bool {
    guard let validity = CertificateValidity(ofCertificate: block.bytes) else { return false }
    return validity.start <= now && now <= validity.end
  }

  /// Why it holds no key.
  fileprivate var problemOfKey: String? {
    guard let blocks else { return nil }
    guard let first = blocks.first else { return "holds no key in PEM under \(key)" }
    guard ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"].contains(first.label) else {
      return "holds \(first.label) under \(key), not PRIVATE KEY, RSA PRIVATE KEY or "
        + "EC PRIVATE KEY"
    }
    let parts = DERElement.all(in: first.bytes[...])
    return parts?.first?.tag == DERElement.sequence
      ? nil : "holds no key that can be read under \(key)"
  }

  /// The time as `YYYYMMDDhhmmss`, asked once, so that all answers of a run are of one time.
  static let now: String = {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let fields = [parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec]
    return fields.reduce("\(parts.tm_year + 1900)") { $0 + ($1 < 10 ? "0" : "") + "\($1)" }
  }()
}

extension String {
  /// The date of such a time.
  var asDate: String {
    "\(prefix(4))-\(dropFirst(4).prefix(2))-\(dropFirst(6).prefix(2))"
  }
}
