import YAML

extension Document {
  /// The Secret that an operator makes of it, as External Secrets, Sealed Secrets and cert-manager
  /// do.
  var generatedSecret: ObjectKey? {
    switch kind {
    case "ExternalSecret", "SealedSecret":
      ObjectKey(namespace, node["spec"]?.given("target")?.given("name")?.text ?? name)
    case "Certificate": node["spec"]?.given("secretName")?.text.map { ObjectKey(namespace, $0) }
    case _: nil
    }
  }
}

extension Document {
  /// Whether a Kustomization makes a Secret or ConfigMap by a generator; one without a namespace
  /// makes it in that of the objects that kustomize puts together.
  fileprivate func generates(_ kind: String, _ object: ObjectKey) -> Bool {
    guard self.kind == "Kustomization", apiVersion?.hasPrefix("kustomize.config.k8s.io/") == true
    else { return false }
    let namespace = node.given("namespace")?.text
    return node.list(kind == "Secret" ? "secretGenerator" : "configMapGenerator").contains {
      let namespace = namespace ?? $0.given("namespace")?.text
      return $0["name"]?.text == object.name && namespace ?? object.namespace == object.namespace
    }
  }
}

extension ResourceIndex {
  /// Whether a Secret or ConfigMap is likely missing in the cluster as well: the documents hold
  /// others of its namespace, or one of its name in another.
  package func isStoreLikelyMissing(_ kind: String, _ key: ObjectKey) -> Bool {
    // Kubernetes writes it into every namespace.
    if kind == "ConfigMap", key.name == "kube-root-ca.crt" { return false }
    return ObjectKey.isLikelyMissing(key, among: stored(kind)) && !isGenerated(kind, key)
  }

  /// The Secrets that may be certificates, stored or made of a document: a Secret for something
  /// else does not make it likely that one is missing.
  package var knownCertificates: [ObjectKey] {
    stored("Secret").filter { key in
      stored("Secret", key).map { type(of: $0) == ResourceIndex.tlsType } ?? false
    } + documents.compactMap { $0.kind == "Certificate" ? $0.generatedSecret : nil }
  }

  /// Whether the Secret of a certificate is likely missing in the cluster as well.
  package func isCertificateLikelyMissing(_ key: ObjectKey) -> Bool {
    stored("Secret", key) == nil && !isGenerated("Secret", key)
      && ObjectKey.isLikelyMissing(key, among: knownCertificates)
  }

  /// Whether an operator or kustomize makes a Secret or ConfigMap of one of the documents.
  package func isGenerated(_ kind: String, _ object: ObjectKey) -> Bool {
    kind == "Secret" && generatedSecrets.contains(object)
      || kustomizations.contains { $0.generates(kind, object) }
  }

  /// Why a listener is likely not programmed because its certificates are missing, nil where one
  /// of them is here or may be elsewhere.
  package func missingCertificates(_ place: KnownListener) -> String? {
    let effect =
      "without it listener \(place.listener.name) is not programmed, and clients get no connection"
    if let missing = missingAuthorities(place) { return "\(missing): \(effect)" }
    let problems = certificates(of: place.listener, on: place.gateway).map { use, problem in
      missingGrant(for: use.secret, "Secret", of: place.gateway)
        ?? problem.map { "Secret \(use.secret) \($0.reason)" }
        ?? (!place.gateway.isManaged && isCertificateLikelyMissing(use.secret)
          ? "Secret \(use.secret) is not here" : nil)
    }
    guard !problems.contains(nil) else { return nil }
    return problems.first?.map { "\($0): \(effect)" }
  }

  /// Why the authorities that vouch for clients on a listener are likely missing.
  private func missingAuthorities(_ place: KnownListener) -> String? {
    for ref in authorities(on: place.listener, of: place.gateway) {
      if let missing = missingGrant(for: ref.object, ref.kind, of: place.gateway) { return missing }
      guard isStoreLikelyMissing(ref.kind, ref.object) else { continue }
      return "\(ref.kind) \(ref.object), by which clients are verified, is not here"
    }
    return nil
  }

  private func missingGrant(for object: ObjectKey, _ kind: String, of gateway: Gateway) -> String? {
    lets(gateway, referTo: object, kind)
      ? nil
      : "no ReferenceGrant here lets Gateways of \(gateway.name.namespace) refer to \(kind) \(object)"
  }

  /// Whether a backend of a policy or HTTPRoute, a Service or Backend, is likely missing.
  package func isBackendLikelyMissing(_ kind: String, _ object: ObjectKey) -> Bool {
    switch kind {
    case "Service": ObjectKey.isLikelyMissing(object, among: servicePorts.keys)
    case "Backend": ObjectKey.isLikelyMissing(object, among: backends.keys)
    case _: false
    }
  }

  /// Why an endpoint cannot be reached by a name of the cluster's own, as far as the documents say.
  package enum EndpointProblem: Sendable {
    case missing(service: ObjectKey)
    case closed(service: ObjectKey, ports: [Int])
  }

  /// What is wrong with the Service that an endpoint's host name means, nil where nothing is.
  package func problem(of endpoint: Backend.Endpoint) -> EndpointProblem? {
    guard case .host(let host) = endpoint.address, let service = ProviderHost.service(of: host)
    else { return nil }
    guard let ports = servicePorts[service] else {
      return ObjectKey.isLikelyMissing(service, among: servicePorts.keys)
        ? .missing(service: service) : nil
    }
    guard let port = endpoint.port, port != 0, !openServices.contains(service),
      !ports.isEmpty, !ports.contains(port)
    else { return nil }
    return .closed(service: service, ports: ports)
  }

  /// The Backend of an AIServiceBackend that is likely missing.
  package func missingBackend(ofService key: ObjectKey) -> ObjectKey? {
    service(key)?.target.flatMap {
      ObjectKey.isLikelyMissing($0, among: backends.keys) ? $0 : nil
    }
  }
}

extension ObjectKey {
  /// Whether an object is likely missing in the cluster as well as among others of its kind: these
  /// stand in its namespace, or have its name in another; or none can have the name.
  package static func isLikelyMissing(_ key: ObjectKey, among others: some Collection<ObjectKey>)
    -> Bool
  {
    !others.contains(key)
      && (!key.isPossible
        || others.contains { $0.namespace == key.namespace || $0.name == key.name })
  }
}
