import Schemas
import Resources
import YAML

extension Rule {
  static let placeholderHost = Rule(
    "L89", "placeholder-host", .error, "a placeholder host name",
    why: "The examples contain host names that must be replaced. Nothing answers there, and "
      + "requests get 503, or 404 from somebody else's server.",
    bad: "fqdn: {hostname: dummy-azure-resource.openai.azure.com, port: 443}",
    good: "fqdn: {hostname: contoso.openai.azure.com, port: 443}",
    reference: Citation.aiGateway("examples/basic/azure_openai.yaml"),
    .bundle { bundle, report in
      for (index, backend) in bundle.knownBackends {
        for endpoint in backend.endpoints {
          guard let name = endpoint.placeholder else { continue }
          report.add(
            "\(name.text) is a placeholder; write the real host", at: name.path, in: index,
            severity: name.isCertain ? .error : .warning)
        }
      }
    })
}

extension Backend.Endpoint {
  /// The host that is none, where it is, and whether nobody can answer there.
  fileprivate var placeholder: (text: String, path: Path, isCertain: Bool)? {
    switch address {
    case .socket: return nil
    case .ip(let text):
      return text == "0.0.0.0" || text == "::"
        ? (text, path.parent.appending("address"), true) : nil
    case .host(let host):
      let place = path.parent.appending("hostname")
      let labels = host.split(separator: ".")
      if host.hasPrefix("dummy-azure-resource.") || Self.isReserved(labels) {
        return (host, place, true)
      }
      return labels.contains(where: Self.isPlaceholder) ? (host, place, false) : nil
    }
  }

  /// Names that never belong to anybody (RFC 2606).
  private static func isReserved(_ labels: [Substring]) -> Bool {
    guard let last = labels.last, labels.count > 1 else { return false }
    return last == "example" || last == "invalid"
      || labels[labels.count - 2] == "example" && ["com", "net", "org"].contains(last)
  }

  /// Whether a part of a name is a word for what should stand there.
  private static func isPlaceholder(_ label: Substring) -> Bool {
    let word = label.hasSuffix("-aiplatform") ? label.dropLast("-aiplatform".count) : label
    return ["region", "resource", "changeme", "change-me", "placeholder", "todo", "xxx"]
      .contains(String(word))
      || ["your-", "dummy-", "my-azure-", "replace-"].contains { word.hasPrefix($0) }
  }
}
