import Resources
import YAML

extension BackendSecurityPolicy {
  /// The region for which requests are signed or written, nil for types that know none.
  var region: (name: String, path: Path)? {
    let block =
      switch type {
      case "AWSCredentials": "awsCredentials"
      case "GCPCredentials": "gcpCredentials"
      case _: nil as String?
      }
    guard let block, let name = node["spec"]?.given(block, "region")?.text else { return nil }
    return (name, .to("spec", block, "region"))
  }
}
