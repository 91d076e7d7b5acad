import YAML

/// A file with credentials of Google Cloud, as its library for Go reads it (golang/oauth2 v0.36.0,
/// google/google.go; envoyproxy/ai-gateway v1.1.0,
/// internal/controller/tokenprovider/gcp_token_provider.go).
package enum GoogleKey {
  /// The key of a Secret under which it stands (envoyproxy/ai-gateway v1.1.0,
  /// internal/controller/rotators/gcp_oidc_token_rotator.go).
  package static let fileName = "service_account.json"

  /// Why no token can be got with a text, nil where one may.
  package static func problem(in text: String) -> String? {
    guard JSONText.isValid(text),
      let key = Parser().parse(Array(text.utf8)).documents.first?.root, case .mapping = key
    else { return "is no JSON object" }
    guard let type = key.given("type")?.text, !type.isEmpty else { return "has no type" }
    guard type == "service_account" else { return nil }
    for field in ["client_email", "private_key"] where key.given(field)?.text ?? "" == "" {
      return "has no \(field)"
    }
    if PEMBlock.all(in: key.given("private_key")?.text ?? "").isEmpty {
      return "has a private_key that is no PEM"
    }
    return nil
  }
}
