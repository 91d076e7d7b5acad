import Resources
import YAML

extension Document {
  /// The Secret that an operator makes of it, as External Secrets, Sealed Secrets and cert-manager
  /// do.
  var madeSecret: ObjectKey? {
    switch kind {
    case "ExternalSecret", "SealedSecret":
      ObjectKey(home, node["spec"]?.given("target")?.given("name")?.text ?? name)
    case "Certificate": node["spec"]?.given("secretName")?.text.map { ObjectKey(home, $0) }
    case _: nil
    }
  }
}

extension ResourceIndex {
  /// The Secrets that stand among the documents, or are made of some of them.
  var secretsAtHand: Presence {
    Presence(of: stored("Secret") + documents.compactMap(\.madeSecret))
  }
}
