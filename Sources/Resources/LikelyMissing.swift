import YAML

extension Document {
  /// The Secret that an operator makes of it, as External Secrets, Sealed Secrets and cert-manager
  /// do.
  package var madeSecret: ObjectKey? {
    switch kind {
    case "ExternalSecret", "SealedSecret":
      ObjectKey(home, node["spec"]?.given("target")?.given("name")?.text ?? name)
    case "Certificate": node["spec"]?.given("secretName")?.text.map { ObjectKey(home, $0) }
    case _: nil
    }
  }
}

extension ResourceIndex {
  /// Whether a Secret or ConfigMap is likely missing in the cluster as well: the documents hold
  /// others of its namespace, or one of its name in another.
  package func isStoreLikelyMissing(_ kind: String, _ key: ObjectKey) -> Bool {
    // Kubernetes writes it into every namespace.
    if kind == "ConfigMap", key.name == "kube-root-ca.crt" { return false }
    return ObjectKey.isLikelyMissing(key, among: stored(kind))
      && !documents.contains { $0.madeSecret == key }
  }

  /// Why a listener may well not be programmed for want of its certificates, nil where one of them
  /// is here or may be elsewhere.
  package func lackOfCertificates(_ place: KnownListener) -> String? {
    let uses = place.gateway.certificates(of: place.listener)
    let home = place.gateway.name.namespace
    let lacks = uses.map { use -> String? in
      let secret = use.secret
      if secret.namespace != home,
        !grants.allow(
          .gateway, from: home, to: .secret, in: secret.namespace, name: secret.name)
      {
        return "no ReferenceGrant here lets Gateways of \(home) refer to Secret \(secret)"
      }
      let isMade = documents.contains { $0.madeSecret == secret } || place.gateway.isManaged
      guard !isMade, stored("Secret", secret) == nil else { return nil }
      // A Secret for something else does not make it likely.
      let others = stored("Secret").filter {
        stored("Secret", $0).map { type(of: $0) == ResourceIndex.tlsType } ?? false
      }
      return ObjectKey.isLikelyMissing(secret, among: others) ? "Secret \(secret) is not here" : nil
    }
    guard !lacks.contains(nil) else { return nil }
    return lacks.first?.map {
      "\($0): without it listener \(place.listener.name) is not programmed, and clients get no "
        + "connection"
    }
  }

  /// The backend that a policy calls and that is likely missing.
  package func isLikelyMissing(_ backend: PolicyBackend) -> Bool {
    switch backend.kind {
    case "Service": ObjectKey.isLikelyMissing(backend.object, among: servicePorts.keys)
    case "Backend": ObjectKey.isLikelyMissing(backend.object, among: backends.keys)
    case _: false
    }
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
  /// stand in its namespace, or have its name in another.
  package static func isLikelyMissing(_ key: ObjectKey, among others: some Collection<ObjectKey>)
    -> Bool
  {
    !others.contains(key)
      && others.contains { $0.namespace == key.namespace || $0.name == key.name }
  }
}
