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
  /// others of its namespace.
  package func isStoreLikelyMissing(_ kind: String, _ key: ObjectKey) -> Bool {
    // Kubernetes writes it into every namespace.
    if kind == "ConfigMap", key.name == "kube-root-ca.crt" { return false }
    return stored(kind, key) == nil && stored(kind).contains { $0.namespace == key.namespace }
      && !documents.contains { $0.madeSecret == key }
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
