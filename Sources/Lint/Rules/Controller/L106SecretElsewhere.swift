import Resources
import Schemas
import YAML

extension Rule {
  static let secretElsewhere = Rule(
    "L106", "secret-elsewhere", .warning, .controller, "a Secret named in another namespace",
    why: "For API keys, also those of MCPRoutes, and for AWS credentials files the namespace of "
      + "secretRef is ignored: the Secret is looked up in the namespace of the policy or route. If it "
      + "is missing there, requests get 500, but the policy is reported as Accepted. Azure's "
      + "clientSecretRef and GCP's credentialsFile do use the namespace, without a ReferenceGrant: "
      + "users who may write policies can read Secrets of every namespace.",
    bad: "apiKey: {secretRef: {name: s, namespace: vault}}", good: "apiKey: {secretRef: {name: s}}",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    repair: .automatic,
    .bundle { bundle, report in
      for reader in bundle.secretReaders {
        let (index, readerNamespace) = (reader.index, reader.namespace)
        for use in reader.secrets where use.key != "client-secret" || use.isPlain {
          guard let namespace = use.namespace, namespace != readerNamespace else { continue }
          let path = use.path.appending("namespace")
          guard !use.usesNamespace else {
            report.add(
              "the Secret is read from namespace \(namespace) without any grant; put it into "
                + "\(readerNamespace), beside the policy", at: path, in: index)
            continue
          }
          let isThere = bundle.stored("Secret", use.secret) != nil
          report.add(
            "namespace \(namespace) is ignored: the Secret is looked for in \(readerNamespace)"
              + (isThere
                ? "; leave namespace out"
                : ", and \(reader.effect) without it; put it there and leave namespace out"),
            at: path, in: index)
          if isThere { report.attach(Fix("remove namespace", [.remove(document: index, path)])) }
        }
      }
    })
}

extension BackendSecurityPolicy.SecretUse {
  /// Whether it is no client's secret of an OIDC exchange, whose namespace has to be written.
  fileprivate var isPlain: Bool { path.last != .key("clientSecret") }
}
