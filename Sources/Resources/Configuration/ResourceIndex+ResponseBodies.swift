import Schemas
import YAML

extension ResourceIndex {
  /// Bodies of answers whose text in a ConfigMap has what Envoy reads as a command operator that it
  /// does not have.
  func bodySettings(of document: Document) -> [InvalidSetting] {
    bodies(of: document).compactMap { path in
      guard let body = document.node[path], body.given("type")?.text == "ValueRef",
        let name = body.given("valueRef", "name")?.text,
        let text = stored("ConfigMap", ObjectKey(document.namespace, name))?.responseBody,
        let problem = InvalidSettingCollector.problem(ofFormat: text)
      else { return nil }
      return InvalidSetting(
        path: path.appending(.to("valueRef", "name")), component: .envoy,
        advice: "in the text of ConfigMap \(name) \(problem)", replacement: nil)
    }
  }

  /// Where the bodies stand that Envoy reads as formats.
  private func bodies(of document: Document) -> [Path] {
    if document.isA(.httpRouteFilter) {
      return release.readsCommandOperatorsInDirectResponses
        ? [.to("spec", "directResponse", "body")] : []
    }
    guard case .policy(let policy) = document.content, policy.kind == .backend else { return [] }
    return policy.spec.list("responseOverride").indices.map {
      .to("spec", "responseOverride", $0, "response", "body")
    }
  }
}

extension Release {
  /// Whether Envoy looks for command operators in the bodies of direct responses, as it does since
  /// Envoy Gateway 1.8 (envoyproxy/gateway v1.7.5 and v1.8.1, internal/xds/translator/route.go).
  var readsCommandOperatorsInDirectResponses: Bool { self >= .v0_7 }
}

extension StoredData {
  /// The text that a body is taken from: another one where there is none by that name.
  fileprivate var responseBody: String? {
    (entry("response.body") ?? (entries.count == 1 ? entries.first : nil))?.value
  }
}
